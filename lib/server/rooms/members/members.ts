import 'server-only';
import { AppError } from '@/lib/server/runtime/app-error';
import type { JoinedMember, JoinInput, MemberRights, MemberRightsInput } from '@/lib/shared/contract/members';
import type { Db } from '@/lib/server/db/connection/client';
import {
  clearPlace,
  enterRoom,
  findMember,
  findMemberById,
  leaveRoom,
  type MemberRow,
  readmitMember,
  renameMember,
  setRights,
} from '@/lib/server/db/members';
import { approveSongs, removeSongs, findWaitingSongs } from '@/lib/server/db/queue';
import { inRoomTransaction } from '@/lib/server/db/connection/room-transactions';
import { bumpRoom } from '@/lib/server/db/room-versions';
import { endRoom, findRoom, type RoomRow } from '@/lib/server/db/rooms';
import { consume } from '@/lib/server/session/rate-limits';
import type { Requester, RoomFacts, Viewer } from '@/lib/server/session/room-access';
import { openSession } from '@/lib/server/session/session';
import { leaveAsGuest, lockPlaces } from './session-place';

export interface Joined {
  readonly member: JoinedMember;
  readonly isNew: boolean;
  readonly setCookie: string | null;
}

function toJoined({ id, name, role }: MemberRow): JoinedMember {
  return { id, name, role };
}

async function requireStillOpen(tx: Db, roomId: string): Promise<RoomRow> {
  const room = await findRoom(tx, roomId);
  if (room === null || room.endedAt !== null) throw new AppError('room_ended');
  return room;
}

async function rename(tx: Db, member: MemberRow, name: string): Promise<MemberRow> {
  if (member.name === name) return member;
  const renamed = await renameMember(tx, member.id, name);
  await bumpRoom(tx, member.roomId, 'people');
  return renamed;
}

async function enter(
  tx: Db,
  roomId: string,
  sessionId: string,
  name: string,
): Promise<{ member: MemberRow; isNew: boolean }> {
  const current = await lockPlaces(tx, sessionId, [roomId]);
  // Looked at again under the lock: the host may have ended the room or removed this session a moment ago.
  const room = await requireStillOpen(tx, roomId);
  const known = await findMember(tx, roomId, sessionId);
  if (known?.removed === true) throw new AppError('removed_by_host');
  if (known?.inRoom === true) return { member: await rename(tx, known, name), isNew: false };
  // Whoever was here before comes back; a locked door is for people who are new (HT1).
  if (known === null && room.locked) throw new AppError('room_locked');
  if (current?.role === 'host') throw new AppError('already_hosting');
  if (current !== null) await leaveAsGuest(tx, current);
  await clearPlace(tx, sessionId);
  const member = await enterRoom(tx, { roomId, sessionId, name, role: 'guest' });
  await bumpRoom(tx, roomId, 'people');
  return { member, isNew: known === null };
}

/**
 * Lets somebody into a room, or renames who is in it already (MB1). A guest elsewhere leaves there (RO1).
 *
 * @throws {AppError} `already_hosting`, `removed_by_host`, `room_locked`, `room_ended`, `rate_limited`
 */
export async function joinRoom(
  requester: Requester,
  room: RoomFacts & { readonly viewer: Viewer | null },
  input: JoinInput,
): Promise<Joined> {
  // Counted only for newcomers: a party is one address, and its people come back (RM-04).
  if (room.viewer === null) await consume('joins', `${requester.address} ${room.roomId}`);
  const session = await openSession(requester.cookieHeader);
  const { member, isNew } = await inRoomTransaction(room.roomId, (tx) =>
    enter(tx, room.roomId, session.id, input.name),
  );
  return { member: toJoined(member), isNew, setCookie: session.setCookie };
}

/** Leaves the room; the host leaving ends it (RO3). */
export async function leave(viewer: Viewer): Promise<void> {
  await inRoomTransaction(viewer.roomId, async (tx) => {
    await lockPlaces(tx, viewer.sessionId, [viewer.roomId]);
    const member = await findMember(tx, viewer.roomId, viewer.sessionId);
    if (member?.inRoom !== true) return;
    if (member.role === 'host') await endRoom(tx, viewer.roomId);
    else await leaveRoom(tx, member.id, 'left');
    await bumpRoom(tx, viewer.roomId, 'people');
  });
}

async function requireGuest(tx: Db, viewer: Viewer, memberId: string): Promise<MemberRow> {
  const member = await findMemberById(tx, viewer.roomId, memberId);
  if (member === null) throw new AppError('member_not_found');
  if (member.role === 'host') throw new AppError('cannot_remove_host');
  return member;
}

/**
 * Removes a guest (MB2); their streams end at once.
 *
 * @param withSongs takes their waiting songs out as well (QU7)
 * @throws {AppError} `member_not_found`, `cannot_remove_host`
 */
export async function removeMember(viewer: Viewer, memberId: string, withSongs: boolean): Promise<void> {
  await inRoomTransaction(viewer.roomId, async (tx) => {
    await lockPlaces(tx, viewer.sessionId, [viewer.roomId]);
    const member = await requireGuest(tx, viewer, memberId);
    // Of somebody who has left there may still be songs to take out.
    if (!member.inRoom && !withSongs) throw new AppError('member_not_found');
    await leaveRoom(tx, member.id, 'removed');
    if (withSongs) {
      const songs = (await findWaitingSongs(tx, viewer.roomId)).filter((song) => song.memberId === member.id);
      const leaving = { state: 'removed', reason: 'member_removed', by: viewer.memberId } as const;
      await removeSongs(
        tx,
        songs.map(({ id }) => id),
        leaving,
      );
    }
    await bumpRoom(tx, viewer.roomId, 'people');
  });
}

/** Lets somebody who was removed join again (HT4). @throws {AppError} `member_not_found` */
export async function readmit(viewer: Viewer, memberId: string): Promise<void> {
  await inRoomTransaction(viewer.roomId, async (tx) => {
    await lockPlaces(tx, viewer.sessionId, [viewer.roomId]);
    const member = await requireGuest(tx, viewer, memberId);
    if (member.removed) await readmitMember(tx, member.id);
  });
}

/**
 * What the host grants a guest or takes back (HT3). Trusting somebody approves what waits from them (QU9).
 *
 * @throws {AppError} `member_not_found`, `cannot_remove_host`
 */
export function changeRights(viewer: Viewer, memberId: string, input: MemberRightsInput): Promise<MemberRights> {
  return inRoomTransaction(viewer.roomId, async (tx) => {
    await lockPlaces(tx, viewer.sessionId, [viewer.roomId]);
    const guest = await requireGuest(tx, viewer, memberId);
    if (!guest.inRoom) throw new AppError('member_not_found');
    const member = await setRights(tx, guest.id, input);
    if (member.trusted || member.coHost) await approveSongs(tx, { roomId: viewer.roomId, memberId: member.id });
    await bumpRoom(tx, viewer.roomId, 'people');
    return { ...toJoined(member), coHost: member.coHost, trusted: member.trusted };
  });
}

/** Ends the room for everybody (RO4). */
export async function end(viewer: Viewer): Promise<void> {
  await inRoomTransaction(viewer.roomId, async (tx) => {
    await lockPlaces(tx, viewer.sessionId, [viewer.roomId]);
    if (await endRoom(tx, viewer.roomId)) await bumpRoom(tx, viewer.roomId, 'people');
  });
}
