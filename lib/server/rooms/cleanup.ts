import 'server-only';
import { endSilentRooms, purge } from '@/lib/server/db/purge';
import { errorKind, log } from '@/lib/server/runtime/log';
import { perProcess } from '@/lib/server/runtime/per-process';

/** Between two runs on one instance, in ms. */
const everyMs = 10 * 60_000;

/**
 * Ends silent rooms and deletes what is too old, when that has not been done for a while. Called where it costs nobody
 * anything; there is no timer, so that it works on serverless as well.
 */
export function runCleanup(): void {
  const house = perProcess('housekeeping', () => ({ keptAt: 0 }));
  if (Date.now() - house.keptAt < everyMs) return;
  house.keptAt = Date.now();
  endSilentRooms()
    .then(purge)
    .catch((error: unknown) => log.warn('housekeeping.failed', { error: errorKind(error) }));
}
