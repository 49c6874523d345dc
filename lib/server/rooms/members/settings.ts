import 'server-only';
import type { RoomSettingsInput } from '@/lib/shared/contract/rooms';
import type { RoomDto } from '@/lib/shared/contract/snapshot';
import { approveSongs } from '@/lib/server/db/queue';
import { updateRoomSettings } from '@/lib/server/db/rooms';
import { requireRight } from '@/lib/server/session/require-right';
import type { Viewer } from '@/lib/server/session/room-access';
import { admitAll } from './door';
import { changeRoom } from '@/lib/server/rooms/change-room';
import { toRoomDto } from '@/lib/server/rooms/live/dto';

/**
 * Changes the settings that were given. Never skips by itself: a song that has votes enough now is skipped by the next vote
 * (SV4). Switching approval off approves what waits for it (QU9); opening the door lets in who waits there (AM6). Co-hosts open and close the queue; everything else is the host's (HT3).
 *
 * @throws {AppError} `host_only`
 */
export async function changeSettings(viewer: Viewer, settings: RoomSettingsInput): Promise<RoomDto> {
  const changed = await changeRoom(viewer, { right: 'open_queue' }, async ({ tx, room, member, unchanged }) => {
    if (Object.keys(settings).some((key) => key !== 'queueOpen')) requireRight(member, 'configure');
    if (Object.keys(settings).length === 0) {
      unchanged();
      return toRoomDto(room);
    }
    const stored = await updateRoomSettings(tx, viewer.roomId, settings);
    if (settings.asksApproval === false) await approveSongs(tx, { roomId: viewer.roomId });
    return toRoomDto(stored);
  });
  if (settings.admission === 'open') await admitAll(viewer);
  return changed;
}
