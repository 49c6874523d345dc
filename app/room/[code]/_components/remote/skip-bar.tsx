import { useRoom } from '@/lib/client/room/use-room';
import { Avatar } from '@/app/room/[code]/_components/people/avatar';
import { useRemote } from './use-remote';
import { skipSentence } from './skip-sentence';
import { useDelayedTrue } from '@/app/room/[code]/_components/notices/use-delayed-true';

/** From here on single votes would be slivers: the bar fills without lines between them. */
const mostParts = 12;

/** How long enough votes may take to skip before another press is offered, in ms. */
const patienceMs = 2_500;

/**
 * One wide bar, like a meter with a part for each vote that is needed. Pressing again takes the vote back, or tries again where it was
 * enough and nothing was skipped. The host's press skips at once.
 */
export function SkipBar() {
  const { hasVoted, canRetrySkip, toggleSkipVote } = useRemote();
  const isStuck = useDelayedTrue(canRetrySkip, patienceMs);
  const skip = useRoom((state) => state.snapshot.skip);
  const members = useRoom((state) => state.snapshot.members);
  const you = useRoom((state) => state.you);
  const counted = skip.voters.includes(you.memberId);
  const votes = skip.votes + (hasVoted && !counted ? 1 : 0) - (!hasVoted && counted ? 1 : 0);
  const isWaiting = useDelayedTrue(skip.playId !== null && skip.votes >= skip.required, patienceMs);
  const voters = members.filter((member) => skip.voters.includes(member.id));
  return (
    <div className="min-w-0 grow">
      <button
        type="button"
        aria-pressed={hasVoted}
        onClick={toggleSkipVote}
        className="relative flex min-h-16 w-full items-center justify-between gap-3 overflow-hidden rounded-full border border-control px-4 text-left min-[24rem]:px-6 transition-colors duration-150 hover:border-ink"
      >
        <Meter votes={votes} required={skip.required} />
        <span className="relative min-w-0 leading-tight">
          <span className="block font-title text-lg font-semibold whitespace-nowrap tabular-nums">
            {`Skip, ${votes} of ${skip.required}`}
          </span>
          {hasVoted && (isStuck || !canRetrySkip) && (
            <span className="arrives block truncate text-xs">
              {isStuck ? 'Press to try again' : 'Press again to undo'}
            </span>
          )}
        </span>
        <span aria-hidden className="relative flex shrink-0 -space-x-2">
          {voters.slice(0, 4).map((voter) => (
            <Avatar key={voter.id} name={voter.name} />
          ))}
        </span>
      </button>
      <p aria-live="polite" className="min-h-6 truncate pt-1 text-sm text-faint short:sr-only">
        {skipSentence(
          voters.map((voter) => (voter.id === you.memberId ? null : voter.name)),
          you.role === 'host',
          skip.required,
          isWaiting,
        )}
      </p>
    </div>
  );
}

/** The parts of the bar; shared with the TV. */
export function Meter({ votes, required }: { readonly votes: number; readonly required: number }) {
  const parts = required <= mostParts ? required : 1;
  return (
    <span aria-hidden className="absolute inset-0">
      <span
        className="absolute inset-y-0 left-0 bg-accent-fill transition-[width] duration-200 ease-out"
        style={{ width: `${Math.min(100, (100 * votes) / required)}%` }}
      />
      <span className="absolute inset-0 flex">
        {Array.from({ length: parts }, (_, part) => (
          <span key={part} className={part === 0 ? 'grow' : 'grow border-l border-line'} />
        ))}
      </span>
    </span>
  );
}
