import 'server-only';
import { predictedEnd } from '@/lib/server/player/state/player-view';
import { failuresOf, type PollHealth } from './poll-health';
import type { RunOutcome } from '@/lib/server/player/queue-runner/run-plan';
import { planRead, type PlannedRead, stretchFor } from './poll-schedule';
import { isDeaf } from '@/lib/server/player/state/deaf-device';
import { expectedChange, handOverAt, startOverAt } from '@/lib/server/player/state/lead';
import { liveSubmission, type PlayerState } from '@/lib/server/player/state/player-state';
import { timings } from '@/lib/server/player/state/timings';

/** What a watcher remembers between two reads; one that takes over begins without it. Times are ms since the epoch. */
export interface WatchMemory {
  /** When it last began a read; null before its first. */
  readonly lastReadAt: number | null;
  /** When its reads of the last minute began that were not regular ones (WT4). */
  readonly recentExtras: readonly number[];
  /** When the last command that it heard of went out. */
  readonly lastCommandAt: number | null;
  readonly pollHealth: PollHealth;
  readonly queueRuns: QueueRuns;
}

/** How the last runs of the queue went (FD6). */
export interface QueueRuns {
  /** Tries one after the other that are to be repeated. */
  readonly failures: number;
  /** When the next one may be made; null when nothing failed. */
  readonly retryAt: number | null;
}

/** Before anything was tried, or after it went well. */
export const neverFailed: QueueRuns = { failures: 0, retryAt: null };

const minuteMs = 60_000;

/** A watcher that takes over goes on from the last read of the one before, within the same minute's limit. */
function readByAnother({ secondsSinceRead }: PlayerState, now: number): number | null {
  if (secondsSinceRead === null || secondsSinceRead * 1_000 > timings.playingMs) return null;
  return now - Math.round(secondsSinceRead * 1_000);
}

/** What a watcher remembers once it has seen the stored state: commands that went out, and no reads older than a minute. */
export function pruneMemory(memory: WatchMemory, state: PlayerState, now: number): WatchMemory {
  return {
    ...memory,
    recentExtras: memory.recentExtras.filter((at) => at > now - minuteMs),
    lastCommandAt: state.expectation?.at ?? memory.lastCommandAt,
  };
}

/** What a watcher remembers once it has begun a read that was planned. */
export function afterRead(memory: WatchMemory, { reason }: PlannedRead, now: number): WatchMemory {
  const recentExtras = reason === 'regular' ? memory.recentExtras : [...memory.recentExtras, now];
  return { ...memory, lastReadAt: now, recentExtras };
}

/** What a watcher remembers once the queue was run. */
export function afterRun(runs: QueueRuns, outcome: RunOutcome, now: number): QueueRuns {
  if (outcome === 'done') return neverFailed;
  // It may come to nothing: then it counts as one more failure.
  if (outcome === 'sent') return { ...runs, retryAt: null };
  const wait = timings.queueRetryMs[Math.min(runs.failures, timings.queueRetryMs.length - 1)] ?? 0;
  return { failures: runs.failures + 1, retryAt: now + wait };
}

/** When the first waiting song is handed over, or started, in ms since the epoch; null while nothing plays (FD13). */
function nextSongAt(state: PlayerState, now: number): number | null {
  const { view, earlyEnds } = state;
  return isDeaf(state, now) ? startOverAt(view, earlyEnds) : handOverAt(view, earlyEnds);
}

/**
 * When a watcher reads its host's player next. A pure function of what it remembers and what is stored.
 *
 * @param usedBudget the part of the day's calls that is used up (WT7)
 * @param attended whether a stream of the room is open (FD10)
 */
export function planWatch(
  memory: WatchMemory,
  state: PlayerState,
  usedBudget: number,
  attended: boolean,
  now: number,
): PlannedRead {
  const { pollHealth, lastCommandAt } = memory;
  if (pollHealth.kind === 'dormant' && pollHealth.until > now) return { at: pollHealth.until, reason: 'regular' };
  const { view } = state;
  const idle = view.status === 'nothing' || view.status === 'no_device';
  return planRead(
    {
      lastReadAt: memory.lastReadAt ?? readByAnother(state, now),
      recentExtras: memory.recentExtras,
      status: view.status,
      attended,
      predictedEndAt: predictedEnd(view),
      expectedChangeAt: expectedChange(view, state.earlyEnds),
      handOverAt: state.songsWait && liveSubmission(state) === null ? nextSongAt(state, now) : null,
      isShortTrack: view.track !== null && view.track.durationMs < minuteMs,
      idleSince: idle ? view.measuredAtMs : null,
      command: lastCommandAt === null ? null : { at: lastCommandAt, confirmed: state.expectation === null },
      failures: failuresOf(pollHealth),
      blockedUntil: pollHealth.kind === 'blocked' ? pollHealth.until : null,
      stretch: stretchFor(usedBudget),
    },
    now,
  );
}
