import 'server-only';
import { AppError } from '@/lib/server/runtime/app-error';
import { leaveRoom } from '@/lib/server/db/members';
import { endRoom } from '@/lib/server/db/rooms';
import { changeRoom } from '@/lib/server/rooms/change-room';
import type { Viewer, Waiter } from '@/lib/server/session/room-access';
import { giveUp } from './door';

/** What had happened already, by a second press or in another tab, is as good as done. */
const doneAlready: ReadonlySet<string> = new Set(['room_ended', 'removed_by_host', 'not_a_member']);

async function unlessDone(change: Promise<unknown>): Promise<void> {
  try {
    await change;
  } catch (error) {
    if (!(error instanceof AppError && doneAlready.has(error.code))) throw error;
  }
}

/** Leaves the room, or its door; the host leaving ends it (RO3). */
export function leave(viewer: Viewer | Waiter): Promise<void> {
  if (viewer.role === 'waiting') return giveUp(viewer);
  return unlessDone(
    changeRoom(viewer, { right: 'leave', what: 'people' }, async ({ tx, room, member }) => {
      if (member.role === 'host') await endRoom(tx, room.id);
      else await leaveRoom(tx, member.id, 'left');
    }),
  );
}

/** Ends the room for everybody (RO4). */
export function end(viewer: Viewer): Promise<void> {
  return unlessDone(changeRoom(viewer, { right: 'end_room', what: 'people' }, ({ tx, room }) => endRoom(tx, room.id)));
}
