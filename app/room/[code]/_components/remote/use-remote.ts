import type { RoomApi } from '@/lib/client/api-client';
import { useRoom, useRoomStore } from '@/lib/client/room/use-room';

/** What the room's buttons do, shared with its keys. */
export interface Remote {
  readonly isPlaying: boolean;
  readonly hasVoted: boolean;
  /** The vote is enough to skip, so that another press is one more try, not the vote taken back. */
  readonly canRetrySkip: boolean;
  readonly togglePlay: () => void;
  readonly next: () => void;
  readonly previous: () => void;
  readonly toggleSkipVote: () => void;
}

/** The remote of the person at this page. What a command brings is shown at once. */
export function useRemote(): Remote {
  const store = useRoomStore();
  const playId = useRoom((state) => state.snapshot.playback.playId);
  const isPlaying = useRoom((state) => state.pending.playing ?? state.snapshot.playback.status === 'playing');
  const hasVoted = useRoom((state) => state.pending.voted ?? state.snapshot.skip.voters.includes(state.you.memberId));
  const canRetrySkip = useRoom(
    ({ you, snapshot: { skip } }) =>
      skip.voters.includes(you.memberId) && (you.role === 'host' || skip.votes >= skip.required),
  );
  const run = (work: (api: RoomApi) => Promise<unknown>, pending = {}): void => void store.run(work, pending);
  return {
    isPlaying,
    hasVoted,
    canRetrySkip,
    togglePlay: () => run((api) => (isPlaying ? api.pause() : api.play()), { playing: !isPlaying }),
    next: () => run((api) => api.next(playId)),
    previous: () => run((api) => api.previous()),
    toggleSkipVote: () => {
      if (playId === null) return;
      const voted = !hasVoted || canRetrySkip;
      run((api) => (voted ? api.castSkipVote(playId) : api.withdrawSkipVote(playId)), { voted });
    },
  };
}
