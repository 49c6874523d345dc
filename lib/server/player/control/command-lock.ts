import 'server-only';
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { AppError } from '@/lib/server/runtime/app-error';
import { releaseCommandLock, takeCommandLock } from '@/lib/server/db/leases';
import { metrics, stopwatch } from '@/lib/server/runtime/metrics';
import { perProcess } from '@/lib/server/runtime/per-process';

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

/**
 * Runs `work` while no other command of the room's player runs: in the order they came on this instance, and one at a time over all
 * instances (CM1). Spotify guarantees no order for calls that overlap.
 *
 * @param waitMs how long it waits while another instance has the lock
 * @throws {AppError} `spotify_unavailable` when the lock was not free in time
 */
export function withCommandLock<T>(roomId: string, work: () => Promise<T>, waitMs = patienceMs): Promise<T> {
  const queues = perProcess('command-queues', () => new Map<string, Promise<unknown>>());
  const before = queues.get(roomId) ?? Promise.resolve();
  const stop = stopwatch(metrics().commandLockSeconds);
  const result = before.then(() =>
    runLocked(
      roomId,
      () => {
        stop();
        return work();
      },
      waitMs,
    ),
  );
  // What follows waits for the end, however it ended.
  const settled = result.catch(() => undefined);
  queues.set(roomId, settled);
  void settled.then(() => {
    if (queues.get(roomId) === settled) queues.delete(roomId);
  });
  return result;
}
