import 'server-only';
import { AppError } from '@/lib/server/runtime/app-error';
import type { JoinedMember, JoinInput } from '@/lib/shared/contract/members';
import type { Db } from '@/lib/server/db/connection/client';
import {
  clearCurrentRoom,
  enterRoom,
  type Entry,
  findMember,
  type MemberRow,
  renameMember,
} from '@/lib/server/db/members';
import { inRoomTransaction } from '@/lib/server/db/connection/room-transactions';
import { bumpRoom } from '@/lib/server/db/room-versions';
import { requireOpenRoom } from '@/lib/server/rooms/change-room';
import { networkOf } from '@/lib/server/session/network';
import { consume } from '@/lib/server/session/rate-limits';
import type { Requester, RoomFacts, Viewer } from '@/lib/server/session/room-access';
import { openSession } from '@/lib/server/session/session';
import { leaveCurrentRoom, lockSessionAndRooms } from './current-room';

export interface Joined {
  readonly member: JoinedMember;
  readonly isNew: boolean;
  readonly setCookie: string | null;
}

async function rename(tx: Db, member: MemberRow, name: string): Promise<MemberRow> {
  if (member.name === name) return member;
  const renamed = await renameMember(tx, member.id, name);
  await bumpRoom(tx, member.roomId, 'people');
  return renamed;
}

async function enter(tx: Db, entry: Entry): Promise<{ member: MemberRow; isNew: boolean }> {
  const { roomId, sessionId, name } = entry;
  const current = await lockSessionAndRooms(tx, sessionId, [roomId]);
  // Read again under the lock: the host may have ended the room or removed this session a moment ago.
  const room = await requireOpenRoom(tx, roomId);
  const known = await findMember(tx, roomId, sessionId);
  if (known?.removed === true) throw new AppError('removed_by_host');
  if (known?.inRoom === true) return { member: await rename(tx, known, name), isNew: false };
  // Former members come back; a locked room is closed to people who are new (HT1).
  if (known === null && room.locked) throw new AppError('room_locked');
  if (current?.role === 'host') throw new AppError('already_hosting');
  if (current !== null) await leaveCurrentRoom(tx, current);
  await clearCurrentRoom(tx, sessionId);
  const member = await enterRoom(tx, entry);
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
  // Newcomers are counted by address: a party is one, and its people come back (RM-04). Who is inside renames, which everybody is sent.
  if (room.viewer === null) await consume('joins', `${requester.address} ${room.roomId}`);
  else await consume('commands', room.viewer.memberId);
  const session = await openSession(requester.cookieHeader);
  const network = networkOf(room.roomId, requester.address);
  const entry: Entry = { roomId: room.roomId, sessionId: session.id, name: input.name, role: 'guest', network };
  const { member, isNew } = await inRoomTransaction(room.roomId, (tx) => enter(tx, entry));
  return { member: { id: member.id, name: member.name, role: member.role }, isNew, setCookie: session.setCookie };
}
