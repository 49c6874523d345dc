'use client';

import { api } from '@/lib/client/api-client';
import { useRoom, useRoomStore } from '@/lib/client/use-room';

/** What the room's buttons do, shared with its keys. */
export interface Presses {
  readonly isPlaying: boolean;
  readonly hasVoted: boolean;
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
  const isPlaying = useRoom((state) => state.overlay.playing ?? state.snapshot.playback.status === 'playing');
  const hasVoted = useRoom((state) => state.overlay.voted ?? state.snapshot.skip.voters.includes(state.you.memberId));
  const press = (work: () => Promise<unknown>, overlay = {}): void => void store.press(work, overlay);
  return {
    isPlaying,
    hasVoted,
    togglePlay: () => press(() => (isPlaying ? api.pause(code) : api.play(code)), { playing: !isPlaying }),
    next: () => press(() => api.next(code, playId)),
    previous: () => press(() => api.previous(code)),
    toggleVote: () => {
      if (playId === null) return;
      press(() => (hasVoted ? api.withdrawVote(code, playId) : api.vote(code, playId)), { voted: !hasVoted });
    },
  };
}
