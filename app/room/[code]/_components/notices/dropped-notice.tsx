import { useEffect, useMemo, useState } from 'react';
import { Notice } from '@/app/_components/ui/notice';
import { TextButton } from '@/app/_components/ui/text-link';
import { useRoom } from '@/lib/client/room/use-room';
import type { DroppedSong, DropReason } from '@/lib/shared/contract/snapshot';

const reasons: Readonly<Record<DropReason, (songs: string, one: boolean) => string>> = {
  unplayable: (songs, one) => `Spotify cannot play ${songs} here, so ${one ? 'it was' : 'they were'} skipped.`,
  removed: (songs) => `The host took out ${songs}.`,
  blocked: (songs) => `The host does not want ${songs} here.`,
  not_approved: (songs) => `The host did not take ${songs}.`,
  member_removed: (songs) => `The host took out ${songs}.`,
};

/** Why songs of one reason left the queue; the newest is named, the others are counted. */
export function droppedWords(songs: readonly DroppedSong[]): string {
  const [first] = songs;
  if (first === undefined) return '';
  const others = songs.length - 1;
  const more = others === 0 ? '' : others === 1 ? ' and one more of your songs' : ` and ${others} more of your songs`;
  return reasons[first.reason](`“${first.name}”${more}`, others === 0);
}

/** Where this tab remembers what has been read, so that a reload does not say it again. */
const storageKey = 'roomtone-dropped-read';

function loadRead(): readonly string[] {
  try {
    const stored: unknown = JSON.parse(window.sessionStorage.getItem(storageKey) ?? '[]');
    return Array.isArray(stored) ? stored.filter((id) => typeof id === 'string') : [];
  } catch {
    return [];
  }
}

/** Tells people why a song of theirs left the queue without having been played, once (QU8). */
export function DroppedNotice() {
  const dropped = useRoom((state) => state.snapshot.dropped);
  const ownId = useRoom((state) => state.you.memberId);
  // Unknown at first: the server does not know what has been read here.
  const [read, setRead] = useState<readonly string[] | null>(null);
  useEffect(() => setRead(loadRead()), []);
  const shown = useMemo(() => {
    const unread = read === null ? [] : dropped.filter(({ id, addedBy }) => addedBy === ownId && !read.includes(id));
    return unread.filter(({ reason }) => reason === unread[0]?.reason);
  }, [dropped, ownId, read]);

  function dismiss(): void {
    const known = new Set(dropped.map(({ id }) => id));
    const next = [...(read ?? []).filter((id) => known.has(id)), ...shown.map(({ id }) => id)];
    setRead(next);
    try {
      window.sessionStorage.setItem(storageKey, JSON.stringify(next));
    } catch {
      // A browser that stores nothing says it again after a reload.
    }
  }

  return (
    <Notice
      text={shown.length === 0 ? null : droppedWords(shown)}
      actions={
        <TextButton variant="action" onClick={dismiss}>
          OK
        </TextButton>
      }
    />
  );
}
