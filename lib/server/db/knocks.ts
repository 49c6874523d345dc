import 'server-only';
import type { Db } from './connection/client';
import { queryPrepared } from './connection/prepared';

/** Somebody who waits at a room's door. */
export interface KnockRow {
  readonly id: string;
  readonly roomId: string;
  readonly sessionId: string;
  readonly name: string;
  readonly knockedAt: Date;
  readonly turnedAway: boolean;
}

/** Seconds without a stream or a request after which somebody waits no longer (AM3). */
const patienceSeconds = 120;

/** Seconds for which who was turned away is not let knock again (AM4). */
const turnedAwaySeconds = 600;

/** How many may wait from one address, and at one door (AM5). */
export const mostWaiting = { address: 20, room: 100 } as const;

/** The condition under which the row `table` is of somebody who waits. */
function isWaiting(table: string): string {
  return `${table}."turnedAwayAt" IS NULL AND ${table}."lastSeenAt" > now() - interval '${patienceSeconds} seconds'`;
}

/** The condition under which the row `table` still says something: its person waits, or was turned away a while ago. */
export function knockCounts(table: string): string {
  return `(${isWaiting(table)} OR ${table}."turnedAwayAt" > now() - interval '${turnedAwaySeconds} seconds')`;
}

const columns = `k."id", k."roomId", k."sessionId", k."name", k."knockedAt", (k."turnedAwayAt" IS NOT NULL) AS "turnedAway"`;

/** The knock of that session at that door, if it still counts. */
export async function findKnock(db: Db, roomId: string, sessionId: string): Promise<KnockRow | null> {
  const rows = await db.$queryRawUnsafe<KnockRow[]>(
    `SELECT ${columns} FROM "Knock" k WHERE k."roomId" = $1::uuid AND k."sessionId" = $2::uuid AND ${knockCounts('k')}`,
    roomId,
    sessionId,
  );
  return rows[0] ?? null;
}

/** Somebody who waits at that door, by id. */
export async function findKnockById(db: Db, roomId: string, id: string): Promise<KnockRow | null> {
  const rows = await db.$queryRawUnsafe<KnockRow[]>(
    `SELECT ${columns} FROM "Knock" k WHERE k."roomId" = $1::uuid AND k."id" = $2::uuid AND ${isWaiting('k')}`,
    roomId,
    id,
  );
  return rows[0] ?? null;
}

/** Those who wait at a door, oldest first. */
export function findWaiting(db: Db, roomId: string): Promise<readonly KnockRow[]> {
  return db.$queryRawUnsafe<KnockRow[]>(
    `SELECT ${columns} FROM "Knock" k WHERE k."roomId" = $1::uuid AND ${isWaiting('k')} ORDER BY k."knockedAt", k."id"`,
    roomId,
  );
}

/** How many wait at that door, and from that address at all doors. @param network in hexadecimal */
export async function countWaiting(
  db: Db,
  roomId: string,
  network: string,
): Promise<{ readonly room: number; readonly address: number }> {
  const rows = await db.$queryRawUnsafe<{ room: number; address: number }[]>(
    `SELECT count(*) FILTER (WHERE k."roomId" = $1::uuid)::int AS "room",
            count(*) FILTER (WHERE k."network" = decode($2, 'hex'))::int AS "address"
     FROM "Knock" k WHERE (k."roomId" = $1::uuid OR k."network" = decode($2, 'hex')) AND ${isWaiting('k')}`,
    roomId,
    network,
  );
  return rows[0] ?? { room: 0, address: 0 };
}

/** Somebody knocks: in place of what an earlier knock of theirs left behind. */
export async function insertKnock(
  db: Db,
  knock: { readonly roomId: string; readonly sessionId: string; readonly name: string; readonly network: string },
): Promise<KnockRow> {
  await deleteKnock(db, knock.roomId, knock.sessionId);
  const network = new Uint8Array(Buffer.from(knock.network, 'hex'));
  const { id, roomId, sessionId, name, knockedAt } = await db.knock.create({ data: { ...knock, network } });
  return { id, roomId, sessionId, name, knockedAt, turnedAway: false };
}

/** Somebody who waits gives another name. */
export async function renameKnock(db: Db, id: string, name: string): Promise<void> {
  await db.knock.update({ where: { id }, data: { name, lastSeenAt: new Date() } });
}

/** Who was let in, or gave up, waits no longer. @returns whether somebody did */
export async function deleteKnock(db: Db, roomId: string, sessionId: string): Promise<boolean> {
  return (await db.knock.deleteMany({ where: { roomId, sessionId } })).count > 0;
}

/** The rooms at whose doors these sessions wait. */
export async function findDoors(db: Db, sessionIds: readonly string[]): Promise<readonly string[]> {
  const rows = await db.knock.findMany({ where: { sessionId: { in: [...sessionIds] } }, select: { roomId: true } });
  return rows.map(({ roomId }) => roomId);
}

/** The session waits nowhere any more. @returns the rooms at whose doors it did */
export async function deleteKnocksOf(db: Db, sessionId: string): Promise<readonly string[]> {
  const doors = await findDoors(db, [sessionId]);
  await db.knock.deleteMany({ where: { sessionId } });
  return doors;
}

export async function turnAway(db: Db, id: string): Promise<void> {
  await db.knock.update({ where: { id }, data: { turnedAwayAt: new Date() } });
}

/** Notes that these people are still at the door. */
export async function noteKnocksSeen(ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await queryPrepared({
    name: 'note-knocks-seen',
    text: `UPDATE "Knock" SET "lastSeenAt" = now() WHERE "id" = ANY($1::uuid[]) AND "turnedAwayAt" IS NULL`,
    values: [ids],
  });
}

/** The doors among these at which another number waits than the room's last snapshot said. */
export async function findUnsettledDoors(db: Db, roomIds: readonly string[]): Promise<readonly string[]> {
  const rows = await db.$queryRawUnsafe<{ roomId: string }[]>(
    `SELECT r."id" AS "roomId"
     FROM "Room" r LEFT JOIN "Knock" k ON k."roomId" = r."id" AND ${isWaiting('k')}
     WHERE r."id" = ANY($1::uuid[]) AND r."endedAt" IS NULL GROUP BY r."id" HAVING count(k."id") <> r."waitingCount"`,
    [...roomIds],
  );
  return rows.map(({ roomId }) => roomId);
}

/** Counts anew who waits at a door, for snapshots; the room is held. */
export async function recountWaiting(db: Db, roomId: string): Promise<void> {
  await db.$executeRawUnsafe(
    `UPDATE "Room" SET "waitingCount" = (SELECT count(*) FROM "Knock" k WHERE k."roomId" = $1::uuid AND ${isWaiting('k')})
     WHERE "id" = $1::uuid`,
    roomId,
  );
}

/** These knocks as they are now, with the hash of the cookie that names each session, in hexadecimal; those that are gone are not among them. */
export function findKnocksById(
  ids: readonly string[],
): Promise<
  readonly { readonly id: string; readonly name: string; readonly turnedAway: boolean; readonly cookieHash: string }[]
> {
  return queryPrepared({
    name: 'knocks-by-id',
    text: `SELECT k."id", k."name", (k."turnedAwayAt" IS NOT NULL) AS "turnedAway", encode(s."tokenHash", 'hex') AS "cookieHash"
           FROM "Knock" k JOIN "Session" s ON s."id" = k."sessionId" WHERE k."id" = ANY($1::uuid[])`,
    values: [ids],
  });
}
