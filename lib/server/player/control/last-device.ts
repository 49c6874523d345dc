import 'server-only';
import { failedWith, SpotifyError } from '@/lib/server/spotify/errors';
import type { PlayerRoom } from '@/lib/server/player/state/player-state';
import { loadPlayerState } from '@/lib/server/player/state/store';

/** A 404 on a command, in whichever of Spotify's wordings: no device answers. */
function isDeviceAway(error: unknown): error is SpotifyError {
  return failedWith(error, 'no_active_device', 'device_not_found', 'not_found');
}

/** The same failure, as what a room shows of it: that no device answers (FD14). */
export function asNoDevice(error: unknown): unknown {
  return isDeviceAway(error) ? new SpotifyError('no_active_device', { cause: error }) : error;
}

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
    if (!isDeviceAway(error)) throw error;
    const deviceId = (await loadPlayerState(room.roomId))?.deviceId ?? null;
    if (deviceId === null) throw error;
    await act(deviceId).catch((second: unknown) => {
      throw isDeviceAway(second) || failedWith(second, 'restricted') ? error : second;
    });
  }
}
