'use client';

import { api } from '@/lib/client/api-client';
import { useRoom, useRoomStore } from '@/lib/client/room/use-room';

/** What the room's buttons do, shared with its keys. */
export interface Presses {
  readonly isPlaying: boolean;
  readonly hasVoted: boolean;
  /** The vote is enough to skip, so that another press is one more try, not the vote taken back. */
  readonly votesAgain: boolean;
  readonly togglePlay: () => void;
  readonly next: () => void;
  readonly previous: () => void;
  readonly toggleVote: () => void;
}

/** The presses of the person at this page. What one brings is shown at once. */
export function usePresses(): Presses {
  const store = useRoomStore();
  const code = useRoom((state) => state.snapshot.room.code);
  const playId = useRoom((state) => state.snapshot.playback.playId);
  const isPlaying = useRoom((state) => state.pending.playing ?? state.snapshot.playback.status === 'playing');
  const hasVoted = useRoom((state) => state.pending.voted ?? state.snapshot.skip.voters.includes(state.you.memberId));
  const votesAgain = useRoom(
    ({ you, snapshot: { skip } }) =>
      skip.voters.includes(you.memberId) && (you.role === 'host' || skip.votes >= skip.required),
  );
  const press = (work: () => Promise<unknown>, overlay = {}): void => void store.run(work, overlay);
  return {
    isPlaying,
    hasVoted,
    votesAgain,
    togglePlay: () => press(() => (isPlaying ? api.pause(code) : api.play(code)), { playing: !isPlaying }),
    next: () => press(() => api.next(code, playId)),
    previous: () => press(() => api.previous(code)),
    toggleVote: () => {
      if (playId === null) return;
      const voted = !hasVoted || votesAgain;
      press(() => (voted ? api.castSkipVote(code, playId) : api.withdrawSkipVote(code, playId)), { voted });
    },
  };
}
