import type { PlaybackStatus } from '@/lib/shared/contract/snapshot';

interface NothingPlayingWords {
  readonly title: string;
  readonly text: string;
}

const nothing: NothingPlayingWords = {
  title: 'Nothing is playing',
  text: 'Add a song, and it begins by itself. Or start one in Spotify where the music should come from.',
};

const words: Partial<Record<PlaybackStatus, NothingPlayingWords>> = {
  no_device: {
    title: 'No Spotify device is awake',
    text: 'Open Spotify where the music should come from and press play there once.',
  },
  ad: { title: 'An advert is playing', text: 'Spotify plays it on free accounts. The song comes back by itself.' },
  private: {
    title: 'A private session',
    text: 'Spotify does not tell what plays. End the private session in Spotify to show it here.',
  },
  unknown: { title: 'Looking for the song', text: 'Spotify has not said yet what is playing.' },
};

/** Why no song is shown, and how to wake the room. */
export function nothingPlayingWords(status: PlaybackStatus): NothingPlayingWords {
  return words[status] ?? nothing;
}
