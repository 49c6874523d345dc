import 'server-only';

/**
 * Every time the room engine goes by, in ms, in one place so that tests can shorten them together. WT3, PB3 and SV8 of
 * docs/room-rules.md.
 */
export interface PlayerTimings {
  /** Between reads while a song plays, while it is paused, and while nothing plays or no device is there. */
  readonly playingMs: number;
  readonly pausedMs: number;
  readonly idleMs: number;
  /** Between reads after `longIdleAfterMs` of nothing. */
  readonly longIdleMs: number;
  readonly longIdleAfterMs: number;
  /** Reads after the predicted end of a track, until it changed. */
  readonly trackEndMs: readonly number[];
  /** Reads after a command, until the state agrees. */
  readonly confirmMs: readonly number[];
  /** How long a command's promise outweighs what reads say (PB5), and after which a skip without effect is free again (SV8). */
  readonly expectationMs: number;
  /** How far past its end a track may seem to play before its player counts as dead (PB3). */
  readonly overrunMs: number;
  /** How far a position may be off before a person would see it (PB1). */
  readonly positionToleranceMs: number;
  /** How near its end a track must have been for the same one at its start to be a new play (PB2). */
  readonly replayWindowMs: number;
  /** Between reads after failures, one after the other; the last one repeats. */
  readonly failureMs: readonly number[];
  /** Life of a watcher's lease, and between its renewals (WT1). */
  readonly leaseMs: number;
  readonly renewMs: number;
  /** How long the intent of an instance that died blocks a skip (SV9). */
  readonly intentMs: number;
  /** How long before the end of what plays the next song is handed over (FD1). */
  readonly submitAheadMs: number;
  /** After a hand-over of unknown outcome, when Spotify's queue is looked at; the last one repeats (FD2). */
  readonly verifyMs: readonly number[];
  /** Between tries of feeding that fail, one after the other; the last one repeats (FD6). */
  readonly queueRetryMs: readonly number[];
  /** Between reads of a playing room that nobody looks at (FD10). */
  readonly unattendedMs: number;
  /** How long a page's request keeps a room watched without a stream (WT5). */
  readonly interestMs: number;
}

export const playerTimings: PlayerTimings = {
  playingMs: 5_000,
  pausedMs: 15_000,
  idleMs: 30_000,
  longIdleMs: 60_000,
  longIdleAfterMs: 30 * 60_000,
  trackEndMs: [400, 1_000, 2_500],
  confirmMs: [600, 1_500, 4_000],
  expectationMs: 4_000,
  overrunMs: 5_000,
  positionToleranceMs: 1_500,
  replayWindowMs: 10_000,
  failureMs: [5_000, 10_000, 20_000, 30_000],
  leaseMs: 15_000,
  renewMs: 5_000,
  intentMs: 15_000,
  submitAheadMs: 10_000,
  verifyMs: [1_500, 4_000],
  queueRetryMs: [3_000, 5_000, 15_000, 60_000],
  unattendedMs: 15_000,
  interestMs: 5_000,
};
