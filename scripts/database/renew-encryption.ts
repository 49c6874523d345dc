import { renewEncryption } from '@/lib/server/auth/encryption';
import type { DatabaseAddress } from '@/lib/server/runtime/env';
import { withDatabase } from './connect';

/** What became of the stored grants. */
export interface RenewedGrants {
  /** Encrypted by the first secret now, and by another before. */
  readonly renewed: number;
  /** Encrypted by the first one before. */
  readonly current: number;
  /** That none of the secrets decrypts: their hosts have to connect Spotify again. */
  readonly lost: number;
}

interface GrantRow {
  readonly sessionId: string;
  readonly sealedAccess: string;
  readonly sealedRefresh: string;
}

/**
 * Encrypts every stored token by the first secret. Grants that the app refreshes in the meantime are left as it stored them: a deployment
 * that has the same list of secrets encrypts by the first one too.
 *
 * @param secrets the new one, and those that it follows
 * @throws {UserError} when the database cannot be reached
 */
export function renewGrants(database: DatabaseAddress, secrets: readonly string[]): Promise<RenewedGrants> {
  return withDatabase(database, 'roomtone secrets', async (client) => {
    const { rows } = await client.query<GrantRow>(
      `SELECT "sessionId", "sealedAccess", "sealedRefresh" FROM "SpotifyToken"
       WHERE "sealedAccess" IS NOT NULL AND "sealedRefresh" IS NOT NULL`,
    );
    let [renewed, current, lost] = [0, 0, 0];
    for (const { sessionId, sealedAccess, sealedRefresh } of rows) {
      const access = renewEncryption(sessionId, 'access', sealedAccess, secrets);
      const refresh = renewEncryption(sessionId, 'refresh', sealedRefresh, secrets);
      if (access === null || refresh === null) lost += 1;
      else if (access === sealedAccess && refresh === sealedRefresh) current += 1;
      else {
        await client.query(
          `UPDATE "SpotifyToken" SET "sealedAccess" = $4, "sealedRefresh" = $5
           WHERE "sessionId" = $1 AND "sealedAccess" = $2 AND "sealedRefresh" = $3`,
          [sessionId, sealedAccess, sealedRefresh, access, refresh],
        );
        renewed += 1;
      }
    }
    return { renewed, current, lost };
  });
}
