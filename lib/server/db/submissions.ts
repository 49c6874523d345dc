import 'server-only';
import type { Track } from '@/lib/shared/contract/snapshot';
import { type Db, getDb } from './connection/client';

/** A song that was submitted to Spotify and not seen playing since. Oldest first, they are in the order it plays them. */
export interface SubmissionRow {
  readonly id: string;
  /** The song of the queue; null when nobody wants it any more (FD7). */
  readonly itemId: string | null;
  readonly track: Track;
  /** After what plays, or at once. */
  readonly kind: 'queue' | 'start';
  /** False while nobody knows whether Spotify has it. */
  readonly confirmed: boolean;
  /** Reads of Spotify's queue, one after the other, that did not find it. */
  readonly misses: number;
  /** What was on when it was submitted. */
  readonly playId: string | null;
  readonly deviceId: string | null;
  readonly contextUri: string | null;
  /** The play at which Spotify's queue was found to hold it. */
  readonly checkedPlayId: string | null;
  /** ms since the epoch: when it could begin at the earliest, if what plays goes on. */
  readonly dueAtMs: number;
  /** How long ago it was submitted, in ms. */
  readonly ageMs: number;
}

/** Selects a room's submissions as one JSON list; `roomId` is the SQL of the room's id. */
export const submissionsOf = (roomId: string): string => `
  coalesce((SELECT json_agg(json_build_object(
    'id', h."id", 'itemId', h."itemId", 'track', h."track", 'kind', h."kind", 'confirmed', h."confirmed", 'misses', h."misses",
    'playId', h."playId", 'deviceId', h."deviceId", 'contextUri', h."contextUri", 'checkedPlayId', h."checkedPlayId",
    'dueAtMs', (extract(epoch FROM h."dueAt") * 1000)::float8,
    'ageMs', (extract(epoch FROM clock_timestamp() - h."createdAt") * 1000)::float8) ORDER BY h."number")
  FROM "HandOver" h WHERE h."roomId" = ${roomId}), '[]')`;

export interface NewSubmission {
  readonly itemId: string;
  readonly track: Track;
  readonly kind: SubmissionRow['kind'];
  readonly playId: string | null;
  readonly deviceId: string | null;
  readonly contextUri: string | null;
  readonly dueAtMs: number;
}

/** Writes down that a song is about to be submitted, before Spotify is called (FD1). @returns its id */
export async function insertSubmission(db: Db, roomId: string, submission: NewSubmission): Promise<string> {
  const { itemId, track, kind, playId, deviceId, contextUri, dueAtMs } = submission;
  const rows = await db.$queryRaw<{ id: string }[]>`
    INSERT INTO "HandOver" ("id", "roomId", "itemId", "uri", "track", "kind", "playId", "deviceId", "contextUri", "dueAt", "createdAt")
    VALUES (gen_random_uuid(), ${roomId}::uuid, ${itemId}::uuid, ${track.uri}, ${JSON.stringify(track)}::jsonb, ${kind},
            ${playId}::uuid, ${deviceId}, ${contextUri}, to_timestamp(${dueAtMs / 1_000}::float8), clock_timestamp())
    RETURNING "id"`;
  await db.queueItem.update({ where: { id: itemId }, data: { state: 'next' } });
  const [row] = rows;
  if (row === undefined) throw new Error('The submission was not written.');
  return row.id;
}

/** Spotify has it: it said so, or its queue holds it. */
export async function confirmSubmission(id: string, playId: string | null = null): Promise<void> {
  await getDb().$executeRaw`
    UPDATE "HandOver" SET "confirmed" = true, "misses" = 0, "checkedPlayId" = coalesce(${playId}::uuid, "checkedPlayId")
    WHERE "id" = ${id}::uuid`;
}

/** Spotify's queue did not hold it in this read. */
export async function missSubmission(db: Db, id: string): Promise<void> {
  await db.submission.update({ where: { id }, data: { misses: { increment: 1 } } });
}

/** Uses a submission that nobody wanted any more for the same song, wanted again (FD7). */
export async function adoptSubmission(db: Db, id: string, itemId: string): Promise<void> {
  await db.submission.update({ where: { id }, data: { itemId } });
  await db.queueItem.update({ where: { id: itemId }, data: { state: 'next' } });
}

/** The song waits again. Spotify may have it all the same: then it stays as one that nobody wants (FD7). */
export async function releaseSubmission(db: Db, { id, itemId }: SubmissionRow, spotifyHasIt: boolean): Promise<void> {
  if (spotifyHasIt) await db.submission.update({ where: { id }, data: { itemId: null } });
  else await db.submission.delete({ where: { id } });
  if (itemId !== null) {
    await db.queueItem.updateMany({ where: { id: itemId, state: 'next' }, data: { state: 'queued' } });
  }
}

/** These songs began, or are gone: Spotify does not have them any more. */
export async function deleteSubmissions(db: Db, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) await db.submission.deleteMany({ where: { id: { in: [...ids] } } });
}
