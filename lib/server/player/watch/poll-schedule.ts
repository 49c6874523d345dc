import 'server-only';
import type { PlaybackStatus } from '@/lib/shared/contract/snapshot';
import { timings } from '@/lib/server/player/state/timings';

/** What the next read depends on. Times are ms since the epoch. */
export interface ScheduleInput {
  /** When this watcher last began a read; null before its first. */
  readonly lastReadAt: number | null;
  /** When the reads of the last minute began that were not regular ones, oldest first. */
  readonly recentExtras: readonly number[];
  readonly status: PlaybackStatus;
  /** Whether a stream of the room is open (FD10). */
  readonly attended: boolean;
  /** When the track ends if it plays on; null when nothing plays. */
  readonly predictedEndAt: number | null;
  /** When it is expected to give way to the next one; null when nothing plays. */
  readonly expectedChangeAt: number | null;
  /** When a song is handed over; null when none waits for that. */
  readonly handOverAt: number | null;
  /** The track is so short that its ends alone would use up a quiet minute's reads. */
  readonly isShortTrack: boolean;
  /** Since when nothing has played; null while something does. */
  readonly idleSince: number | null;
  /** When the last command went out, and whether reads have confirmed it. */
  readonly command: { readonly at: number; readonly confirmed: boolean } | null;
  /** Reads that failed since the last good one. */
  readonly failures: number;
  /** Until when Spotify wants no calls. */
  readonly blockedUntil: number | null;
  /** 1, 2 or 4: how far the day's budget stretches the intervals (WT7). */
  readonly stretch: number;
}

export type ReadReason = 'regular' | 'hand_over' | 'track_end' | 'confirmation';

export interface PlannedRead {
  readonly at: number;
  readonly reason: ReadReason;
}

const minuteMs = 60_000;

/**
 * Extra reads a minute may hold: without commands, with them, and while paused. Regular ones are at most 12 a minute while playing and 4
 * while paused, which together makes 15, 30 and 5 (WT4).
 */
const quietExtras = 3;
const busyExtras = 18;
const pausedExtras = 1;

function interval(input: ScheduleInput, now: number): number {
  const { status, idleSince } = input;
  if (status === 'playing' || status === 'ad' || status === 'private') {
    return input.attended ? timings.playingMs : timings.unattendedMs;
  }
  if (status === 'paused') return timings.pausedMs;
  // Something that plays but cannot be named is read like a paused song.
  if (status === 'unknown') return timings.pausedMs;
  const long = idleSince !== null && now - idleSince >= timings.longIdleAfterMs;
  return long ? timings.longIdleMs : timings.idleMs;
}

/** The first of the reads that follow an event which has not been made yet. */
function following(eventAt: number, offsets: readonly number[], lastReadAt: number): number | null {
  const offset = offsets.find((candidate) => eventAt + candidate > lastReadAt);
  return offset === undefined ? null : eventAt + offset;
}

/** When the player is read once more before a song is handed over: what it was seen to do may be half a minute old. Null where it was read lately. */
function beforeHandOver({ handOverAt, status }: ScheduleInput, lastReadAt: number, now: number): number | null {
  if (handOverAt === null || status !== 'playing' || handOverAt <= now) return null;
  const at = handOverAt - timings.beforeHandOverMs;
  return lastReadAt >= at - timings.readLatelyMs ? null : at;
}

/** The earliest moment at which an extra read fits into the minute's limit. */
function fitting(at: number, limit: number, recentExtras: readonly number[]): number {
  const inTheWay = recentExtras.filter((read) => read > at - minuteMs);
  const leaves = inTheWay.at(-limit);
  return leaves === undefined ? at : leaves + minuteMs;
}

/**
 * When to read the player next, and why (WT3). A pure function of what was seen; a result in the past means now.
 *
 * The minute's limit (WT4) drops or delays the extra reads, never the regular one.
 */
export function planRead(input: ScheduleInput, now: number): PlannedRead {
  const { lastReadAt, command, predictedEndAt, expectedChangeAt, recentExtras } = input;
  if (input.blockedUntil !== null && input.blockedUntil > now) return { at: input.blockedUntil, reason: 'regular' };
  if (lastReadAt === null) return { at: now, reason: 'regular' };
  if (input.failures > 0) {
    const wait = timings.failureMs[Math.min(input.failures, timings.failureMs.length) - 1] ?? timings.playingMs;
    return { at: lastReadAt + wait * input.stretch, reason: 'regular' };
  }

  const regular: PlannedRead = { at: lastReadAt + interval(input, now) * input.stretch, reason: 'regular' };
  const commanded = command !== null && now - command.at < minuteMs;
  const limit = commanded || input.isShortTrack ? busyExtras : input.status === 'paused' ? pausedExtras : quietExtras;
  const extras: PlannedRead[] = [];
  if (command !== null && !command.confirmed) {
    const at = following(command.at, timings.confirmMs, lastReadAt);
    // Dropped, not delayed: a late confirmation says no more than the regular read.
    if (at !== null && fitting(at, busyExtras, recentExtras) === at) extras.push({ at, reason: 'confirmation' });
  }
  if (predictedEndAt !== null && input.status === 'playing') {
    const isEarly = expectedChangeAt !== null && expectedChangeAt < predictedEndAt - timings.positionToleranceMs;
    const at =
      (isEarly ? following(expectedChangeAt, timings.earlyEndMs, lastReadAt) : null) ??
      following(predictedEndAt, timings.trackEndMs, lastReadAt);
    if (at !== null) extras.push({ at: fitting(at, limit, recentExtras), reason: 'track_end' });
  }
  const checkAt = beforeHandOver(input, lastReadAt, now);
  // Dropped, not delayed: after the hand-over it says nothing any more.
  if (checkAt !== null && fitting(checkAt, limit, recentExtras) === checkAt) {
    extras.push({ at: checkAt, reason: 'hand_over' });
  }
  return extras.reduce((first, candidate) => (candidate.at < first.at ? candidate : first), regular);
}

/** How far polling is stretched when that part of the day's budget is used (WT7). */
export function stretchFor(usedShare: number): 1 | 2 | 4 {
  if (usedShare >= 0.8) return 4;
  return usedShare >= 0.5 ? 2 : 1;
}
