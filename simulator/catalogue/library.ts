import { catalogue } from './catalogue';
import type { PlaylistStore } from './playlist-store';

/** What the player asks about the music. */
export interface Library {
  durationMs(uri: string): number;
  isPlayable(uri: string): boolean;
  /** Tracks of an album, artist, playlist or show; null when there is none by that URI. */
  contextTracks(contextUri: string): readonly string[] | null;
  /** What comes after the last song when autoplay is on. */
  autoplayAfter(uri: string): string;
}

/** The catalogue and the playlists as a player sees them. */
export function createLibrary(playlists: PlaylistStore): Library {
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
      // Seven places on, so that it is not the next song of the album.
      const playable = catalogue.tracks.filter((track) => track.playable);
      const place = playable.findIndex((track) => track.uri === uri);
      return playable[(place + 7) % playable.length]?.uri ?? uri;
    },
  };
}
