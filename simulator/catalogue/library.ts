import type { Library } from '@/simulator/player/state';
import { catalogue } from './catalogue';
import type { PlaylistBook } from './playlist-book';

/** The catalogue and the playlists as a player sees them. */
export function createLibrary(playlists: PlaylistBook): Library {
  return {
    durationMs: (uri) => catalogue.find(uri)?.durationMs ?? 180_000,
    isPlayable(uri) {
      const item = catalogue.find(uri);
      return item !== undefined && (item.kind !== 'track' || item.playable);
    },
    contextTracks(contextUri) {
      const [, kind, id] = contextUri.split(':');
      switch (kind) {
        case 'album':
          return catalogue.albums.find((album) => album.id === id)?.trackUris ?? null;
        case 'artist': {
          const tracks = catalogue.tracks.filter(({ artists }) => artists.some((artist) => artist.id === id));
          return tracks.length === 0 ? null : tracks.map(({ uri }) => uri);
        }
        case 'playlist': {
          const entries = playlists.find(id ?? '')?.entries;
          return entries === undefined ? null : entries.flatMap(({ uri }) => uri ?? []);
        }
        case 'show':
          return catalogue.shows.find((show) => show.id === id)?.episodeUris ?? null;
        case undefined:
        default:
          return null;
      }
    },
    autoplayAfter(uri) {
      // Seven places on, so that it does not sound like the album going on.
      const playable = catalogue.tracks.filter((track) => track.playable);
      const place = playable.findIndex((track) => track.uri === uri);
      return playable[(place + 7) % playable.length]?.uri ?? uri;
    },
  };
}
