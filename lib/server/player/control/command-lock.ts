import 'server-only';
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { AppError } from '@/lib/server/runtime/app-error';
import { releaseCommandLock, takeCommandLock } from '@/lib/server/db/leases';
import { metrics, stopwatch } from '@/lib/server/runtime/metrics';
import { perProcess } from '@/lib/server/runtime/per-process';
import { CommandLine, type Press } from './command-line';

/** Longer than a command with its refresh and its read-back takes; after that the holder counts as dead. */
const lockMs = 15_000;

/** How long a command waits for the lock, and how often it asks while another instance has it. */
const patienceMs = 8_000;
const askEveryMs = 40;

async function acquire(roomId: string, holder: string, waitMs: number): Promise<void> {
  for (const deadline = Date.now() + waitMs; ;) {
    if (await takeCommandLock(roomId, holder, lockMs)) return;
    if (Date.now() >= deadline) {
      throw new AppError('spotify_unavailable', { note: 'The command lock was not free in time.' });
    }
    await delay(askEveryMs);
  }
}

async function runLocked<T>(roomId: string, work: () => Promise<T>, waitMs: number): Promise<T> {
  const holder = randomUUID();
  await acquire(roomId, holder, waitMs);
  try {
    return await work();
  } finally {
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
 * (CM1). Spotify guarantees no order for calls that overlap. Whoever waited is looked at again before (CM4).
 *
 * @param waitMs how long it waits while another instance has the lock
 * @throws {AppError} `spotify_unavailable` when the lock was not free in time, `rate_limited` when enough of this member's presses wait, and
 * what the look again throws
 */
export function withCommandLock<T>(
  roomId: string,
  press: Press,
  work: () => Promise<T>,
  waitMs = patienceMs,
): Promise<T> {
  const stop = stopwatch(metrics().commandLockSeconds);
  const checkedWork = async (): Promise<T> => {
    stop();
    await press.check();
    return work();
  };
  return lineOf(roomId).push(press, () => runLocked(roomId, checkedWork, waitMs));
}
