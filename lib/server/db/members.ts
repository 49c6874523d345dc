import 'server-only';
import type { Role } from '@/lib/shared/contract/snapshot';
import type { Db } from './connection/client';
import { queryPrepared } from './connection/prepared';
import { endScreen } from './screens';

export interface MemberRow {
  readonly id: string;
  readonly roomId: string;
  readonly sessionId: string;
  readonly name: string;
  readonly role: Role;
  readonly inRoom: boolean;
  readonly removed: boolean;
  readonly coHost: boolean;
  readonly trusted: boolean;
}

const columns = {
  id: true,
  roomId: true,
  sessionId: true,
  activeSessionId: true,
  name: true,
  role: true,
  removedAt: true,
  coHost: true,
  trusted: true,
} as const;

interface StoredMember {
  id: string;
  roomId: string;
  sessionId: string;
  activeSessionId: string | null;
  name: string;
  role: string;
  removedAt: Date | null;
  coHost: boolean;
  trusted: boolean;
}

function toMemberRow(row: StoredMember): MemberRow {
  return {
    id: row.id,
    roomId: row.roomId,
    sessionId: row.sessionId,
    name: row.name,
    role: row.role === 'host' ? 'host' : 'guest',
    inRoom: row.activeSessionId !== null,
    removed: row.removedAt !== null,
    coHost: row.coHost,
    trusted: row.trusted,
  };
}

export async function findMember(db: Db, roomId: string, sessionId: string): Promise<MemberRow | null> {
  const row = await db.member.findUnique({ where: { roomId_sessionId: { roomId, sessionId } }, select: columns });
  return row === null ? null : toMemberRow(row);
}

/** A member of this room by id, in the room or not; null when there is none. */
export async function findMemberById(db: Db, roomId: string, id: string): Promise<MemberRow | null> {
  const row = await db.member.findFirst({ where: { id, roomId }, select: columns });
  return row === null ? null : toMemberRow(row);
}

/** Everybody but the host who is in the room now. */
export function countOtherMembers(db: Db, roomId: string, sessionId: string): Promise<number> {
  return db.member.count({ where: { roomId, activeSessionId: { not: null }, NOT: { sessionId } } });
}

/** Frees the session's place in a room that ended by itself: nobody was there to leave it. */
export async function clearCurrentRoom(db: Db, sessionId: string): Promise<void> {
  await db.member.updateMany({ where: { activeSessionId: sessionId }, data: { activeSessionId: null } });
}

/** A session that comes into a room. */
export interface Entry {
  /** The member's, where they are new; drawn without it. */
  readonly id?: string;
  readonly roomId: string;
  readonly sessionId: string;
  readonly name: string;
  readonly role: Role;
  /** Where from, in hexadecimal, where that is known. */
  readonly network?: string;
}

/** Puts a session into a room under that name and role, newly or again; it is no screen any more (SN3). The session must be in no other room. */
export async function enterRoom(db: Db, entry: Entry): Promise<MemberRow> {
  const now = new Date();
  const present = {
    activeSessionId: entry.sessionId,
    name: entry.name,
    role: entry.role,
    presence: 'present',
    lastSeenAt: now,
    removedAt: null,
    network: entry.network === undefined ? null : new Uint8Array(Buffer.from(entry.network, 'hex')),
  };
  const row = await db.member.upsert({
    where: { roomId_sessionId: { roomId: entry.roomId, sessionId: entry.sessionId } },
    create: {
      ...(entry.id === undefined ? {} : { id: entry.id }),
      roomId: entry.roomId,
      sessionId: entry.sessionId,
      ...present,
    },
    update: present,
    select: columns,
  });
  await endScreen(db, entry.sessionId);
  return toMemberRow(row);
}

export async function renameMember(db: Db, id: string, name: string): Promise<MemberRow> {
  return toMemberRow(await db.member.update({ where: { id }, data: { name }, select: columns }));
}

/** A host is a plain guest from here on. */
export async function makeGuest(db: Db, id: string): Promise<void> {
  await db.member.update({ where: { id }, data: { role: 'guest', coHost: false, trusted: false } });
}

/** Takes somebody out of a room, with all votes (MB4, QU7). `removed` is remembered for good (MB2). */
export async function leaveRoom(db: Db, id: string, how: 'left' | 'removed'): Promise<void> {
  await db.skipVote.deleteMany({ where: { memberId: id } });
  await db.queueVote.deleteMany({ where: { memberId: id } });
  await db.member.update({
    where: { id },
    data: {
      activeSessionId: null,
      network: null,
      coHost: false,
      ...(how === 'removed' ? { removedAt: new Date(), trusted: false } : {}),
    },
  });
}

/** Lets somebody who was removed come back (HT4). */
export async function clearRemoval(db: Db, id: string): Promise<void> {
  await db.member.update({ where: { id }, data: { removedAt: null } });
}

/** What the host grants a guest (HT3, QU9). */
export async function setRights(
  db: Db,
  id: string,
  rights: { readonly coHost?: boolean; readonly trusted?: boolean },
): Promise<MemberRow> {
  return toMemberRow(await db.member.update({ where: { id }, data: { ...rights }, select: columns }));
}

/** Notes that a member was seen, and with it the session and the room. */
export async function noteSeen(memberId: string): Promise<void> {
  await noteAllSeen([memberId]);
}

/**
 * Notes in one statement that all these members were seen: one write per instance, however many streams are open. It waits for nobody, who
 * might wait for it: what somebody else holds right now is noted the next time.
 */
export async function noteAllSeen(memberIds: readonly string[]): Promise<void> {
  await queryPrepared({
    name: 'note-seen',
    text: `
      WITH seen AS (
        UPDATE "Member" SET "lastSeenAt" = now() WHERE "id" IN (
          SELECT "id" FROM "Member" WHERE "id" = ANY($1::uuid[]) AND "activeSessionId" IS NOT NULL FOR NO KEY UPDATE SKIP LOCKED)
        RETURNING "roomId", "sessionId"),
      sessions AS (
        UPDATE "Session" SET "lastSeenAt" = now() WHERE "id" IN (
          SELECT "id" FROM "Session" WHERE "id" IN (SELECT "sessionId" FROM seen) FOR NO KEY UPDATE SKIP LOCKED))
      UPDATE "Room" SET "lastActiveAt" = now() WHERE "id" IN (
        SELECT "id" FROM "Room"
        WHERE "id" IN (SELECT "roomId" FROM seen) AND "endedAt" IS NULL AND "lastActiveAt" < now() - interval '1 minute'
        FOR NO KEY UPDATE SKIP LOCKED)`,
    values: [memberIds],
  });
}

/** Notes where a member was last seen. @param network in hexadecimal */
export async function setNetwork(memberId: string, network: string): Promise<void> {
  await queryPrepared({
    name: 'set-network',
    text: `UPDATE "Member" SET "network" = decode($2, 'hex') WHERE "id" = $1 AND "activeSessionId" IS NOT NULL`,
    values: [memberId, network],
  });
}

/** Whether somebody who is in that room was last seen there. @param network in hexadecimal */
export async function hasMemberFrom(roomId: string, network: string): Promise<boolean> {
  const rows = await queryPrepared<object>({
    name: 'has-member-from',
    text: `SELECT 1 FROM "Member" WHERE "roomId" = $1 AND "network" = decode($2, 'hex') AND "activeSessionId" IS NOT NULL LIMIT 1`,
    values: [roomId, network],
  });
  return rows.length > 0;
}

/** Who is in a room, by member id: the personal part of its streams. */
export interface PresentMember {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly inRoom: boolean;
  readonly removed: boolean;
  readonly coHost: boolean;
  /** The hash of the cookie that names the member's session now, in hexadecimal. */
  readonly cookieHash: string;
}

/** These members as they are now, whether still in the room or not. */
export async function findMembersById(memberIds: readonly string[]): Promise<readonly PresentMember[]> {
  const rows = await queryPrepared<PresentMember>({
    name: 'members-by-id',
    text: `SELECT m."id", m."name", m."role", m."coHost", (m."activeSessionId" IS NOT NULL) AS "inRoom",
                  (m."removedAt" IS NOT NULL) AS "removed", encode(s."tokenHash", 'hex') AS "cookieHash"
           FROM "Member" m JOIN "Session" s ON s."id" = m."sessionId" WHERE m."id" = ANY($1::uuid[])`,
    values: [memberIds],
  });
  return rows;
}
