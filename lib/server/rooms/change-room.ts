import 'server-only';
import { AppError } from '@/lib/server/runtime/app-error';
import type { Db } from '@/lib/server/db/connection/client';
import { inRoomTransaction } from '@/lib/server/db/connection/room-transactions';
import { findMember, type MemberRow } from '@/lib/server/db/members';
import { findWaitingSong, type SongRow } from '@/lib/server/db/queue';
import { bumpRoom } from '@/lib/server/db/room-versions';
import { findRoom, lockRooms, type RoomRow } from '@/lib/server/db/rooms';
import { keepWatched } from '@/lib/server/player/watch/keep-watched';
import type { Viewer } from '@/lib/server/session/room-access';
import { requireRight } from '@/lib/server/session/require-right';
import type { Right } from '@/lib/shared/rules/rights';

/** What a change works with: the room and the requester as they are while the room is held. */
export interface RoomChange {
  readonly tx: Db;
  readonly room: RoomRow;
  readonly member: MemberRow;
  /** Says that nothing changed after all: the version stays, and nothing is announced. */
  readonly unchanged: () => void;
}

export interface ChangeOptions {
  /** The right that the requester must still have. */
  readonly right: Right;
  /** `people` when somebody comes, goes, or changes name or role. */
  readonly what?: 'room' | 'people';
  /** Wakes the room's watcher afterwards, or starts one: there is something for the player to do. */
  readonly wake?: boolean;
}

/** The room, read while it is held. @throws {AppError} `room_ended` */
export async function requireOpenRoom(tx: Db, roomId: string): Promise<RoomRow> {
  const room = await findRoom(tx, roomId);
  if (room === null || room.endedAt !== null) throw new AppError('room_ended');
  return room;
}

/**
 * The requester as they are now.
 *
 * @throws {AppError} `removed_by_host`, `not_a_member`, `host_only` when that changed since they were let in
 */
export async function requireStillAllowed(tx: Db, room: RoomRow, viewer: Viewer, right: Right): Promise<MemberRow> {
  const member = await findMember(tx, room.id, viewer.sessionId);
  if (member?.removed === true) throw new AppError('removed_by_host');
  if (member?.inRoom !== true) throw new AppError('not_a_member', { room: { code: room.code, name: room.name } });
  requireRight({ ...member, guestsCanPause: room.guestsCanPause }, right);
  return member;
}

/**
 * Changes a room in one transaction that holds it, so that changes happen one after the other over all instances (QU3). What the request's
 * checks found is read again first. Unless `work` says that nothing changed, the version is raised and announced with the commit
 * (RO6).
 *
 * @returns what `work` returned
 * @throws {AppError} `room_ended`, `removed_by_host`, `not_a_member`, `host_only` when that changed since the requester was let in; and
 * what `work` throws: then nothing is written
 */
export async function changeRoom<T>(
  viewer: Viewer,
  options: ChangeOptions,
  work: (change: RoomChange) => Promise<T>,
): Promise<T> {
  const result = await inRoomTransaction(viewer.roomId, async (tx) => {
    await lockRooms(tx, [viewer.roomId]);
    const room = await requireOpenRoom(tx, viewer.roomId);
    const member = await requireStillAllowed(tx, room, viewer, options.right);
    let changed = true;
    const done = await work({ tx, room, member, unchanged: () => void (changed = false) });
    if (changed) await bumpRoom(tx, room.id, options.what);
    return done;
  });
  if (options.wake === true) keepWatched(viewer.roomId);
  return result;
}

/** @throws {AppError} `item_not_found` when no such song waits */
export async function requireSong(tx: Db, roomId: string, id: string): Promise<SongRow> {
  const song = await findWaitingSong(tx, roomId, id);
  if (song === null) throw new AppError('item_not_found');
  return song;
}
