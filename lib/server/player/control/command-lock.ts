import 'server-only';
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { AppError } from '@/lib/server/runtime/app-error';
import { releaseCommandLock, renewCommandLock, takeCommandLock } from '@/lib/server/db/leases';
import { metrics, stopwatch } from '@/lib/server/runtime/metrics';
import { perProcess } from '@/lib/server/runtime/per-process';
import { noteFailure, requireClosedCircuit } from './command-circuit';
import { CommandLine, type Press } from './command-line';

/** How long the lock of an instance that died blocks the others; who lives renews it, however slow Spotify is. */
const deadAfterMs = 15_000;

/** How long a command waits for the lock, and how often it asks while another instance has it. */
const patienceMs = 8_000;
const askEveryMs = 40;

export interface LockTimes {
  /** How long it is waited for while another instance has the lock, in ms. */
  readonly waitMs?: number;
  /** How long it outlives its holder, in ms. */
  readonly lockMs?: number;
}

async function acquire(
  roomId: string,
  holder: string,
  first: boolean,
  { waitMs, lockMs }: Required<LockTimes>,
): Promise<void> {
  for (const deadline = Date.now() + waitMs; ;) {
    if (await takeCommandLock(roomId, holder, lockMs, first)) return;
    if (Date.now() >= deadline) {
      throw new AppError('spotify_unavailable', { note: 'The command lock was not free in time.' });
    }
    await delay(askEveryMs);
  }
}

async function runLocked<T>(
  roomId: string,
  first: boolean,
  work: () => Promise<T>,
  times: Required<LockTimes>,
): Promise<T> {
  const holder = randomUUID();
  await acquire(roomId, holder, first, times);
  const renew = (): void => void renewCommandLock(roomId, holder, times.lockMs).catch(() => undefined);
  const renewal = setInterval(renew, times.lockMs / 3).unref();
  try {
    return await work();
  } finally {
    clearInterval(renewal);
    await releaseCommandLock(roomId, holder);
  }
}

function lineOf(roomId: string): CommandLine {
  const lines = perProcess('command-lines', () => new Map<string, CommandLine>());
  const known = lines.get(roomId);
  if (known !== undefined) return known;
  const line = new CommandLine(() => lines.delete(roomId));
  lines.set(roomId, line);
  return line;
}

/**
 * Runs `work` while no other command of the room's player runs: in their order on this instance (CM5), and one at a time over all instances
 * (CM1). Spotify guarantees no order for calls that overlap. Whoever waited is looked at again before (CM4). While Spotify does not answer, people
 * are refused at once, those who wait already too (CM6). The queue is not: a song that is due has to be tried, its tries are few and planned, and
 * they are the first to find out that Spotify is back.
 *
 * @throws {AppError} `spotify_unavailable` when the lock was not free in time or Spotify does not answer, `rate_limited` when enough of this
 * member's presses wait, and what the look again throws
 */
export async function withCommandLock<T>(
  roomId: string,
  press: Press,
  work: () => Promise<T>,
  times: LockTimes = {},
): Promise<T> {
  const isPerson = press.memberId !== null;
  const stop = stopwatch(metrics().commandLockSeconds);
  const checkedWork = async (): Promise<T> => {
    stop();
    await press.check();
    try {
      return await work();
    } catch (error) {
      if (isPerson) noteFailure(roomId, error);
      throw error;
    }
  };
  const all = { waitMs: patienceMs, lockMs: deadAfterMs, ...times };
  if (isPerson) requireClosedCircuit(roomId);
  return lineOf(roomId).push(press, async () => {
    if (isPerson) requireClosedCircuit(roomId);
    return runLocked(roomId, press.first, checkedWork, all);
  });
}
