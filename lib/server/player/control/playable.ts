import 'server-only';
import type { Track } from '@/lib/shared/contract/snapshot';
import { withSpotify } from '@/lib/server/auth/with-spotify';
import { failedWith, SpotifyError } from '@/lib/server/spotify/errors';
import type { PlayerRoom } from '@/lib/server/player/state/player-state';

/** Whether Spotify would play that song for this host; true as well when it does not say. */
export async function isPlayable({ hostSessionId }: PlayerRoom, track: Track): Promise<boolean> {
  const { id } = track;
  if (id === null) return false;
  try {
    const found = await withSpotify(hostSessionId, (spotify) => spotify.catalogue.getTrack(id));
    return found?.playable === true;
  } catch (error) {
    if (error instanceof SpotifyError) return true;
    throw error;
  }
}

/** Whether Spotify refused because of the song, and not because of the moment or the device. */
export async function isSongsFault(room: PlayerRoom, track: Track, error: SpotifyError): Promise<boolean> {
  if (failedWith(error, 'not_found', 'bad_request')) return true;
  return failedWith(error, 'restricted', 'forbidden') && !(await isPlayable(room, track));
}
