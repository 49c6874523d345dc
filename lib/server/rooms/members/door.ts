import 'server-only';
import { AppError } from '@/lib/server/runtime/app-error';
import type { WaitingDto } from '@/lib/shared/contract/waiting';
import { type Db, getDb } from '@/lib/server/db/connection/client';
import { inRoomTransaction } from '@/lib/server/db/connection/room-transactions';
import {
  deleteKnock,
  deleteKnocksOf,
  findKnockById,
  findWaiting,
  type KnockRow,
  recountWaiting,
  turnAway,
} from '@/lib/server/db/knocks';
import { clearCurrentRoom, enterRoom, findMember, findMemberById } from '@/lib/server/db/members';
import { bumpRoom } from '@/lib/server/db/room-versions';
import { lockRooms } from '@/lib/server/db/rooms';
import { changeRoom, requireOpenRoom, requireStillAllowed } from '@/lib/server/rooms/change-room';
import type { Viewer, Waiter } from '@/lib/server/session/room-access';
import { leaveCurrentRoom, lockSessionAndRooms } from './current-room';

/** Those who wait at the door, oldest first (AM2). */
export async function listWaiting(viewer: Viewer): Promise<readonly WaitingDto[]> {
  const waiting = await findWaiting(getDb(), viewer.roomId);
  return waiting.map(({ id, name, knockedAt }) => ({ id, name, since: knockedAt.toISOString() }));
}

/** Who waited is a member from here on, under the id of the knock. Whoever has become a host elsewhere meanwhile waits no longer. */
async function letIn(tx: Db, { id, roomId, sessionId, name }: KnockRow): Promise<void> {
  const current = await lockSessionAndRooms(tx, sessionId, [roomId]);
  await deleteKnock(tx, roomId, sessionId);
  const known = await findMember(tx, roomId, sessionId);
  if (known?.inRoom !== true && current?.role !== 'host') {
    if (current !== null) await leaveCurrentRoom(tx, current);
    await clearCurrentRoom(tx, sessionId);
    await enterRoom(tx, { id, roomId, sessionId, name, role: 'guest' });
  }
  await recountWaiting(tx, roomId);
  await bumpRoom(tx, roomId, 'people');
}

/**
 * Lets somebody in who waits (AM2); who is in already stays so. A room they are a guest of elsewhere is left by it.
 *
 * @throws {AppError} `member_not_found`, and what has changed for the viewer meanwhile
 */
export function admit(viewer: Viewer, id: string): Promise<void> {
  return inRoomTransaction(viewer.roomId, async (tx) => {
    const knock = await findKnockById(tx, viewer.roomId, id);
    // The session before its rooms, as everywhere: nobody who moves and nobody who admits blocks the other.
    if (knock !== null) await lockSessionAndRooms(tx, knock.sessionId, [viewer.roomId]);
    const room = await requireOpenRoom(tx, viewer.roomId);
    await requireStillAllowed(tx, room, viewer, 'admit');
    const waits = knock === null ? null : await findKnockById(tx, viewer.roomId, id);
    if (waits !== null) return letIn(tx, waits);
    const member = await findMemberById(tx, viewer.roomId, id);
    if (member?.inRoom !== true) throw new AppError('member_not_found');
  });
}

/** Lets everybody in who waits, one after the other: the door is open now (AM6). */
export async function admitAll(viewer: Viewer): Promise<void> {
  for (const { id } of await findWaiting(getDb(), viewer.roomId)) {
    await admit(viewer, id).catch((error: unknown) => {
      // Gave up, or was turned away, a moment ago.
      if (!(error instanceof AppError && error.code === 'member_not_found')) throw error;
    });
  }
}

/** Turns somebody away who waits: they may not knock again for a while (AM4). @throws {AppError} `member_not_found` */
export function refuse(viewer: Viewer, id: string): Promise<void> {
  return changeRoom(viewer, { right: 'admit', what: 'people' }, async ({ tx, room }) => {
    const knock = await findKnockById(tx, room.id, id);
    if (knock === null) throw new AppError('member_not_found');
    await turnAway(tx, knock.id);
    await recountWaiting(tx, room.id);
  });
}

/** Who waits gives up. */
export function giveUp({ roomId, sessionId }: Waiter): Promise<void> {
  return inRoomTransaction(roomId, async (tx) => {
    await lockRooms(tx, [roomId]);
    if (!(await deleteKnock(tx, roomId, sessionId))) return;
    await recountWaiting(tx, roomId);
    await bumpRoom(tx, roomId, 'people');
  });
}

/** A session that is logged out, or becomes a host, waits nowhere any more. Call it last: it announces. */
export async function giveUpEverywhere(tx: Db, sessionId: string): Promise<void> {
  for (const roomId of (await deleteKnocksOf(tx, sessionId)).toSorted()) {
    await recountWaiting(tx, roomId);
    await bumpRoom(tx, roomId, 'people');
  }
}
