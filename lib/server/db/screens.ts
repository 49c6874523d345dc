import 'server-only';
import type { Db } from './connection/client';
import { queryPrepared } from './connection/prepared';
import { presentSeconds } from './presence';
import { bumpRoom } from './room-versions';
import { roomHasEnded, roomIdleHours } from './rooms';

/** How long a code can be typed in a room, in ms (SN2). */
const codeMs = 600_000;

/** How many screens a room may have (SN3). */
export const mostScreens = 10;

/** A screen as it knows itself. */
export interface ScreenRow {
  readonly id: string;
  /** Null once it was used. */
  readonly code: string | null;
  readonly expiresAt: Date | null;
  /** The code can be used no more, and nobody has used it. */
  readonly expired: boolean;
  /** The live room that it shows. */
  readonly room: { readonly code: string; readonly name: string } | null;
  readonly secondsUnseen: number;
}

/** The screen that a session is, or null. */
export async function findScreen(db: Db, sessionId: string): Promise<ScreenRow | null> {
  const rows = await db.$queryRawUnsafe<ScreenRow[]>(
    `SELECT c."id", c."code", c."expiresAt", coalesce(c."expiresAt" <= now(), false) AS "expired",
            extract(epoch FROM now() - c."lastSeenAt")::float8 AS "secondsUnseen",
            CASE WHEN r."id" IS NOT NULL THEN json_build_object('code', r."code", 'name', r."name") END AS "room"
     FROM "Screen" c LEFT JOIN "Room" r ON r."id" = c."roomId" AND NOT ${roomHasEnded('r', '$2::int')}
     WHERE c."sessionId" = $1::uuid`,
    sessionId,
    roomIdleHours,
  );
  return rows[0] ?? null;
}

/** Makes a session, which is held, a screen with that code that shows nothing yet. @returns until when the code can be used */
export async function saveScreenCode(db: Db, sessionId: string, code: string): Promise<Date> {
  const expiresAt = new Date(Date.now() + codeMs);
  const fresh = { code, expiresAt, roomId: null, pairedAt: null, lastSeenAt: new Date() };
  await db.screen.upsert({ where: { sessionId }, create: { sessionId, ...fresh }, update: fresh });
  return expiresAt;
}

/** Which of these codes a screen has, or had a while ago. */
export async function findTakenScreenCodes(db: Db, codes: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await db.screen.findMany({ where: { code: { in: [...codes] } }, select: { code: true } });
  return new Set(rows.flatMap(({ code }) => code ?? []));
}

/** The screen that shows that code now, or null. */
export function findScreenByCode(
  db: Db,
  code: string,
): Promise<{ readonly id: string; readonly sessionId: string } | null> {
  return db.screen.findFirst({
    where: { code, expiresAt: { gt: new Date() } },
    select: { id: true, sessionId: true },
  });
}

/** A screen as its room knows it. */
export interface RoomScreenRow {
  readonly id: string;
  readonly pairedAt: Date;
  readonly present: boolean;
}

/** The screen shows that room from here on, and its code is used. */
export async function pairScreen(db: Db, id: string, roomId: string): Promise<Date> {
  const pairedAt = new Date();
  await db.screen.update({ where: { id }, data: { code: null, expiresAt: null, roomId, pairedAt } });
  return pairedAt;
}

/** The screens of a room, those that were paired first before the others. */
export function findScreensOf(db: Db, roomId: string): Promise<readonly RoomScreenRow[]> {
  return db.$queryRaw<RoomScreenRow[]>`
    SELECT "id", "pairedAt", "lastSeenAt" > now() - make_interval(secs => ${presentSeconds}) AS "present"
    FROM "Screen" WHERE "roomId" = ${roomId}::uuid ORDER BY "pairedAt", "id"`;
}

export function countScreensOf(db: Db, roomId: string): Promise<number> {
  return db.screen.count({ where: { roomId } });
}

/** The screen shows that room no more. @returns whether it did */
export async function unpairScreen(db: Db, roomId: string, id: string): Promise<boolean> {
  return (await db.screen.updateMany({ where: { id, roomId }, data: { roomId: null, pairedAt: null } })).count > 0;
}

/** The rooms that these sessions are screens of. */
export async function findShownRooms(db: Db, sessionIds: readonly string[]): Promise<readonly string[]> {
  const rows = await db.screen.findMany({ where: { sessionId: { in: [...sessionIds] } }, select: { roomId: true } });
  return rows.flatMap(({ roomId }) => roomId ?? []);
}

/** A session is no screen any more, and its streams hear it. The room that it shows is held (`findShownRooms`). */
export async function endScreen(db: Db, sessionId: string): Promise<void> {
  const rows = await db.$queryRaw<{ roomId: string | null }[]>`
    DELETE FROM "Screen" WHERE "sessionId" = ${sessionId}::uuid RETURNING "roomId"`;
  for (const { roomId } of rows) if (roomId !== null) await bumpRoom(db, roomId, 'people');
}

/** A paired screen as its stream needs it. */
export interface PairedScreen {
  readonly id: string;
  readonly roomId: string | null;
  /** The hash of the cookie that names the screen's session now, in hexadecimal. */
  readonly cookieHash: string;
}

/** Notes that these screens are on. */
export async function noteScreensSeen(ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await queryPrepared({
    name: 'note-screens-seen',
    text: `
      WITH seen AS (UPDATE "Screen" SET "lastSeenAt" = now() WHERE "id" = ANY($1::uuid[]) RETURNING "sessionId")
      UPDATE "Session" SET "lastSeenAt" = now() WHERE "id" IN (SELECT "sessionId" FROM seen)`,
    values: [ids],
  });
}

/** These screens as they are now; one that is gone is not among them. */
export async function findScreensById(ids: readonly string[]): Promise<readonly PairedScreen[]> {
  return queryPrepared<PairedScreen>({
    name: 'screens-by-id',
    text: `SELECT c."id", c."roomId", encode(s."tokenHash", 'hex') AS "cookieHash"
           FROM "Screen" c JOIN "Session" s ON s."id" = c."sessionId" WHERE c."id" = ANY($1::uuid[])`,
    values: [ids],
  });
}
