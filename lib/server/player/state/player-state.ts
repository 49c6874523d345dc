import 'server-only';
import type { PlayerStateRow } from '@/lib/server/db/player-state';
import type { SubmissionRow } from '@/lib/server/db/submissions';
import type { Expectation } from './expectation';
import type { PlayerView } from './player-view';

/** A room's player as stored, with what running its queue depends on. */
export interface PlayerState extends PlayerStateRow {
  readonly view: PlayerView;
  readonly expectation: Expectation | null;
}

/** The room whose host's player is meant. */
export interface PlayerRoom {
  readonly roomId: string;
  readonly hostSessionId: string;
}

/** The submission of a song that is wanted. There is one at most. */
export function liveSubmission({ submissions }: PlayerState): SubmissionRow | null {
  return submissions.find(({ itemId }) => itemId !== null) ?? null;
}
