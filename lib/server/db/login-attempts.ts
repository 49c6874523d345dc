import 'server-only';
import type { SpotifyApp } from './spotify-app';
import { type Db, getDb, inTransaction } from './connection/client';

export interface LoginAttemptRow extends SpotifyApp {
  readonly sessionId: string;
  readonly sealedVerifier: string;
  readonly returnTo: string;
}

/** Open attempts a session may have; one more replaces the oldest (LG1). */
const openAttempts = 5;

/** Seconds an attempt lives (LG1). */
const attemptSeconds = 600;

/** Remembers a login that is about to leave for Spotify. */
export function insertLoginAttempt(stateHash: Uint8Array<ArrayBuffer>, attempt: LoginAttemptRow): Promise<void> {
  return inTransaction(async (tx) => {
    await tx.$executeRaw`
      INSERT INTO "LoginAttempt" ("stateHash", "sessionId", "sealedVerifier", "returnTo", "world", "clientId", "createdAt", "expiresAt")
      VALUES (${stateHash}, ${attempt.sessionId}::uuid, ${attempt.sealedVerifier}, ${attempt.returnTo}, ${attempt.world},
              ${attempt.clientId}, clock_timestamp(),
              clock_timestamp() + make_interval(secs => ${attemptSeconds}))`;
    await tx.$executeRaw`
      DELETE FROM "LoginAttempt" WHERE "stateHash" IN (
        SELECT "stateHash" FROM "LoginAttempt" WHERE "sessionId" = ${attempt.sessionId}::uuid
        ORDER BY "createdAt" DESC, "stateHash" OFFSET ${openAttempts})`;
  });
}

/** Whether a login of this session went to Spotify and has not come back. */
export async function hasOpenLogin(sessionId: string): Promise<boolean> {
  const open = await getDb().loginAttempt.findFirst({
    where: { sessionId, expiresAt: { gt: new Date() } },
    select: { sessionId: true },
  });
  return open !== null;
}

/**
 * Takes the attempt out of the database, whoever asks: of two callbacks with the same state one gets it. Null when it is
 * unknown, another session's, used or older than its 10 minutes.
 */
export async function takeLoginAttempt(
  db: Db,
  stateHash: Uint8Array<ArrayBuffer>,
  sessionId: string,
): Promise<LoginAttemptRow | null> {
  const rows = await db.$queryRaw<(LoginAttemptRow & { alive: boolean })[]>`
    DELETE FROM "LoginAttempt" WHERE "stateHash" = ${stateHash} AND "sessionId" = ${sessionId}::uuid
    RETURNING "sessionId", "sealedVerifier", "returnTo", "world", "clientId", "expiresAt" > now() AS "alive"`;
  const row = rows[0];
  return row?.alive === true ? row : null;
}
