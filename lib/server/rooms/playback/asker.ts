import 'server-only';
import { getDb } from '@/lib/server/db/connection/client';
import type { Asker } from '@/lib/server/player/control/command-line';
import { type ChangeOptions, requireOpenRoom, requireStillAllowed } from '@/lib/server/rooms/change-room';
import { requireCanPause } from '@/lib/server/rooms/policy';
import { spendGuestCall } from '@/lib/server/session/guest-share';
import type { Viewer } from '@/lib/server/session/room-access';

/** The right that somebody needs for a command; `pause` is that of pausing and resuming. */
export type CommandRight = ChangeOptions['as'] | 'pause';

/**
 * A member as one who asks something of the room's player. Whoever had to wait is looked at again: the room has to be there, the member in it,
 * and the right theirs (CM4); then the call is counted as one that the room's guests cause (WT12).
 */
export function toAsker(viewer: Viewer, right: CommandRight): Asker {
  const check = async (): Promise<void> => {
    const room = await requireOpenRoom(getDb(), viewer.roomId);
    const member = await requireStillAllowed(getDb(), room, viewer, right === 'pause' ? 'member' : right);
    if (right === 'pause') requireCanPause({ ...member, guestsCanPause: room.guestsCanPause });
    await spendGuestCall(viewer);
  };
  return { memberId: viewer.memberId, first: viewer.role === 'host', check };
}
