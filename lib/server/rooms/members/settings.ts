import 'server-only';
import { AppError } from '@/lib/server/runtime/app-error';
import type { RoomSettingsInput } from '@/lib/shared/contract/rooms';
import type { RoomDto } from '@/lib/shared/contract/snapshot';
import { approveSongs } from '@/lib/server/db/queue';
import { inRoomTransaction } from '@/lib/server/db/connection/room-transactions';
import { bumpRoom } from '@/lib/server/db/room-versions';
import { findRoom, lockRooms, updateRoomSettings } from '@/lib/server/db/rooms';
import type { Viewer } from '@/lib/server/session/room-access';
import { toRoomDto } from '@/lib/server/rooms/live/dto';

/** Co-hosts open and close the queue; everything else is the host's (HT3). @throws {AppError} `host_only` */
function requireMayChange(viewer: Viewer, keys: readonly string[]): void {
  if (viewer.role === 'host' || (viewer.coHost && keys.every((key) => key === 'queueOpen'))) return;
  throw new AppError('host_only');
}

/**
 * Changes the settings that were given. Never skips by itself: a song that has votes enough now is skipped by the next vote
 * (SV4). Switching approval off approves what waits for it (QU9).
 *
 * @throws {AppError} `host_only`
 */
export async function changeSettings(viewer: Viewer, settings: RoomSettingsInput): Promise<RoomDto> {
  requireMayChange(viewer, Object.keys(settings));
  return inRoomTransaction(viewer.roomId, async (tx) => {
    await lockRooms(tx, [viewer.roomId]);
    const room = await findRoom(tx, viewer.roomId);
    if (room === null || room.endedAt !== null) throw new AppError('room_ended');
    if (Object.keys(settings).length === 0) return toRoomDto(room);
    const changed = await updateRoomSettings(tx, viewer.roomId, settings);
    if (settings.asksApproval === false) await approveSongs(tx, { roomId: viewer.roomId });
    await bumpRoom(tx, viewer.roomId);
    return toRoomDto(changed);
  });
}
