import 'server-only';
import type { Db } from './connection/client';
import { queryPrepared } from './connection/prepared';
import { endScreen } from './screens';

export interface SessionRow {
  readonly id: string;
  readonly lastSeenAt: Date;
}

/** Sessions end 30 days after they were last seen and 200 days after they were opened: longer than a Spotify grant lives. */
export const sessionIdleDays = 30;
export const sessionDays = 200;

const dayMs = 86_400_000;

export function insertSession(db: Db, tokenHash: Uint8Array<ArrayBuffer>, now: Date): Promise<SessionRow> {
  return db.session.create({
    data: { tokenHash, createdAt: now, lastSeenAt: now, expiresAt: new Date(now.getTime() + sessionDays * dayMs) },
    select: { id: true, lastSeenAt: true },
  });
}

/** The condition under which a session lives; `idleDays` names the parameter with {@link sessionIdleDays}. */
export function sessionLives(table: string, idleDays: string): string {
  return `${table}."expiresAt" > now() AND ${table}."lastSeenAt" > now() - make_interval(days => ${idleDays})`;
}

/** The living session with that cookie, or null. Idle and absolute limits are checked here, never in the cookie. */
export async function findSession(tokenHash: Uint8Array): Promise<SessionRow | null> {
  const rows = await queryPrepared<SessionRow>({
    name: 'find-session',
    text: `SELECT s."id", s."lastSeenAt" FROM "Session" s WHERE s."tokenHash" = $1 AND ${sessionLives('s', '$2')}`,
    values: [Buffer.from(tokenHash), sessionIdleDays],
  });
  return rows[0] ?? null;
}

/** Gives the session another cookie id: the old cookie is a stranger from here on. */
export async function replaceSessionToken(db: Db, id: string, tokenHash: Uint8Array<ArrayBuffer>): Promise<void> {
  await db.session.update({ where: { id }, data: { tokenHash, lastSeenAt: new Date() } });
}

export async function touchSession(id: string): Promise<void> {
  await queryPrepared({
    name: 'touch-session',
    text: `UPDATE "Session" SET "lastSeenAt" = now() WHERE "id" = $1`,
    values: [id],
  });
}

/** Keeps why Spotify let the account of a login not use the app, for the page that the browser comes back to. */
export async function setLoginRefusal(id: string, refusal: string): Promise<void> {
  await queryPrepared({
    name: 'set-login-refusal',
    text: `UPDATE "Session" SET "loginRefusal" = $2 WHERE "id" = $1`,
    values: [id, refusal],
  });
}

/** The last one of the session with that cookie; null where there was none. */
export async function findLoginRefusal(tokenHash: Uint8Array): Promise<string | null> {
  const rows = await queryPrepared<{ readonly loginRefusal: string | null }>({
    name: 'find-login-refusal',
    text: `SELECT "loginRefusal" FROM "Session" WHERE "tokenHash" = $1`,
    values: [Buffer.from(tokenHash)],
  });
  return rows[0]?.loginRefusal ?? null;
}

/**
 * Holds the session until the transaction ends, so that it cannot enter two rooms at once.
 *
 * @returns whether it still lives: it may have been logged out while it was waited for
 */
export async function lockSession(db: Db, id: string): Promise<boolean> {
  const rows = await db.$queryRaw<{ lives: boolean }[]>`
    SELECT "expiresAt" > clock_timestamp() AS "lives" FROM "Session" WHERE "id" = ${id}::uuid FOR NO KEY UPDATE`;
  return rows[0]?.lives === true;
}

/**
 * Ends a session: its cookie names nobody any more, its logins are gone (LG10), and it is no screen. The row stays as long as the
 * rooms in which it was: the songs of somebody who left go on waiting (QU7), and an ended room is remembered (RO4).
 */
export async function endSession(db: Db, id: string): Promise<void> {
  await db.$executeRaw`UPDATE "Session" SET "expiresAt" = 'epoch', "spotifyClientId" = NULL WHERE "id" = ${id}::uuid`;
  await db.loginAttempt.deleteMany({ where: { sessionId: id } });
  await db.spotifyToken.deleteMany({ where: { sessionId: id } });
  await endScreen(db, id);
}

/** The other sessions with a session's Spotify account, those of the same world of the stand-in alone; null when it has no account. */
export async function findSessionsOfSameAccount(db: Db, id: string): Promise<readonly string[] | null> {
  const own = await db.spotifyToken.findUnique({ where: { sessionId: id }, select: { accountId: true, world: true } });
  if (own === null) return null;
  const where = { ...own, sessionId: { not: id } };
  return (await db.spotifyToken.findMany({ where, select: { sessionId: true } })).map(({ sessionId }) => sessionId);
}
