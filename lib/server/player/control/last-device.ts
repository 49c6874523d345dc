import 'server-only';
import { failedWith } from '@/lib/server/spotify/errors';
import type { PlayerRoom } from '@/lib/server/player/state/player-state';
import { loadPlayerState } from '@/lib/server/player/state/store';

/**
 * Does something on the active device; where there is none, once more on the one that last played (CM2).
 *
 * @param act given the device to use; undefined for the active one
 * @throws {SpotifyError} `no_active_device` as well when the last device is gone: for people it is the same
 */
export async function withLastDevice(room: PlayerRoom, act: (deviceId?: string) => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (!failedWith(error, 'no_active_device')) throw error;
    const deviceId = (await loadPlayerState(room.roomId))?.deviceId ?? null;
    if (deviceId === null) throw error;
    await act(deviceId).catch((second: unknown) => {
      throw failedWith(second, 'device_not_found', 'not_found', 'restricted') ? error : second;
    });
  }
}
