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
import { deleteKnock, findKnock, type KnockRow, recountWaiting } from '@/lib/server/db/knocks';
import { bumpRoom } from '@/lib/server/db/room-versions';
import { requireOpenRoom } from '@/lib/server/rooms/change-room';
import { notePresence } from '@/lib/server/rooms/live/presence';
import { networkOf } from '@/lib/server/session/network';
import { consume } from '@/lib/server/session/rate-limits';
import type { Door, Requester } from '@/lib/server/session/room-access';
import { openSession } from '@/lib/server/session/session';
import { leaveCurrentRoom, lockSessionAndRooms } from './current-room';
import { knock, renameAtDoor } from './knock';

/** What came of it: somebody is in, newly or as before, or waits at the door. */
export type Joined =
  | { readonly kind: 'member'; readonly member: JoinedMember; readonly isNew: boolean }
  | { readonly kind: 'waiting'; readonly waiting: { readonly id: string; readonly name: string } };

async function rename(tx: Db, member: MemberRow, name: string): Promise<MemberRow> {
  if (member.name === name) return member;
  const renamed = await renameMember(tx, member.id, name);
  await bumpRoom(tx, member.roomId, 'people');
  return renamed;
}

const inside = ({ id, name, role }: MemberRow, isNew: boolean): Joined => ({
  kind: 'member',
  member: { id, name, role },
  isNew,
});

const atDoor = ({ id, name }: KnockRow): Joined => ({ kind: 'waiting', waiting: { id, name } });

/** @param entry with the address as it is counted at the door, beside the one of the room */
async function enter(tx: Db, entry: Entry, address: string, isCrowded: boolean): Promise<Joined> {
  const { roomId, sessionId, name } = entry;
  const current = await lockSessionAndRooms(tx, sessionId, [roomId]);
  // Read again under the lock: the host may have ended the room or removed this session a moment ago.
  const room = await requireOpenRoom(tx, roomId);
  const known = await findMember(tx, roomId, sessionId);
  if (known?.removed === true) throw new AppError('removed_by_host');
  if (known?.inRoom === true) return inside(await rename(tx, known, name), false);
  // Former members come back; a locked room is closed to people who are new (HT1).
  if (known === null && room.locked) throw new AppError('room_locked');
  if (current?.role === 'host') throw new AppError('already_hosting');
  if (known === null) {
    const before = await findKnock(tx, roomId, sessionId);
    if (before?.turnedAway === true) throw new AppError('turned_away');
    if (room.admission === 'knock' || isCrowded) {
      return atDoor(before === null ? await knock(tx, entry, address) : await renameAtDoor(tx, before, name));
    }
  }
  if (current !== null) await leaveCurrentRoom(tx, current);
  await clearCurrentRoom(tx, sessionId);
  const member = await enterRoom(tx, entry);
  if (await deleteKnock(tx, roomId, sessionId)) await recountWaiting(tx, roomId);
  await bumpRoom(tx, roomId, 'people');
  return inside(member, known === null);
}

/** Whether more people have come from that address than a door lets in by itself (RM-04). */
async function isCrowded({ address }: Requester, { roomId }: Door): Promise<boolean> {
  try {
    await consume('joins', `${address} ${roomId}`);
    return false;
  } catch (error) {
    if (error instanceof AppError && error.code === 'rate_limited') return true;
    throw error;
  }
}

/** Counts who is inside, or waits where the host admits people: all they can do here is rename. @returns whether newcomers are too many */
async function countNewcomer(requester: Requester, door: Door): Promise<boolean> {
  const { onlooker, isFormer, admission } = door;
  if (onlooker?.role === 'host' || onlooker?.role === 'guest') await consume('commands', onlooker.memberId);
  else if (onlooker?.role === 'waiting' && admission === 'knock') await consume('commands', onlooker.knockId);
  // A party is one address, and its people come back.
  else if (!isFormer) return isCrowded(requester, door);
  return false;
}

/**
 * Lets somebody into a room, or renames who is in it already (MB1). A guest elsewhere leaves there (RO1). Where the host admits newcomers, and
 * past the limit of an address, who is new waits at the door (AM1).
 *
 * @throws {AppError} `removed_by_host`, `room_locked`, `already_hosting`, `turned_away`, `room_ended`, `rate_limited`
 */
export async function joinRoom(
  requester: Requester,
  door: Door,
  input: JoinInput,
): Promise<Joined & { readonly setCookie: string | null }> {
  const crowded = await countNewcomer(requester, door);
  const session = await openSession(requester.cookieHeader);
  const { roomId } = door;
  const network = networkOf(roomId, requester.address);
  const entry: Entry = { roomId, sessionId: session.id, name: input.name, role: 'guest', network };
  const joined = await inRoomTransaction(roomId, (tx) => enter(tx, entry, requester.address, crowded));
  if (joined.kind === 'waiting') notePresence(roomId);
  return { ...joined, setCookie: session.setCookie };
}
