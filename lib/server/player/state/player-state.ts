import 'server-only';
import type { PlayerStateRow } from '@/lib/server/db/player-state';
import type { SubmissionRow } from '@/lib/server/db/submissions';
import type { Expectation } from './expectation';
import type { PlayerView } from './observation';

/** A room's player as stored, with what feeding its queue depends on. */
export type PlayerState = PlayerStateRow<PlayerView, Expectation>;

/** The room whose host's player is meant. */
export interface PlayerRoom {
  readonly roomId: string;
  readonly hostSessionId: string;
}

/** Whether nothing plays and nobody paused: the music ran out, or there is no player (FD6). */
export function isSilent(view: PlayerView): boolean {
  return view.ranOut || view.status === 'nothing' || view.status === 'no_device';
}

/** The hand-over of a song that is wanted. There is one at most. */
export function liveSubmission({ submissions }: PlayerState): SubmissionRow | null {
  return submissions.find(({ itemId }) => itemId !== null) ?? null;
}
