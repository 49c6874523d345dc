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
import { endRoom } from '@/lib/server/db/rooms';
import { changeRoom, requireOpenRoom } from '@/lib/server/rooms/change-room';
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
  const room = await requireOpenRoom(tx, roomId);
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

/** What only the host changes about people. */
const asHost = { as: 'host', what: 'people' } as const;

/** What had happened already, by a second press or in another tab, is as good as done. */
const doneAlready: ReadonlySet<string> = new Set(['room_ended', 'removed_by_host', 'not_a_member']);

async function unlessDone(change: Promise<unknown>): Promise<void> {
  try {
    await change;
  } catch (error) {
    if (!(error instanceof AppError && doneAlready.has(error.code))) throw error;
  }
}

/** Leaves the room; the host leaving ends it (RO3). */
export function leave(viewer: Viewer): Promise<void> {
  return unlessDone(
    changeRoom(
      viewer,
      async ({ tx, room, member }) => {
        if (member.role === 'host') await endRoom(tx, room.id);
        else await leaveRoom(tx, member.id, 'left');
      },
      { what: 'people' },
    ),
  );
}

/** Ends the room for everybody (RO4). */
export function end(viewer: Viewer): Promise<void> {
  return unlessDone(changeRoom(viewer, ({ tx, room }) => endRoom(tx, room.id), asHost));
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
export function removeMember(viewer: Viewer, memberId: string, withSongs: boolean): Promise<void> {
  return changeRoom(
    viewer,
    async ({ tx, room, member: host }) => {
      const member = await requireGuest(tx, viewer, memberId);
      // Somebody who has left may still have songs to take out.
      if (!member.inRoom && !withSongs) throw new AppError('member_not_found');
      await leaveRoom(tx, member.id, 'removed');
      if (!withSongs) return;
      const songs = (await findWaitingSongs(tx, room.id)).filter((song) => song.memberId === member.id);
      const ids = songs.map(({ id }) => id);
      await removeSongs(tx, ids, { state: 'removed', reason: 'member_removed', by: host.id });
    },
    asHost,
  );
}

/** Lets somebody who was removed join again (HT4). @throws {AppError} `member_not_found` */
export function readmit(viewer: Viewer, memberId: string): Promise<void> {
  return changeRoom(
    viewer,
    async ({ tx, unchanged }) => {
      const member = await requireGuest(tx, viewer, memberId);
      if (member.removed) await readmitMember(tx, member.id);
      // No screen shows who may come back.
      unchanged();
    },
    asHost,
  );
}

/**
 * What the host grants a guest or takes back (HT3). Trusting somebody approves what waits from them (QU9).
 *
 * @throws {AppError} `member_not_found`, `cannot_remove_host`
 */
export function changeRights(viewer: Viewer, memberId: string, input: MemberRightsInput): Promise<MemberRights> {
  return changeRoom(
    viewer,
    async ({ tx, room }) => {
      const guest = await requireGuest(tx, viewer, memberId);
      if (!guest.inRoom) throw new AppError('member_not_found');
      const member = await setRights(tx, guest.id, input);
      if (member.trusted || member.coHost) await approveSongs(tx, { roomId: room.id, memberId: member.id });
      return { ...toJoined(member), coHost: member.coHost, trusted: member.trusted };
    },
    asHost,
  );
}
