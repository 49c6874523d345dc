import 'server-only';
import { roomChannel, type RoomHint } from '@/lib/server/events/room-channel';
import type { Db } from './connection/client';
import { getPool } from './connection/pool';
import { queryPrepared } from './connection/prepared';

/**
 * Raises the room's version and announces it, both with the transaction's commit (RO6). Call it last: the row stays locked,
 * and commits that announce wait for one another.
 *
 * @param what `people` when somebody came, went, or changed name or role, so that streams read their members again
 * @returns the new version
 */
export async function bumpRoom(db: Db, roomId: string, what: 'room' | 'people' = 'room'): Promise<number> {
  const rows = await db.$queryRaw<{ version: number }[]>`
    WITH bumped AS (
      UPDATE "Room" SET "version" = "version" + 1, "peopleVersion" = "peopleVersion" + ${what === 'people' ? 1 : 0}
      WHERE "id" = ${roomId}::uuid RETURNING "id", "version")
    SELECT "version", pg_notify(${roomChannel}, json_build_object('room', "id", 'version', "version")::text)::text FROM bumped`;
  const row = rows[0];
  if (row === undefined) throw new Error('A room that does not exist cannot change.');
  return row.version;
}

/** Announces a change of the live room that the session hosts, if it hosts one. */
export async function bumpHostedRoom(db: Db, sessionId: string): Promise<void> {
  await db.$queryRaw`
    WITH bumped AS (
      UPDATE "Room" SET "version" = "version" + 1 WHERE "hostSessionId" = ${sessionId}::uuid AND "endedAt" IS NULL
      RETURNING "id", "version")
    SELECT pg_notify(${roomChannel}, json_build_object('room', "id", 'version', "version")::text)::text FROM bumped`;
}

/** Announces that somebody in the live room that the session is in changed, if it is in one. */
export async function bumpCurrentRoom(db: Db, sessionId: string): Promise<void> {
  const where = { activeSessionId: sessionId, room: { endedAt: null } };
  const member = await db.member.findFirst({ where, select: { roomId: true } });
  if (member !== null) await bumpRoom(db, member.roomId, 'people');
}

/** The present versions of these rooms: the backstop for announcements that never arrived (EV3). */
export async function readVersions(roomIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const rows = await queryPrepared<{ id: string; version: number }>({
    name: 'read-versions',
    text: `SELECT "id", "version" FROM "Room" WHERE "id" = ANY($1::uuid[])`,
    values: [roomIds],
  });
  return new Map(rows.map((row) => [row.id, row.version]));
}

/** Announces a hint as changes are announced, without a change. */
export async function announce(hint: RoomHint): Promise<void> {
  await getPool().query('SELECT pg_notify($1, $2)', [roomChannel, JSON.stringify(hint)]);
}

/** What the room bus asks of the database. */
export const busDatabase = { readVersions, announce };
