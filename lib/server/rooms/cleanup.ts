import 'server-only';
import { inTransaction } from '@/lib/server/db/connection/client';
import { purge } from '@/lib/server/db/purge';
import { bumpRoom } from '@/lib/server/db/room-versions';
import { endRoom, findSilentRooms } from '@/lib/server/db/rooms';
import { describeError } from '@/lib/server/runtime/describe-error';
import { log } from '@/lib/server/runtime/log';
import { perProcess } from '@/lib/server/runtime/per-process';

/** Between two runs on one instance, in ms. */
const everyMs = 10 * 60_000;

/** Rooms that one run ends; what is left waits for the next run. */
const endedAtOnce = 500;

/** Ends the rooms in which nobody was for a day: `roomIdleHours` (RO5). Safe to run on every instance at once. */
export async function endSilentRooms(): Promise<void> {
  for (const id of await findSilentRooms(endedAtOnce)) {
    await inTransaction(async (tx) => {
      if (await endRoom(tx, id)) await bumpRoom(tx, id, 'people');
    });
  }
}

/**
 * Ends silent rooms and deletes what is too old, when that has not been done for a while. Called when a room is created; there is no
 * timer, so that it works on serverless as well.
 */
export function runCleanup(): void {
  const last = perProcess('cleanup', () => ({ atMs: 0 }));
  if (Date.now() - last.atMs < everyMs) return;
  last.atMs = Date.now();
  endSilentRooms()
    .then(purge)
    .catch((error: unknown) => log.warn('cleanup.failed', describeError(error)));
}
