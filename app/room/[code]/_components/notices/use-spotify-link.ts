import { useRoom } from '@/lib/client/room/use-room';

/** Not the bare domain: phones open the app by a path alone. */
const home = 'https://open.spotify.com/home';

/**
 * A link that opens Spotify on the device that it is pressed on, and so wakes it (SC5): the page of the first waiting song, which Spotify
 * may begin to play, or Spotify's own first page.
 */
export function useSpotifyLink(): string {
  return useRoom(({ queue }) => queue.find(({ state }) => state !== 'pending')?.track.url ?? home);
}
