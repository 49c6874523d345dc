import 'server-only';

/** Every time that the engine depends on, in ms. WT3, PB3 and SV8 of docs/room-rules.md. */
export const timings = {
  /** Between reads while a song plays, while it is paused, and while nothing plays or no device is there. */
  playingMs: 5_000,
  pausedMs: 15_000,
  idleMs: 30_000,
  /** Between reads after `longIdleAfterMs` of nothing. */
  longIdleMs: 60_000,
  longIdleAfterMs: 30 * 60_000,
  /** Reads after the predicted end of a track, until it changed, and after the moment at which it is expected to give way before that. */
  trackEndMs: [400, 1_000, 2_500],
  earlyEndMs: [400, 1_200],
  /** How long before a song is handed over the player is read, unless it was a moment ago: a slow answer must not delay it. */
  beforeHandOverMs: 1_500,
  readLatelyMs: 2_500,
  /** How long before the next song is expected to fade in the host's playlist takes over (FD6). */
  beforeFadeMs: 1_000,
  /** How long before the end of what plays a song is started where it cannot be queued: less is missed by it than by a beginning of something else (FD13). */
  beforeEndMs: 300,
  /** Reads after a command, until the state agrees. */
  confirmMs: [600, 1_500, 4_000],
  /** How long a command's expectation outweighs what reads say (PB5), and after which a skip without effect is free again (SV8). */
  expectationMs: 4_000,
  /** How far past its end a track may seem to play before its player counts as dead (PB3). */
  overrunMs: 5_000,
  /** How far a position may be off before a person would see it (PB1). */
  positionToleranceMs: 1_500,
  /** How near its start the same track must be seen for it to be a new play (PB2). */
  replayWindowMs: 10_000,
  /** Between reads after failures, one after the other; the last one repeats. */
  failureMs: [5_000, 10_000, 20_000, 30_000],
  /** Life of a watcher's lease, and between its renewals (WT1). */
  leaseMs: 15_000,
  renewMs: 5_000,
  /** How long the claim of an instance that died blocks a skip (SV9). */
  claimMs: 15_000,
  /** After a submission of unknown outcome, when Spotify's queue is read; the last one repeats (FD2). */
  verifyMs: [1_500, 4_000],
  /** Between runs of the queue that fail, one after the other; the last one repeats (FD6). */
  queueRetryMs: [3_000, 5_000, 15_000, 60_000],
  /** Between reads of a playing room without open streams (FD10). */
  unattendedMs: 15_000,
  /** How long a page's request keeps a room watched without a stream (WT5). */
  interestMs: 5_000,
} as const;
