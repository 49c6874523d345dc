import 'server-only';
import type { QueueSettings, Role } from '@/lib/shared/contract/snapshot';
import { type Db, getDb } from './connection/client';
import { forgetQueue } from './queue';

/**
 * Hours without a request or an open stream after which a room has ended (RO5). Reads count it as ended from then on; `rooms/cleanup.ts`
 * ends it.
 */
export const roomIdleHours = 24;

const lastLiveMoment = (): Date => new Date(Date.now() - roomIdleHours * 3_600_000);

/** The condition under which the room of the row `table` has ended, as reads see it; `idleHours` names the parameter with {@link roomIdleHours}. */
export function roomHasEnded(table: string, idleHours: string): string {
  return `(${table}."endedAt" IS NOT NULL OR ${table}."lastActiveAt" < now() - make_interval(hours => ${idleHours})
           OR coalesce(${table}."demoEndsAt" < now(), false))`;
}

/** A room that has neither been ended, nor been silent for too long, nor is a demo whose hour is over. */
const isLive = () => ({
  endedAt: null,
  lastActiveAt: { gte: lastLiveMoment() },
  OR: [{ demoEndsAt: null }, { demoEndsAt: { gt: new Date() } }],
});

/** The settings of a room's queue as they are stored: the order's rule is text there. */
export type StoredQueueSettings = Omit<QueueSettings, 'queueOrder' | 'admission'> & {
  readonly queueOrder: string;
  readonly admission: string;
};

/** A room's settings as they are stored; what is not given keeps its default. */
export interface StoredRoomSettings extends Partial<StoredQueueSettings> {
  readonly name: string;
  readonly guestsCanPause: boolean;
  readonly votesToSkip: number;
}

export interface RoomRow extends StoredQueueSettings {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly hostSessionId: string;
  readonly guestsCanPause: boolean;
  readonly votesToSkip: number;
  readonly fallbackName: string | null;
  readonly sources: readonly { readonly name: string }[];
  readonly createdAt: Date;
  readonly endedAt: Date | null;
  /** When a demo is over; null for every other room. */
  readonly demoEndsAt: Date | null;
  readonly playId: string | null;
}

const columns = {
  id: true,
  code: true,
  name: true,
  hostSessionId: true,
  guestsCanPause: true,
  votesToSkip: true,
  queueOrder: true,
  queueOpen: true,
  songsPerGuest: true,
  queueLimit: true,
  explicitAllowed: true,
  maxSongMs: true,
  replayAfterMs: true,
  asksApproval: true,
  locked: true,
  admission: true,
  fallbackName: true,
  sources: { select: { name: true }, orderBy: { name: 'asc' } },
  createdAt: true,
  endedAt: true,
  demoEndsAt: true,
  playId: true,
} as const;

/** Makes a room; refuses with a unique violation when the code is taken. */
export function insertRoom(
  db: Db,
  room: StoredRoomSettings & { readonly code: string; readonly hostSessionId: string },
): Promise<RoomRow> {
  return db.room.create({ data: room, select: columns });
}

/** Which of these codes are still remembered, as the present or a former one of a room (RO4, HT2). */
export async function findTakenCodes(db: Db, codes: readonly string[]): Promise<ReadonlySet<string>> {
  const where = { code: { in: [...codes] } };
  const present = await db.room.findMany({ where, select: { code: true } });
  const former = await db.oldRoomCode.findMany({ where, select: { code: true } });
  return new Set([...present, ...former].map((row) => row.code));
}

/** Gives a room another code; the old one is remembered, so that it is not used again soon (HT2). */
export async function renewRoomCode(db: Db, id: string, oldCode: string, code: string): Promise<RoomRow> {
  await db.oldRoomCode.create({ data: { code: oldCode, roomId: id } });
  return db.room.update({ where: { id }, data: { code }, select: columns });
}

/** The live room a session is in, with its role there. Null as well when the room has been silent for a day. */
export async function findCurrentRoom(
  db: Db,
  sessionId: string,
): Promise<{ readonly room: RoomRow; readonly memberId: string; readonly role: Role } | null> {
  const member = await db.member.findFirst({
    where: { activeSessionId: sessionId, room: isLive() },
    select: { id: true, role: true, room: { select: columns } },
  });
  if (member === null) return null;
  return { room: member.room, memberId: member.id, role: member.role === 'host' ? 'host' : 'guest' };
}

/** How long a transaction that holds rooms may say nothing; longer than a living one ever does. */
const silence = '10s';

/**
 * Holds rooms until the transaction ends, always in the same order, so that two people changing places cannot block each
 * other. An instance that is frozen or cut off meanwhile loses its transaction: the room would be held for as long as the
 * connection seems to live.
 */
export async function lockRooms(db: Db, roomIds: readonly string[]): Promise<void> {
  for (const id of [...new Set(roomIds)].toSorted()) {
    await db.$executeRaw`
      SELECT set_config('idle_in_transaction_session_timeout', ${silence}, true)
      FROM "Room" WHERE "id" = ${id}::uuid FOR NO KEY UPDATE`;
  }
}

export function findRoom(db: Db, id: string): Promise<RoomRow | null> {
  return db.room.findUnique({ where: { id }, select: columns });
}

export function updateRoomSettings(db: Db, id: string, settings: Partial<StoredRoomSettings>): Promise<RoomRow> {
  return db.room.update({ where: { id }, data: { ...settings }, select: columns });
}

/** Ends a room: everybody is out, and nothing read from Spotify is kept. False when it had ended before. */
export async function endRoom(db: Db, id: string): Promise<boolean> {
  const ended = await db.$executeRaw`
    UPDATE "Room" SET "endedAt" = now(), "playId" = NULL, "playback" = NULL, "expectation" = NULL, "deviceId" = NULL,
      "problem" = NULL, "problemDetail" = NULL, "problemUntil" = NULL
    WHERE "id" = ${id}::uuid AND "endedAt" IS NULL`;
  if (ended === 0) return false;
  await db.member.updateMany({ where: { roomId: id }, data: { activeSessionId: null } });
  await forgetQueue(db, id);
  await db.play.deleteMany({ where: { roomId: id } });
  await db.watchLease.deleteMany({ where: { roomId: id } });
  // The login of a demo's host, in the world of that name: it is good for nothing else.
  await db.spotifyToken.deleteMany({ where: { world: id } });
  return true;
}

/** The rooms that have been silent for too long (RO5), and demos whose hour is over, that have not been ended yet; so many at most. */
export async function findSilentRooms(limit: number): Promise<readonly string[]> {
  const where = { endedAt: null, OR: [{ lastActiveAt: { lt: lastLiveMoment() } }, { demoEndsAt: { lt: new Date() } }] };
  const rows = await getDb().room.findMany({ where, select: { id: true }, take: limit });
  return rows.map(({ id }) => id);
}

/** The live rooms whose host's session is linked to that account, except those of `sessionId` itself. */
export async function findRoomsOfAccount(db: Db, accountId: string, sessionId: string): Promise<readonly RoomRow[]> {
  return db.room.findMany({
    where: {
      ...isLive(),
      hostSessionId: { not: sessionId },
      host: { token: { accountId } },
    },
    orderBy: { lastActiveAt: 'desc' },
    select: columns,
  });
}

export async function setRoomHost(db: Db, id: string, hostSessionId: string): Promise<void> {
  await db.room.update({ where: { id }, data: { hostSessionId } });
}

/** The live room that a session hosts, if it hosts one. */
export function findHostedRoom(sessionId: string, db: Db = getDb()): Promise<RoomRow | null> {
  return db.room.findFirst({ where: { hostSessionId: sessionId, endedAt: null }, select: columns });
}
