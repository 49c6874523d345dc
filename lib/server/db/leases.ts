import 'server-only';
import { type Db, getDb } from './connection/client';

/**
 * Takes or renews a room's watch lease. The fence grows when the lease changes hands (RL-05). Who has a stream of the room open takes it from
 * one that has none (WT8).
 *
 * @param attended whether this holder has such a stream
 * @returns the fence while this holder has the lease, null while another has it
 */
export async function takeLease(
  roomId: string,
  holder: string,
  attended: boolean,
  leaseMs: number,
): Promise<number | null> {
  const seconds = leaseMs / 1_000;
  const rows = await getDb().$queryRaw<{ fence: number }[]>`
    INSERT INTO "WatchLease" ("roomId", "holder", "attended", "expiresAt")
    VALUES (${roomId}::uuid, ${holder}, ${attended}, clock_timestamp() + make_interval(secs => ${seconds}))
    ON CONFLICT ("roomId") DO UPDATE SET
      "fence" = "WatchLease"."fence" + CASE WHEN "WatchLease"."holder" = EXCLUDED."holder" THEN 0 ELSE 1 END,
      "holder" = EXCLUDED."holder", "attended" = EXCLUDED."attended", "expiresAt" = EXCLUDED."expiresAt"
    WHERE "WatchLease"."holder" = EXCLUDED."holder" OR "WatchLease"."expiresAt" < clock_timestamp()
      OR (EXCLUDED."attended" AND NOT "WatchLease"."attended")
    RETURNING "fence"`;
  return rows[0]?.fence ?? null;
}

/** True while that holder's lease lives, checked inside the transaction that writes (WT2). */
export async function holdsLease(db: Db, roomId: string, holder: string, fence: number): Promise<boolean> {
  const rows = await db.$queryRaw<unknown[]>`
    SELECT 1 FROM "WatchLease" WHERE "roomId" = ${roomId}::uuid AND "holder" = ${holder} AND "fence" = ${fence}
      AND "expiresAt" > clock_timestamp() FOR SHARE`;
  return rows.length > 0;
}

/** Gives a lease back, so that another instance need not wait for its end. The fence stays. */
export async function releaseLease(roomId: string, holder: string): Promise<void> {
  await getDb().$executeRaw`
    UPDATE "WatchLease" SET "expiresAt" = clock_timestamp() WHERE "roomId" = ${roomId}::uuid AND "holder" = ${holder}`;
}

/** The ids of live rooms with waiting songs and Spotify that nobody watches (FD10); no demos, which stand still while nobody looks (DM4). */
export async function findOrphanedRooms(db: Db, limit: number): Promise<readonly string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT r."id" FROM "Room" r JOIN "SpotifyToken" t ON t."sessionId" = r."hostSessionId" AND t."sealedRefresh" IS NOT NULL
    LEFT JOIN "WatchLease" l ON l."roomId" = r."id"
    WHERE r."endedAt" IS NULL AND r."demoEndsAt" IS NULL AND (l."expiresAt" IS NULL OR l."expiresAt" < clock_timestamp())
      AND r."lastActiveAt" > now() - interval '24 hours'
      AND EXISTS (SELECT 1 FROM "QueueItem" q WHERE q."roomId" = r."id" AND q."state" IN ('queued', 'next'))
    ORDER BY r."lastActiveAt" DESC LIMIT ${limit}`;
  return rows.map(({ id }) => id);
}

/** How long others wait for one who goes first and has asked, in seconds: it asks again several times meanwhile. */
const firstSeconds = 1;

/**
 * Takes the lock to command a room's player: one command at a time over all instances (CM1). While one waits that goes first, no other takes it
 * (CM5).
 */
export async function takeCommandLock(roomId: string, holder: string, lockMs: number, first = false): Promise<boolean> {
  const taken = await getDb().$executeRaw`
    INSERT INTO "CommandTurn" ("roomId", "holder", "expiresAt")
    VALUES (${roomId}::uuid, ${holder}, clock_timestamp() + make_interval(secs => ${lockMs / 1_000}))
    ON CONFLICT ("roomId") DO UPDATE SET "holder" = EXCLUDED."holder", "expiresAt" = EXCLUDED."expiresAt", "firstUntil" = NULL
    WHERE "CommandTurn"."expiresAt" < clock_timestamp()
      AND (${first} OR "CommandTurn"."firstUntil" IS NULL OR "CommandTurn"."firstUntil" < clock_timestamp())`;
  if (taken === 0 && first) {
    await getDb().$executeRaw`
      UPDATE "CommandTurn" SET "firstUntil" = clock_timestamp() + make_interval(secs => ${firstSeconds}) WHERE "roomId" = ${roomId}::uuid`;
  }
  return taken === 1;
}

/** Keeps a lock that this holder has: its command is still on its way. */
export async function renewCommandLock(roomId: string, holder: string, lockMs: number): Promise<void> {
  await getDb().$executeRaw`
    UPDATE "CommandTurn" SET "expiresAt" = clock_timestamp() + make_interval(secs => ${lockMs / 1_000})
    WHERE "roomId" = ${roomId}::uuid AND "holder" = ${holder} AND "expiresAt" > clock_timestamp()`;
}

export async function releaseCommandLock(roomId: string, holder: string): Promise<void> {
  await getDb().$executeRaw`
    UPDATE "CommandTurn" SET "expiresAt" = '-infinity' WHERE "roomId" = ${roomId}::uuid AND "holder" = ${holder}`;
}
