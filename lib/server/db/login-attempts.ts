import 'server-only';
import { type Db, inTransaction } from './connection/client';

export interface LoginAttemptRow {
  readonly sessionId: string;
  readonly sealedVerifier: string;
  readonly returnTo: string;
  /** The world of the stand-in that it went to; null for Spotify. */
  readonly world: string | null;
}

/** Open attempts a session may have; one more replaces the oldest (LG1). */
const openAttempts = 5;

/** Seconds an attempt lives (LG1). */
const attemptSeconds = 600;

/** Remembers a login that is about to leave for Spotify. */
export function insertLoginAttempt(stateHash: Uint8Array<ArrayBuffer>, attempt: LoginAttemptRow): Promise<void> {
  return inTransaction(async (tx) => {
    await tx.$executeRaw`
      INSERT INTO "LoginAttempt" ("stateHash", "sessionId", "sealedVerifier", "returnTo", "world", "createdAt", "expiresAt")
      VALUES (${stateHash}, ${attempt.sessionId}::uuid, ${attempt.sealedVerifier}, ${attempt.returnTo}, ${attempt.world}, clock_timestamp(),
              clock_timestamp() + make_interval(secs => ${attemptSeconds}))`;
    await tx.$executeRaw`
      DELETE FROM "LoginAttempt" WHERE "stateHash" IN (
        SELECT "stateHash" FROM "LoginAttempt" WHERE "sessionId" = ${attempt.sessionId}::uuid
        ORDER BY "createdAt" DESC, "stateHash" OFFSET ${openAttempts})`;
  });
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
    RETURNING "sessionId", "sealedVerifier", "returnTo", "world", "expiresAt" > now() AS "alive"`;
  const row = rows[0];
  return row?.alive === true ? row : null;
}
