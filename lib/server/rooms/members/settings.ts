import 'server-only';
import { AppError } from '@/lib/server/runtime/app-error';
import type { RoomSettingsInput } from '@/lib/shared/contract/rooms';
import type { RoomDto } from '@/lib/shared/contract/snapshot';
import { approveSongs } from '@/lib/server/db/queue';
import { updateRoomSettings } from '@/lib/server/db/rooms';
import type { MemberRow } from '@/lib/server/db/members';
import type { Viewer } from '@/lib/server/session/room-access';
import { changeRoom } from '@/lib/server/rooms/change-room';
import { toRoomDto } from '@/lib/server/rooms/live/dto';

/** Co-hosts open and close the queue; everything else is the host's (HT3). @throws {AppError} `host_only` */
function requireMayChange(member: MemberRow, keys: readonly string[]): void {
  if (member.role === 'host' || (member.coHost && keys.every((key) => key === 'queueOpen'))) return;
  throw new AppError('host_only');
}

/**
 * Changes the settings that were given. Never skips by itself: a song that has votes enough now is skipped by the next vote
 * (SV4). Switching approval off approves what waits for it (QU9).
 *
 * @throws {AppError} `host_only`
 */
export function changeSettings(viewer: Viewer, settings: RoomSettingsInput): Promise<RoomDto> {
  return changeRoom(viewer, { as: 'member' }, async ({ tx, room, member, unchanged }) => {
    requireMayChange(member, Object.keys(settings));
    if (Object.keys(settings).length === 0) {
      unchanged();
      return toRoomDto(room);
    }
    const changed = await updateRoomSettings(tx, viewer.roomId, settings);
    if (settings.asksApproval === false) await approveSongs(tx, { roomId: viewer.roomId });
    return toRoomDto(changed);
  });
}
