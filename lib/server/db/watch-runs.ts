import 'server-only';
import { Prisma } from './generated/client';
import { getDb } from './connection/client';

/** How long a run counts as alive after it was asked for, and after each sign of life, in seconds. */
const askedSeconds = 30;
const aliveSeconds = 30;

/** After so long a run asks for no other request (FD11). */
const longestHours = 12;

/** Whether a room goes on, with Spotify and songs that wait; a demo does not while nobody looks (DM4). */
const songsWait = (roomId: string): Prisma.Sql => Prisma.sql`
  EXISTS (SELECT 1 FROM "Room" r JOIN "SpotifyToken" t ON t."sessionId" = r."hostSessionId" AND t."sealedRefresh" IS NOT NULL
    WHERE r."id" = ${roomId}::uuid AND r."endedAt" IS NULL AND r."demoEndsAt" IS NULL
      AND EXISTS (SELECT 1 FROM "QueueItem" q WHERE q."roomId" = r."id" AND q."state" IN ('queued', 'next')))`;

const fromNow = (seconds: number): Prisma.Sql => Prisma.sql`clock_timestamp() + make_interval(secs => ${seconds})`;

async function generationOf(statement: Prisma.Sql): Promise<number | null> {
  const rows = await getDb().$queryRaw<{ generation: number }[]>(statement);
  return rows[0]?.generation ?? null;
}

/**
 * Begins a run where songs wait and none is alive: one of all that ask at once.
 *
 * @returns the generation that a request has to claim; null when there is nothing to begin
 */
export function beginRun(roomId: string): Promise<number | null> {
  return generationOf(Prisma.sql`
    INSERT INTO "WatchRun" AS run ("roomId", "startedAt", "aliveUntil")
    SELECT ${roomId}::uuid, clock_timestamp(), ${fromNow(askedSeconds)} WHERE ${songsWait(roomId)}
    ON CONFLICT ("roomId") DO UPDATE SET
      "generation" = run."generation" + 1, "startedAt" = EXCLUDED."startedAt", "aliveUntil" = EXCLUDED."aliveUntil"
    WHERE run."aliveUntil" < clock_timestamp()
    RETURNING "generation"`);
}

/**
 * Takes what `beginRun` or `passRun` announced; once, whoever sends it again.
 *
 * @returns the generation that goes on, null when that one was claimed or is over
 */
export function claimRun(roomId: string, generation: number): Promise<number | null> {
  return generationOf(Prisma.sql`
    UPDATE "WatchRun" SET "generation" = "generation" + 1, "aliveUntil" = ${fromNow(aliveSeconds)}
    WHERE "roomId" = ${roomId}::uuid AND "generation" = ${generation} RETURNING "generation"`);
}

/** A sign of life. False when the run has to end: another one goes on, or no song waits. */
export async function renewRun(roomId: string, generation: number): Promise<boolean> {
  const rows = await getDb().$queryRaw<{ goesOn: boolean }[]>`
    UPDATE "WatchRun" SET "aliveUntil" = ${fromNow(aliveSeconds)}
    WHERE "roomId" = ${roomId}::uuid AND "generation" = ${generation} RETURNING ${songsWait(roomId)} AS "goesOn"`;
  return rows[0]?.goesOn ?? false;
}

/**
 * Hands a run on to the next request.
 *
 * @returns the generation that it has to claim; null when the run is over: no song waits, another goes on, or it is too old
 */
export function passRun(roomId: string, generation: number): Promise<number | null> {
  return generationOf(Prisma.sql`
    UPDATE "WatchRun" SET "generation" = "generation" + 1, "aliveUntil" = ${fromNow(askedSeconds)}
    WHERE "roomId" = ${roomId}::uuid AND "generation" = ${generation} AND ${songsWait(roomId)}
      AND "startedAt" > clock_timestamp() - make_interval(hours => ${longestHours})
    RETURNING "generation"`);
}

/** Ends a run: another one may begin at once. */
export async function endRun(roomId: string, generation: number): Promise<void> {
  await getDb().$executeRaw`
    UPDATE "WatchRun" SET "aliveUntil" = clock_timestamp() WHERE "roomId" = ${roomId}::uuid AND "generation" = ${generation}`;
}

/** Notes whether the app reaches itself. True when that is news. */
export async function noteRunFailure(roomId: string, failed: boolean): Promise<boolean> {
  const changed = await getDb().$executeRaw`
    UPDATE "WatchRun" SET "failed" = ${failed} WHERE "roomId" = ${roomId}::uuid AND "failed" <> ${failed}`;
  return changed > 0;
}
