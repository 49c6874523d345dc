import 'server-only';
import type { Track } from '@/lib/shared/contract/snapshot';
import { getDb } from './connection/client';

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
 * and songs of the queue that passed without having been seen. What was on already and that nobody asked for again is not told twice: a
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
