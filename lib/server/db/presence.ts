import 'server-only';
import { findUnsettledDoors, recountWaiting } from './knocks';
import { bumpRoom } from './room-versions';
import { lockRooms } from './rooms';
import { inTransaction } from './connection/client';

/** Seconds after which somebody without a stream is no longer present, and no longer recent (PR1). */
export const presentSeconds = 60;
export const recentSeconds = 600;

/**
 * Brings the noted presence of everybody in these rooms, and the number of those at their doors, up to the clock and announces the rooms in
 * which it changed.
 * Safe to run on every instance at once: the second finds nothing to change.
 */
export async function settlePresence(roomIds: readonly string[]): Promise<void> {
  if (roomIds.length === 0) return;
  await inTransaction(async (tx) => {
    const changed = await tx.$queryRaw<{ roomId: string }[]>`
    WITH seen AS (
      SELECT "id", CASE
        WHEN "lastSeenAt" > now() - make_interval(secs => ${presentSeconds}) THEN 'present'
        WHEN "lastSeenAt" > now() - make_interval(secs => ${recentSeconds}) THEN 'recent'
        ELSE 'away' END AS "presence"
      FROM "Member" WHERE "roomId" = ANY(${[...roomIds]}::uuid[]) AND "activeSessionId" IS NOT NULL),
    changed AS (
      UPDATE "Member" m SET "presence" = seen."presence" FROM seen
      WHERE m."id" = seen."id" AND m."presence" <> seen."presence" RETURNING m."roomId")
    SELECT DISTINCT "roomId" FROM changed ORDER BY "roomId"`;
    const doors = new Set(await findUnsettledDoors(tx, roomIds));
    for (const roomId of [...new Set([...changed.map((row) => row.roomId), ...doors])].toSorted()) {
      if (doors.has(roomId)) {
        // Held first: a count that waited for somebody who is let in at this moment would be of before.
        await lockRooms(tx, [roomId]);
        await recountWaiting(tx, roomId);
      }
      await bumpRoom(tx, roomId);
    }
  });
}
