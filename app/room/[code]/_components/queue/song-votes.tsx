import { ArrowBigDown, ArrowBigUp, type LucideIcon } from 'lucide-react';
import { useState } from 'react';
import { SerialQueue } from '@/lib/client/serial-queue';
import type { SongVote } from '@/lib/shared/contract/queue';
import { useRoomStore } from '@/lib/client/room/use-room';
import { scoreWords } from './queue-words';

/** The song's score, and a vote for or against it: one each, changeable, and pressing again takes it back (QU5). */
export function SongVotes({
  id,
  name,
  score,
  own,
}: {
  readonly id: string;
  readonly name: string;
  readonly score: number;
  readonly own: SongVote;
}) {
  const store = useRoomStore();
  const [requests] = useState(() => new SerialQueue());
  function vote(pressed: 1 | -1): void {
    const value = own === pressed ? 0 : pressed;
    void store.runOnSong(id, { vote: value }, (api) => requests.run(() => api.voteForSong(id, value)));
  }
  return (
    <div role="group" aria-label={`Votes for ${name}`} className="-mr-2.5 flex items-center">
      <VoteButton label="Vote for it" icon={ArrowBigUp} pressed={own === 1} onClick={() => vote(1)} />
      <Score score={score} />
      <VoteButton label="Vote against it" icon={ArrowBigDown} pressed={own === -1} onClick={() => vote(-1)} />
    </div>
  );
}

/** The score alone, where votes change nothing any more. */
export function Score({ score }: { readonly score: number }) {
  return (
    <span className="min-w-6 text-center font-title font-semibold tabular-nums">
      <span className="sr-only">Score </span>
      <span>{scoreWords(score)}</span>
    </span>
  );
}

function VoteButton({
  label,
  icon: Icon,
  pressed,
  onClick,
}: {
  readonly label: string;
  readonly icon: LucideIcon;
  readonly pressed: boolean;
  readonly onClick: () => void;
}) {
  return (
    <button
      type="button"
      aria-label={label}
      aria-pressed={pressed}
      title={label}
      onClick={onClick}
      className={`flex size-11 items-center justify-center rounded-full transition-colors duration-150 hover:bg-raised ${pressed ? 'text-accent' : 'text-faint hover:text-ink'}`}
    >
      <Icon aria-hidden className={`size-6 ${pressed ? 'fill-current' : ''}`} />
    </button>
  );
}
