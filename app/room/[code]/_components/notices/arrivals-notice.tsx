import { useEffect, useRef, useState } from 'react';
import { Notice } from '@/app/_components/ui/notice';
import { TextButton } from '@/app/_components/ui/text-link';
import { useRoom } from '@/lib/client/room/use-room';

/** So many people within so long, in ms, are worth a word to the host. */
const many = 10;
const withinMs = 60_000;

/** Tells the host that many people came at once, as this page saw them come (SC9): votes of cookies that were cleared look like that. */
export function ArrivalsNotice() {
  const isHost = useRoom(({ you }) => you.role === 'host');
  const members = useRoom((state) => state.snapshot.members);
  const known = useRef<Set<string> | null>(null);
  const arrivals = useRef<readonly number[]>([]);
  const [count, setCount] = useState(0);

  useEffect(() => {
    const now = Date.now();
    // Whoever was there when the page was opened has not come since.
    const before = known.current ?? new Set(members.map(({ id }) => id));
    const came = members.filter(({ id }) => !before.has(id));
    known.current = new Set([...before, ...came.map(({ id }) => id)]);
    arrivals.current = [...arrivals.current.filter((at) => at > now - withinMs), ...came.map(() => now)];
    if (arrivals.current.length >= many) setCount((shown) => Math.max(shown, arrivals.current.length));
  }, [members]);

  function dismiss(): void {
    arrivals.current = [];
    setCount(0);
  }

  return (
    <Notice
      text={
        isHost && count > 0
          ? `${count} people came within a minute. If you do not know them, you can lock the room in Settings.`
          : null
      }
      actions={
        <TextButton variant="action" onClick={dismiss}>
          OK
        </TextButton>
      }
    />
  );
}
