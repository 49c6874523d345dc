import 'server-only';
import type { Db } from './connection/client';

/** How a song that was on ended: it played, or it was left before its end, which is no turn (OR3). */
export type SongEnd = 'played' | 'skipped';

/** What beginning means for turns (OR3): the round it takes of its member, and the round that is on from here. */
export interface BegunTurn {
  /** Null where votes decide. */
  readonly turn: number | null;
  readonly round: number;
}

/** Ends the song of the queue that was on, if one was. */
export async function endPlayingSong(db: Db, roomId: string, how: SongEnd): Promise<void> {
  await db.$executeRaw`
    UPDATE "QueueItem" q SET "endedAt" = clock_timestamp(), "state" = CASE
        WHEN EXISTS (SELECT 1 FROM "Play" p WHERE p."id" = q."playId" AND p."skipState" IS NOT NULL) THEN 'skipped' ELSE ${how} END
    WHERE "roomId" = ${roomId}::uuid AND "state" = 'playing'`;
}

/** A song of the queue was seen playing (FD3). */
export async function beginSong(
  db: Db,
  roomId: string,
  itemId: string,
  playId: string,
  begun: BegunTurn,
): Promise<void> {
  await db.$executeRaw`
    UPDATE "QueueItem" SET "state" = 'playing', "begunAt" = clock_timestamp(), "playId" = ${playId}::uuid, "turn" = ${begun.turn}::int
    WHERE "id" = ${itemId}::uuid`;
  await countBegun(db, roomId, begun.round);
}

/** A song passed that nobody saw playing (FD5). */
export async function passSong(db: Db, roomId: string, itemId: string, how: SongEnd, begun: BegunTurn): Promise<void> {
  await db.$executeRaw`
    UPDATE "QueueItem" SET "state" = ${how}, "begunAt" = clock_timestamp(), "endedAt" = clock_timestamp(), "turn" = ${begun.turn}::int
    WHERE "id" = ${itemId}::uuid`;
  await countBegun(db, roomId, begun.round);
}

async function countBegun(db: Db, roomId: string, round: number): Promise<void> {
  await db.$executeRaw`
    UPDATE "Room" SET "queueBegun" = "queueBegun" + 1, "queueRound" = ${round}::int WHERE "id" = ${roomId}::uuid`;
}

/** Marks a play as one that nobody wants: it is skipped as soon as it can be (FD7). */
export async function markUnwanted(db: Db, playId: string): Promise<void> {
  await db.play.update({ where: { id: playId }, data: { unwanted: true } });
}

/** Counts a song of the host's playlist that began, so that it goes on after it (FD6). */
export async function countFallbackSong(db: Db, roomId: string, contextUri: string): Promise<void> {
  await db.$executeRaw`
    UPDATE "Room" SET "fallbackPlayed" = "fallbackPlayed" + 1 WHERE "id" = ${roomId}::uuid AND "fallbackUri" = ${contextUri}`;
}

/** From the beginning of the host's playlist again. */
export async function rewindFallback(db: Db, roomId: string): Promise<void> {
  await db.room.update({ where: { id: roomId }, data: { fallbackPlayed: 0 } });
}

/** The ids of live rooms with waiting songs and Spotify that nobody watches (FD10). */
export async function findOrphanedRooms(db: Db, limit: number): Promise<readonly string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT r."id" FROM "Room" r JOIN "SpotifyToken" t ON t."sessionId" = r."hostSessionId" AND t."sealedRefresh" IS NOT NULL
    LEFT JOIN "WatchLease" l ON l."roomId" = r."id"
    WHERE r."endedAt" IS NULL AND (l."expiresAt" IS NULL OR l."expiresAt" < clock_timestamp())
      AND r."lastActiveAt" > now() - interval '24 hours'
      AND EXISTS (SELECT 1 FROM "QueueItem" q WHERE q."roomId" = r."id" AND q."state" IN ('queued', 'next'))
    ORDER BY r."lastActiveAt" DESC LIMIT ${limit}`;
  return rows.map(({ id }) => id);
}
