import 'server-only';
import type { Track } from '@/lib/shared/contract/snapshot';
import { withSpotify } from '@/lib/server/auth/with-spotify';
import { getDb } from '@/lib/server/db/connection/client';
import { hasUnplayableLately } from '@/lib/server/db/queue';
import { failedWith, SpotifyError } from '@/lib/server/spotify/errors';
import type { PlayerRoom } from '@/lib/server/player/state/player-state';

/** Whether Spotify would play that song for this host; true as well when it does not say. */
async function isPlayable({ hostSessionId }: PlayerRoom, track: Track): Promise<boolean> {
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

/**
 * Whether a song leaves the queue because this host cannot play it: the catalogue says so, and no other song has left for that in the last minute. Two
 * in a row are Spotify's trouble more likely than the songs' (FD14).
 */
export async function isUnplayable(room: PlayerRoom, track: Track): Promise<boolean> {
  return !(await isPlayable(room, track)) && !(await hasUnplayableLately(getDb(), room.roomId));
}

/** Whether Spotify would not have that song now, on this device, or at all: it does not say which. */
export function isRefusal(error: unknown): error is SpotifyError {
  return failedWith(error, 'not_found', 'device_not_found', 'bad_request', 'restricted', 'forbidden');
}

/**
 * Whether Spotify refused because of the song, and not because of the moment or the device. No refusal says that by itself, in whatever words: the
 * catalogue is asked (FD14).
 */
export async function isSongsFault(room: PlayerRoom, track: Track, error: SpotifyError): Promise<boolean> {
  return isRefusal(error) && (await isUnplayable(room, track));
}
