import 'server-only';
import { getDb } from './connection/client';

/** A stored login, as far as its encryption goes. */
export interface EncryptedGrant {
  readonly sessionId: string;
  readonly sealedAccess: string;
  readonly sealedRefresh: string;
}

/**
 * Logins that were encrypted under one of these keys, in the order of their sessions.
 *
 * @param world those of Spotify for null, else those of that world of the stand-in
 * @param after the last session that was seen; null to begin
 */
export function findGrantsUnderKeys(
  keys: readonly string[],
  world: string | null,
  after: string | null,
  limit: number,
): Promise<readonly EncryptedGrant[]> {
  return getDb().$queryRaw<EncryptedGrant[]>`
    SELECT "sessionId", "sealedAccess", "sealedRefresh" FROM "SpotifyToken"
    WHERE split_part("sealedRefresh", '.', 2) = ANY(${keys}) AND "sealedAccess" IS NOT NULL
      AND "world" IS NOT DISTINCT FROM ${world} AND (${after}::uuid IS NULL OR "sessionId" > ${after}::uuid)
    ORDER BY "sessionId" LIMIT ${limit}`;
}

/** How many logins are encrypted under one of these keys, and how many under none of them. */
export async function countGrantKeys(
  older: readonly string[],
  current: string,
  world: string | null,
): Promise<{ readonly left: number; readonly unreadable: number }> {
  const rows = await getDb().$queryRaw<{ left: number; unreadable: number }[]>`
    SELECT (count(*) FILTER (WHERE "key" = ANY(${older})))::int AS "left",
           (count(*) FILTER (WHERE "key" <> ${current} AND "key" <> ALL(${older})))::int AS "unreadable"
    FROM (SELECT split_part("sealedRefresh", '.', 2) AS "key" FROM "SpotifyToken"
          WHERE "sealedRefresh" IS NOT NULL AND "world" IS NOT DISTINCT FROM ${world}) AS "grant"`;
  return rows[0] ?? { left: 0, unreadable: 0 };
}

/**
 * Stores the same tokens under another key. A refresh that is under way is not disturbed: the version stays, and what it stores follows.
 *
 * @returns false, and nothing is written, when other tokens have been stored since they were read
 */
export async function replaceEncryption(
  { sessionId, sealedAccess, sealedRefresh }: EncryptedGrant,
  renewed: Omit<EncryptedGrant, 'sessionId'>,
): Promise<boolean> {
  const replaced = await getDb().$executeRaw`
    UPDATE "SpotifyToken" SET "sealedAccess" = ${renewed.sealedAccess}, "sealedRefresh" = ${renewed.sealedRefresh}
    WHERE "sessionId" = ${sessionId}::uuid AND "sealedAccess" = ${sealedAccess} AND "sealedRefresh" = ${sealedRefresh}`;
  return replaced === 1;
}
