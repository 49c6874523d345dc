import 'server-only';
import { type Db, getDb } from './connection/client';

/** Minutes after its end at which nothing of a demo is kept any more: long enough for open pages to hear of it. */
const keptMinutes = 10;

/** Held while demos are counted and one is made, so that no two are the last one. */
const demoLock = 7_266_868_374n;

/** How many demos there are; none is made elsewhere until the transaction ends (DM3). */
export async function countDemos(tx: Db): Promise<number> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${demoLock}::bigint)`;
  const rows = await tx.$queryRaw<{ demos: number }[]>`
    SELECT count(*)::int AS "demos" FROM "Room" WHERE "demoEndsAt" > now() AND "endedAt" IS NULL`;
  return rows[0]?.demos ?? 0;
}

/** Makes a room a demo, which ends after so many minutes, with these members as its scripted guests: they count as there from the start. */
export async function insertDemo(
  tx: Db,
  demo: {
    readonly roomId: string;
    readonly guestIds: readonly string[];
    readonly minutes: number;
    readonly dueSeconds: number;
  },
): Promise<void> {
  const { roomId, guestIds, minutes, dueSeconds } = demo;
  await tx.$executeRaw`
    UPDATE "Room" SET "demoEndsAt" = now() + make_interval(mins => ${minutes}) WHERE "id" = ${roomId}::uuid`;
  await tx.$executeRaw`
    UPDATE "Member" SET "streamFrom" = 'epoch', "streamUntil" = now() WHERE "id" = ANY(${[...guestIds]}::uuid[])`;
  await tx.$executeRaw`
    INSERT INTO "Demo" ("roomId", "guestIds", "dueAt")
    VALUES (${roomId}::uuid, ${[...guestIds]}::uuid[], now() + make_interval(secs => ${dueSeconds}))`;
}

/** Where a demo's script is. */
export interface DemoRow {
  readonly step: number;
  /** Whether the next act is due. */
  readonly due: boolean;
  /** Whether its hour is over. */
  readonly over: boolean;
  readonly guestIds: readonly string[];
}

/** The script of a demo whose room has not ended; null for every other room. */
export async function findDemo(roomId: string): Promise<DemoRow | null> {
  const rows = await getDb().$queryRaw<DemoRow[]>`
    SELECT d."step", d."guestIds", d."dueAt" <= now() AS "due", r."demoEndsAt" <= now() AS "over"
    FROM "Demo" d JOIN "Room" r ON r."id" = d."roomId" WHERE d."roomId" = ${roomId}::uuid AND r."endedAt" IS NULL`;
  return rows[0] ?? null;
}

/**
 * Takes an act of a demo, so that nobody else plays it.
 *
 * @param nextSeconds when the next one is due, from now
 * @returns false when another instance was faster
 */
export async function takeAct(roomId: string, step: number, nextSeconds: number): Promise<boolean> {
  const taken = await getDb().$executeRaw`
    UPDATE "Demo" SET "step" = "step" + 1, "dueAt" = now() + make_interval(secs => ${nextSeconds})
    WHERE "roomId" = ${roomId}::uuid AND "step" = ${step}`;
  return taken === 1;
}

/** Leaves out the act that follows one that was taken, and lets the one after it be due then. */
export async function leaveOutAct(roomId: string, step: number): Promise<void> {
  await getDb().$executeRaw`
    UPDATE "Demo" SET "step" = "step" + 1 WHERE "roomId" = ${roomId}::uuid AND "step" = ${step}`;
}

/** The demo that a session hosts, which is also the name of the stand-in's world it plays in; null for none. */
export async function findHostedDemo(sessionId: string): Promise<string | null> {
  const where = { hostSessionId: sessionId, endedAt: null, demoEndsAt: { gt: new Date() } };
  return (await getDb().room.findFirst({ where, select: { id: true } }))?.id ?? null;
}

/** Deletes demos that are over, their scripted guests and their worlds (DM3). Safe to run twice, at once, or half. */
export async function purgeDemos(): Promise<void> {
  const db = getDb();
  await db.$executeRaw`
    DELETE FROM "Session" WHERE "id" IN (
      SELECT m."sessionId" FROM "Demo" d JOIN "Room" r ON r."id" = d."roomId" JOIN "Member" m ON m."id" = ANY(d."guestIds")
      WHERE r."endedAt" < now() - make_interval(mins => ${keptMinutes}))`;
  await db.$executeRaw`
    DELETE FROM "Room" WHERE "demoEndsAt" IS NOT NULL AND "endedAt" < now() - make_interval(mins => ${keptMinutes})`;
  // Of a world that is called by a room that is not there any more; the site's own is called otherwise.
  await db.$executeRaw`
    DELETE FROM "SimulatedSpotify" w
    WHERE w."world" ~ '^[0-9a-f-]{36}$' AND w."changedAt" < now() - make_interval(mins => ${keptMinutes})
      AND NOT EXISTS (SELECT 1 FROM "Room" r WHERE r."id"::text = w."world" AND r."endedAt" IS NULL)`;
}
