import 'server-only';
import type { CleanupResponse } from '@/lib/shared/contract/app';
import { renewGrants } from '@/lib/server/auth/renew-grants';
import { makeSecondTries } from '@/lib/server/auth/second-try';
import { withCleanupLock } from '@/lib/server/db/cleanup-lock';
import { inTransaction } from '@/lib/server/db/connection/client';
import { purge } from '@/lib/server/db/purge';
import { bumpRoom } from '@/lib/server/db/room-versions';
import { endRoom, findSilentRooms } from '@/lib/server/db/rooms';
import { logWorkFailure } from '@/lib/server/runtime/log-failure';
import { metrics } from '@/lib/server/runtime/metrics';
import { perProcess } from '@/lib/server/runtime/per-process';
import { singleFlight } from '@/lib/server/runtime/single-flight';

/** Rooms that are ended at once; the rest follows. */
const endedAtOnce = 500;

/** Rounds of a run; what is left then, after a long time without any run, waits for the next one. */
const rounds = 100;

/** Between two runs that somebody asks for, on one instance, in ms. */
const everyMs = 10 * 60_000;

type CleanupOutcome = CleanupResponse['outcome'];

/**
 * Ends the rooms in which nobody was for a day: `roomIdleHours` (RO5). Safe to run on every instance at once.
 *
 * @returns whether there may be more
 */
export async function endSilentRooms(): Promise<boolean> {
  const silent = await findSilentRooms(endedAtOnce);
  for (const id of silent) {
    await inTransaction(async (tx) => {
      if (await endRoom(tx, id)) await bumpRoom(tx, id, 'people');
    });
  }
  return silent.length === endedAtOnce;
}

async function cleanRounds(): Promise<void> {
  for (let round = 0; round < rounds; round += 1) {
    const mayBeMore = [await endSilentRooms(), await purge()];
    if (!mayBeMore.includes(true)) return;
  }
}

async function cleanAll(): Promise<void> {
  // Before what was kept for it is too old.
  await makeSecondTries();
  await cleanRounds();
  await renewGrants();
}

/**
 * Ends silent rooms, tries ended grants once more (TK8), deletes what is too old (RL-11), all of it, and encrypts by the first secret what an older one did (TK-02), on one instance
 * at a time.
 *
 * @returns what became of it; a failure is logged
 */
export function cleanUp(): Promise<CleanupOutcome> {
  return singleFlight('cleanups', 'all', async () => {
    let outcome: CleanupOutcome;
    try {
      outcome = (await withCleanupLock(cleanAll)) ? 'done' : 'busy';
    } catch (error) {
      logWorkFailure('cleanup', error);
      outcome = 'failed';
    }
    metrics().cleanups.inc({ outcome });
    return outcome;
  });
}

/**
 * The same for whoever asks, a platform's cron for instance: `early` when this instance was asked a while ago, so that asking all the time
 * costs nothing. An instance that stays has a timer of its own: `cleanup-timer.ts`.
 */
export async function cleanUpIfDue(): Promise<CleanupOutcome> {
  const last = perProcess('cleanup', () => ({ atMs: -Infinity }));
  if (performance.now() - last.atMs < everyMs) return 'early';
  last.atMs = performance.now();
  return cleanUp();
}
