import 'server-only';
import { getDb } from './connection/client';

/** Any number that nothing else locks. */
const lockKey = 7_266_868_375;

/** How long a run may take, in ms. */
const longestMs = 60_000;

/** An instance that is frozen meanwhile loses the lock after so long. */
const silence = '60s';

/**
 * Does `work` while no other instance does: the lock is a transaction's, so that it ends with it, behind a pooler too. What `work` writes is
 * not part of that transaction.
 *
 * @returns false when another instance is at it, and nothing was done
 */
export function withCleanupLock(work: () => Promise<void>): Promise<boolean> {
  return getDb().$transaction(
    async (tx) => {
      const rows = await tx.$queryRaw<{ taken: boolean }[]>`
        SELECT pg_try_advisory_xact_lock(${lockKey}) AS "taken", set_config('idle_in_transaction_session_timeout', ${silence}, true)`;
      if (rows[0]?.taken !== true) return false;
      await work();
      return true;
    },
    { timeout: longestMs },
  );
}
