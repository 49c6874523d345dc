import 'server-only';
import { AppError } from '@/lib/server/runtime/app-error';
import type { Db } from '@/lib/server/db/connection/client';
import { findMember, type MemberRow } from '@/lib/server/db/members';
import { findWaitingSong, type SongRow } from '@/lib/server/db/queue';
import { findRoom, lockRooms, type RoomRow } from '@/lib/server/db/rooms';
import type { Viewer } from '@/lib/server/session/room-access';

/** The room and the requester, as they are once the room is held. */
export interface LockedRoom {
  readonly room: RoomRow;
  readonly member: MemberRow;
}

/**
 * Holds the room until the transaction ends, so that what changes its queue happens one after the other (QU3).
 *
 * @throws {AppError} `room_ended`, `removed_by_host`, `not_a_member` when something changed since the requester was let in
 */
export async function lockQueue(tx: Db, viewer: Viewer): Promise<LockedRoom> {
  await lockRooms(tx, [viewer.roomId]);
  const room = await findRoom(tx, viewer.roomId);
  if (room === null || room.endedAt !== null) throw new AppError('room_ended');
  const member = await findMember(tx, viewer.roomId, viewer.sessionId);
  if (member?.removed === true) throw new AppError('removed_by_host');
  if (member?.inRoom !== true) throw new AppError('not_a_member', { room: { code: room.code, name: room.name } });
  return { room, member };
}

/** @throws {AppError} `item_not_found` when no such song waits */
export async function requireSong(tx: Db, roomId: string, id: string): Promise<SongRow> {
  const song = await findWaitingSong(tx, roomId, id);
  if (song === null) throw new AppError('item_not_found');
  return song;
}
