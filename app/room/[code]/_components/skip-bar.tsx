'use client';

import { useRoom } from '@/lib/client/use-room';
import { initials } from './initials';
import { usePresses } from './use-presses';

/** One wide bar that fills with every vote; pressing again takes the vote back. The host's press skips at once. */
export function SkipBar() {
  const { hasVoted, toggleVote } = usePresses();
  const skip = useRoom((state) => state.snapshot.skip);
  const members = useRoom((state) => state.snapshot.members);
  const you = useRoom((state) => state.you);
  const counted = skip.voters.includes(you.memberId);
  const votes = skip.votes + (hasVoted && !counted ? 1 : 0) - (!hasVoted && counted ? 1 : 0);
  const share = Math.min(100, (100 * votes) / skip.required);
  const voters = members.filter((member) => skip.voters.includes(member.id));
  return (
    <div>
      <button
        type="button"
        aria-pressed={hasVoted}
        onClick={toggleVote}
        className="relative flex min-h-16 w-full items-center justify-between gap-3 overflow-hidden rounded-full border border-control px-6 text-left hover:border-ink"
      >
        <span
          aria-hidden
          className="absolute inset-y-0 left-0 bg-accent-fill transition-[width] duration-200 ease-out"
          style={{ width: `${share}%` }}
        />
        <span className="relative font-title text-lg font-semibold tabular-nums">
          Skip, {votes} of {skip.required}
        </span>
        <span aria-hidden className="relative flex -space-x-2">
          {voters.slice(0, 6).map((voter) => (
            <span
              key={voter.id}
              className="arrives flex size-8 items-center justify-center rounded-full border border-accent bg-ground text-xs"
            >
              {initials(voter.name)}
            </span>
          ))}
        </span>
      </button>
      <p aria-live="polite" className="mt-2 min-h-6 text-sm text-faint">
        {sentence(
          voters.map((voter) => (voter.id === you.memberId ? 'You' : voter.name)),
          you.role === 'host',
        )}
      </p>
    </div>
  );
}

function sentence(names: readonly string[], isHost: boolean): string {
  if (names.length === 0) return isHost ? 'Your press skips at once.' : '';
  const last = names.at(-1) ?? '';
  const list = names.length === 1 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
  return `${list} voted to skip.`;
}
