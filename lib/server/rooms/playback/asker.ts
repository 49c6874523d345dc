import 'server-only';
import { AppError } from '@/lib/server/runtime/app-error';
import { getDb } from '@/lib/server/db/connection/client';
import type { Asker } from '@/lib/server/player/control/command-line';
import { requireOpenRoom, requireStillAllowed } from '@/lib/server/rooms/change-room';
import { spendGuestCall } from '@/lib/server/session/guest-share';
import type { Right } from '@/lib/shared/rules/rights';
import type { Viewer } from '@/lib/server/session/room-access';

/**
 * A member as one who asks something of the room's player. Whoever had to wait is looked at again: the room has to be there, the member in it,
 * and the right theirs (CM4); then the call is counted as one that the room's guests cause (WT12).
 */
export function toAsker(viewer: Viewer, right: Right): Asker {
  const check = async (): Promise<void> => {
    const room = await requireOpenRoom(getDb(), viewer.roomId);
    await requireStillAllowed(getDb(), room, viewer, right);
    // The host has gone to another device, and the login with them.
    if (room.hostSessionId !== viewer.hostSessionId) throw new AppError('unavailable', { retryAfterSeconds: 1 });
    await spendGuestCall(viewer);
  };
  return { memberId: viewer.memberId, first: viewer.role === 'host', check };
}
