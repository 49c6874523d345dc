import 'server-only';
import type { DropReason, Track } from '@/lib/shared/contract/snapshot';
import { deleteBlocks } from './blocks';
import type { Db } from './connection/client';
import { forgetPlaylists } from './playlists';

/** A song that waits. */
export interface SongRow {
  readonly id: string;
  readonly number: number;
  readonly memberId: string;
  readonly memberName: string;
  readonly uri: string;
  readonly songKey: string;
  readonly track: Track;
  readonly state: 'pending' | 'queued' | 'next';
  readonly addedAtMs: number;
  readonly pin: number | null;
  readonly score: number;
  readonly voters: Readonly<Record<string, 1 | -1>>;
}

/** What the order depends on besides the songs, as stored (OR2, OR3). */
export interface OrderContextRow {
  readonly queueOrder: string;
  readonly queueBegun: number;
  readonly queueRound: number;
  readonly takenTurns: Readonly<Record<string, readonly number[]>>;
}

/** Seconds for which a song that left can be put back, and for which a notice about it is shown (QU6, QU8). */
export const droppedSeconds = 600;

/** Selects the waiting songs of the room `$1`, as {@link SongRow}s. */
export const waitingSongs = `
  SELECT q."id", q."number", q."memberId", m."name" AS "memberName", q."uri", q."songKey", q."track", q."state", q."slot" AS "pin",
         (extract(epoch FROM q."addedAt") * 1000)::float8 AS "addedAtMs",
         coalesce(v."score", 0)::int AS "score", coalesce(v."voters", '{}') AS "voters"
  FROM "QueueItem" q JOIN "Member" m ON m."id" = q."memberId"
  LEFT JOIN LATERAL (
    SELECT sum("value") AS "score", json_object_agg("memberId", "value") AS "voters" FROM "QueueVote" WHERE "itemId" = q."id") v ON true
  WHERE q."roomId" = $1::uuid AND q."state" IN ('pending', 'queued', 'next')`;

/** Selects the turns that each member of the room `$1` has had, from the round that is on, as one JSON object (OR3). */
export const takenTurns = `
  SELECT coalesce(json_object_agg(t."memberId", t."turns"), '{}') FROM (
    SELECT q."memberId", json_agg(q."turn") AS "turns" FROM "QueueItem" q JOIN "Room" r ON r."id" = q."roomId"
    WHERE q."roomId" = $1::uuid AND q."state" IN ('playing', 'played') AND q."turn" >= r."queueRound" GROUP BY q."memberId") t`;

/** The waiting songs of a room, in no order. */
export function findWaitingSongs(db: Db, roomId: string): Promise<SongRow[]> {
  return db.$queryRawUnsafe<SongRow[]>(waitingSongs, roomId);
}

/** One waiting song of a room; null when no such song waits. */
export async function findWaitingSong(db: Db, roomId: string, id: string): Promise<SongRow | null> {
  const rows = await db.$queryRawUnsafe<SongRow[]>(`${waitingSongs} AND q."id" = $2::uuid`, roomId, id);
  return rows[0] ?? null;
}

/** What of a waiting song decides whether another one is taken. */
export type WaitingKey = Pick<SongRow, 'memberId' | 'memberName' | 'songKey'>;

/** Whose songs wait in a room, and which: without tracks and votes, which are most of a long queue. */
export function findWaitingKeys(db: Db, roomId: string): Promise<WaitingKey[]> {
  return db.$queryRaw<WaitingKey[]>`
    SELECT q."memberId", m."name" AS "memberName", q."songKey" FROM "QueueItem" q JOIN "Member" m ON m."id" = q."memberId"
    WHERE q."roomId" = ${roomId}::uuid AND q."state" IN ('pending', 'queued', 'next')`;
}

/** What the order of a room's queue depends on besides its songs. */
export async function findOrderContext(db: Db, roomId: string): Promise<OrderContextRow> {
  const rows = await db.$queryRawUnsafe<OrderContextRow[]>(
    `SELECT r."queueOrder", r."queueBegun", r."queueRound", (${takenTurns}) AS "takenTurns" FROM "Room" r WHERE r."id" = $1::uuid`,
    roomId,
  );
  const [row] = rows;
  if (row === undefined) throw new Error('A room that does not exist has no queue.');
  return row;
}

export interface NewSong {
  readonly memberId: string;
  readonly track: Track;
  readonly songKey: string;
  readonly state: 'pending' | 'queued';
}

/** Adds a song. @returns its id */
export async function insertSong(
  db: Db,
  roomId: string,
  { memberId, track, songKey, state }: NewSong,
): Promise<string> {
  const { id } = await db.queueItem.create({
    data: { roomId, memberId, uri: track.uri, songKey, track: { ...track, artists: [...track.artists] }, state },
    select: { id: true },
  });
  return id;
}

/** How long ago, in ms, each of these songs last began in the room; without those that never did. */
export async function findPlayedAgo(
  db: Db,
  roomId: string,
  songKeys: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const rows = await db.$queryRaw<{ songKey: string; agoMs: number }[]>`
    SELECT "songKey", (extract(epoch FROM clock_timestamp() - max("begunAt")) * 1000)::float8 AS "agoMs" FROM "QueueItem"
    WHERE "roomId" = ${roomId}::uuid AND "songKey" = ANY(${[...songKeys]}) AND "begunAt" IS NOT NULL
      AND "state" IN ('playing', 'played') GROUP BY "songKey"`;
  return new Map(rows.map(({ songKey, agoMs }) => [songKey, agoMs]));
}

/** Why a song leaves the queue; `withdrawn` by the member who added it, of which there is no notice. */
export interface Leaving {
  readonly state: 'removed' | 'unplayable';
  readonly reason: DropReason | 'withdrawn';
  /** The member who took it out. */
  readonly by?: string;
  readonly blockId?: string;
}

/** Takes waiting songs out. One that was handed to Spotify is skipped when it begins (FD7). */
export async function removeSongs(db: Db, ids: readonly string[], leaving: Leaving): Promise<number> {
  await db.$executeRaw`UPDATE "HandOver" SET "itemId" = NULL WHERE "itemId" = ANY(${[...ids]}::uuid[])`;
  return db.$executeRaw`
    UPDATE "QueueItem" SET "wasPending" = ("state" = 'pending'), "state" = ${leaving.state}, "reason" = ${leaving.reason}, "endedAt" = clock_timestamp(),
      "removedBy" = ${leaving.by ?? null}::uuid, "blockId" = ${leaving.blockId ?? null}::uuid
    WHERE "id" = ANY(${[...ids]}::uuid[]) AND "state" IN ('pending', 'queued', 'next')`;
}

/** Whether a song left a room's queue as unplayable within the last minute. */
export async function hasUnplayableLately(db: Db, roomId: string): Promise<boolean> {
  const rows = await db.$queryRaw<unknown[]>`
    SELECT 1 FROM "QueueItem" WHERE "roomId" = ${roomId}::uuid AND "state" = 'unplayable' AND "endedAt" > now() - interval '1 minute' LIMIT 1`;
  return rows.length > 0;
}

/** A song that was taken out not long ago. */
export interface RemovedSong {
  readonly id: string;
  readonly memberId: string;
  readonly songKey: string;
  readonly track: Track;
  readonly reason: DropReason | 'withdrawn';
  readonly removedBy: string | null;
}

/** A song that was taken out within the last ten minutes; null when there is none with that id (QU6). */
export async function findRemovedSong(db: Db, roomId: string, id: string): Promise<RemovedSong | null> {
  const rows = await db.$queryRaw<RemovedSong[]>`
    SELECT "id", "memberId", "songKey", "track", "reason", "removedBy" FROM "QueueItem"
    WHERE "id" = ${id}::uuid AND "roomId" = ${roomId}::uuid AND "state" = 'removed'
      AND "endedAt" > now() - make_interval(secs => ${droppedSeconds})`;
  return rows[0] ?? null;
}

/** The songs that a block took out within the last ten minutes, the oldest first. */
export function findBlockedSongs(db: Db, roomId: string, blockId: string): Promise<readonly RemovedSong[]> {
  return db.$queryRaw<RemovedSong[]>`
    SELECT "id", "memberId", "songKey", "track", "reason", "removedBy" FROM "QueueItem"
    WHERE "blockId" = ${blockId}::uuid AND "roomId" = ${roomId}::uuid AND "state" = 'removed'
      AND "endedAt" > now() - make_interval(secs => ${droppedSeconds}) ORDER BY "number"`;
}

/**
 * Puts songs that were taken out back, with their votes and their age.
 *
 * @param asks whether those that waited for approval wait for it again
 */
export async function restoreSongs(db: Db, ids: readonly string[], asks: boolean): Promise<void> {
  await db.$executeRaw`
    UPDATE "QueueItem" SET "state" = CASE WHEN "wasPending" AND ${asks} THEN 'pending' ELSE 'queued' END, "reason" = NULL, "endedAt" = NULL, "removedBy" = NULL, "blockId" = NULL
    WHERE "id" = ANY(${[...ids]}::uuid[]) AND "state" = 'removed'`;
}

/** A member's vote about a song; 0 takes it back (QU5). */
export async function setSongVote(db: Db, itemId: string, memberId: string, value: 1 | -1 | 0): Promise<void> {
  if (value === 0) {
    await db.queueVote.deleteMany({ where: { itemId, memberId } });
    return;
  }
  const key = { itemId, memberId };
  await db.queueVote.upsert({ where: { itemId_memberId: key }, create: { ...key, value }, update: { value } });
}

/** Where the host put songs; null lets the rule decide again (OR4). */
export async function setPins(db: Db, pins: ReadonlyMap<string, number | null>): Promise<void> {
  for (const [id, pin] of pins) await db.queueItem.update({ where: { id }, data: { pin } });
}

/** Lets songs that wait for approval into the order, as old as they are (QU9). */
export async function approveSongs(
  db: Db,
  which: { readonly roomId: string; readonly id?: string; readonly memberId?: string },
): Promise<number> {
  const { count } = await db.queueItem.updateMany({
    where: { ...which, state: 'pending' },
    data: { state: 'queued' },
  });
  return count;
}

/**
 * Another account's player: what waits goes on waiting; submissions, the song that plays and the playlists of the account before are dropped.
 */
export async function resetQueueForNewAccount(db: Db, roomId: string): Promise<void> {
  await db.queueItem.updateMany({ where: { roomId, state: 'next' }, data: { state: 'queued' } });
  await db.queueItem.updateMany({
    where: { roomId, state: 'playing' },
    data: { state: 'played', endedAt: new Date() },
  });
  await db.submission.deleteMany({ where: { roomId } });
  await forgetPlaylists(db, roomId);
}

/** Deletes everything that was added, submitted, blocked or read of playlists (QU11). */
export async function forgetQueue(db: Db, roomId: string): Promise<void> {
  await db.queueItem.deleteMany({ where: { roomId } });
  await db.submission.deleteMany({ where: { roomId } });
  await deleteBlocks(db, roomId);
  await forgetPlaylists(db, roomId);
  await db.room.update({ where: { id: roomId }, data: { queueBegun: 0, queueRound: 0 } });
}
