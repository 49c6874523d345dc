import type { SpotifyState } from '@/lib/shared/contract/snapshot';

/** A moment as people say it: the time, with the day when it is not today. */
function timeOf(iso: string): string {
  const at = new Date(iso);
  const time = at.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
  const isToday = at.toDateString() === new Date().toDateString();
  return isToday ? time : `${at.toLocaleDateString([], { weekday: 'long' })}, ${time}`;
}

/** What keeps Spotify from doing what the room asks; null when nothing does. */
export function spotifyWords(spotify: SpotifyState, isHost: boolean): string | null {
  switch (spotify.status) {
    case 'connected':
    case 'not_connected':
      return null;
    case 'reconnect':
      return isHost
        ? 'Spotify asks you to log in again. The music plays on.'
        : 'Spotify asks the host to log in again. The music plays on; the remote comes back by itself.';
    case 'not_allowed':
      return (
        spotify.detail ??
        'Spotify does not let this account use the app. Its owner has to add the host to the allow list.'
      );
    case 'premium_required':
      return 'Spotify lets only Premium accounts be controlled. The song is shown; the buttons need Premium.';
    case 'rate_limited':
      return `Spotify takes no requests from this app until ${spotify.retryAt === undefined ? 'later' : timeOf(spotify.retryAt)}. The music plays on; buttons come back by themselves.`;
    case 'unavailable':
      return 'Spotify stopped answering. The music plays on; buttons come back by themselves.';
  }
}
