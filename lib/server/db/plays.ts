import 'server-only';
import type { Track } from '@/lib/shared/contract/snapshot';
import { type Db, getDb } from './connection/client';

/** Ends the play that is on and begins another one; the votes of the old one are over. */
export async function startPlay(db: Db, roomId: string, track: Track): Promise<string> {
  await db.$executeRaw`
    UPDATE "Play" SET "endedAt" = now() WHERE "roomId" = ${roomId}::uuid AND "endedAt" IS NULL`;
  const shown = { ...track, artists: [...track.artists] };
  const play = await db.play.create({ data: { roomId, trackUri: track.uri, track: shown }, select: { id: true } });
  await db.room.update({ where: { id: roomId }, data: { playId: play.id } });
  return play.id;
}

export interface PlayRow {
  readonly id: string;
  readonly trackUri: string;
  readonly skipState: string | null;
  readonly byVote: boolean;
}

/** A play of this room, past or present; null when there is none. */
export function findPlay(db: Db, roomId: string, playId: string): Promise<PlayRow | null> {
  return db.play.findFirst({
    where: { id: playId, roomId },
    select: { id: true, trackUri: true, skipState: true, byVote: true },
  });
}

/** Marks a play as one that nobody wants: it is skipped as soon as it can be (FD7). */
export async function markUnwanted(db: Db, playId: string): Promise<void> {
  await db.play.update({ where: { id: playId }, data: { unwanted: true } });
}

/**
 * Claims the skip of a play, unless somebody has (SV7): of all who try, over all instances, one gets true.
 *
 * @param holder names the attempt, so that only it can conclude it
 */
export async function claimPlay(db: Db, playId: string, holder: string, byVote: boolean): Promise<boolean> {
  const claimed = await db.$executeRaw`
    UPDATE "Play" SET "skipState" = 'calling', "skipHolder" = ${holder}, "skipAt" = clock_timestamp(), "byVote" = ${byVote}
    WHERE "id" = ${playId}::uuid AND "skipState" IS NULL`;
  return claimed === 1;
}

/** Spotify accepted the skip. */
export async function confirmSkip(playId: string, holder: string): Promise<void> {
  await getDb().$executeRaw`
    UPDATE "Play" SET "skipState" = 'done', "skipAt" = clock_timestamp()
    WHERE "id" = ${playId}::uuid AND "skipHolder" = ${holder} AND "skipState" = 'calling'`;
}

/** The skip did not happen: it is free to be tried again, and the votes stay (SV8). */
export async function releaseSkip(db: Db, playId: string, holder: string): Promise<void> {
  await db.$executeRaw`
    UPDATE "Play" SET "skipState" = NULL, "skipHolder" = NULL, "skipAt" = NULL, "byVote" = false
    WHERE "id" = ${playId}::uuid AND "skipHolder" = ${holder}`;
}

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

/** A song that began in a room. */
export interface PlayedRow {
  readonly id: string;
  readonly track: Track;
  /** Who added it, with the name; null for a song that nobody in the room added. */
  readonly memberId: string | null;
  readonly memberName: string | null;
  readonly begunAt: Date;
  readonly skipped: boolean;
}

/**
 * What began in a room within the last 24 hours, the newest first (QU12): everything that was seen playing but what nobody wanted any more,
 * and songs of the queue that passed without having been seen. What was on already and that nobody asked for again is not listed twice: a
 * song on repeat, and one that stands at its start because nothing follows.
 */
export function findPlayed(roomId: string, most: number): Promise<readonly PlayedRow[]> {
  return getDb().$queryRaw<PlayedRow[]>`
    WITH seen AS (
      SELECT p."id", p."track", q."memberId", p."startedAt" AS "begunAt", p."trackUri" AS "uri",
             lag(p."trackUri") OVER (ORDER BY p."startedAt", p."id") AS "uriBefore",
             coalesce(q."state" = 'skipped' OR p."skipState" = 'done', false) AS "skipped"
      FROM "Play" p LEFT JOIN "QueueItem" q ON q."playId" = p."id"
      WHERE p."roomId" = ${roomId}::uuid AND p."track" IS NOT NULL AND NOT p."unwanted"),
    played AS (
      SELECT "id", "track", "memberId", "begunAt", "skipped" FROM seen
      WHERE "memberId" IS NOT NULL OR "uri" IS DISTINCT FROM "uriBefore"
      UNION ALL
      SELECT "id", "track", "memberId", "begunAt", "state" = 'skipped' FROM "QueueItem"
      WHERE "roomId" = ${roomId}::uuid AND "playId" IS NULL AND "state" IN ('played', 'skipped') AND "begunAt" IS NOT NULL)
    SELECT played.*, m."name" AS "memberName" FROM played LEFT JOIN "Member" m ON m."id" = played."memberId"
    WHERE played."begunAt" > now() - interval '24 hours'
    ORDER BY played."begunAt" DESC, played."id" LIMIT ${most}`;
}
