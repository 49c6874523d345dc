import 'server-only';
import {
  countGrantKeys,
  type EncryptedGrant,
  findGrantsUnderKeys,
  replaceEncryption,
} from '@/lib/server/db/grant-keys';
import { getEnv } from '@/lib/server/runtime/env';
import { log } from '@/lib/server/runtime/log';
import { keyIds, renewEncryption } from './encryption';
import { ownWorld } from './provider';
import { reportUnreadable } from './token-keeper';

/** Rows that are read at once. */
const batch = 100;

async function renew(row: EncryptedGrant): Promise<boolean> {
  const { sessionSecrets } = getEnv();
  const sealedAccess = renewEncryption(row.sessionId, 'access', row.sealedAccess, sessionSecrets);
  const sealedRefresh = renewEncryption(row.sessionId, 'refresh', row.sealedRefresh, sessionSecrets);
  return sealedAccess !== null && sealedRefresh !== null && replaceEncryption(row, { sealedAccess, sealedRefresh });
}

/**
 * Encrypts stored logins by the first secret where an older one did, so that the older one can be taken away (TK-02), and says how many are
 * left, and how many none of the secrets opens. Those of whom this deployment does not serve are not even opened. Safe at any time, on any
 * number of instances, and beside refreshes.
 */
export async function renewGrants(): Promise<void> {
  const { current, older } = keyIds();
  const world = ownWorld();
  let renewed = 0;
  for (let after: string | null = null; older.length > 0;) {
    const rows: readonly EncryptedGrant[] = await findGrantsUnderKeys(older, world, after, batch);
    for (const row of rows) if (await renew(row)) renewed += 1;
    after = rows.at(-1)?.sessionId ?? null;
    if (rows.length < batch) break;
  }
  const { left, unreadable } = await countGrantKeys(older, current, world);
  if (older.length > 0 || unreadable > 0) log.info('secrets.logins_renewed', { renewed, left, unreadable });
  if (unreadable > 0) reportUnreadable();
}
