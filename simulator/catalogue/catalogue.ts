import { coverUrl } from './covers';
import { idFor } from './ids';
import { discography } from './discography';
import type { Album, Artist, Episode, LocalFile, Playable, Show, Track } from './types';

/** The made-up music that the simulated accounts can play. Immutable, and the same on every machine. */
export interface Catalogue {
  readonly artists: readonly Artist[];
  readonly albums: readonly Album[];
  readonly tracks: readonly Track[];
  readonly shows: readonly Show[];
  readonly episodes: readonly Episode[];
  readonly localFiles: readonly LocalFile[];
  find(uri: string): Playable | undefined;
}

const lengthMs = (length: string): number => {
  const [minutes = '0', seconds = '0'] = length.split(':');
  return (Number(minutes) * 60 + Number(seconds)) * 1000;
};

function buildCatalogue(): Catalogue {
  const artists = new Map<string, Artist>();
  const artist = (name: string): Artist => {
    const known = artists.get(name) ?? { id: idFor(`artist ${name}`), name };
    artists.set(name, known);
    return known;
  };

  const albums: Album[] = [];
  const tracks: Track[] = [];
  for (const entry of discography) {
    const trackIds = entry.songs.map((_, index) => idFor(`track ${entry.cover} ${index}`));
    const album: Album = {
      id: idFor(`album ${entry.cover}`),
      name: entry.title,
      artists: [artist(entry.artist)],
      kind: entry.kind,
      releaseDate: entry.released,
      coverUrl: coverUrl(entry.cover),
      trackUris: trackIds.map((id) => `spotify:track:${id}`),
    };
    albums.push(album);
    for (const [index, song] of entry.songs.entries()) {
      const id = trackIds[index] ?? '';
      tracks.push({
        kind: 'track',
        id,
        uri: `spotify:track:${id}`,
        name: song.title,
        durationMs: lengthMs(song.length),
        explicit: song.explicit === true,
        playable: song.unplayable !== true,
        trackNumber: index + 1,
        isrc: `XXSIM26${String(tracks.length + 1).padStart(5, '0')}`,
        artists: [artist(entry.artist), ...(song.guests ?? []).map(artist)],
        album,
      });
    }
  }

  const episodeIds = ['one', 'two'].map((number) => idFor(`episode ${number}`));
  const show: Show = {
    id: idFor('show'),
    name: 'A Show That Does Not Exist',
    publisher: 'Nobody & Sons',
    description: 'Two people talk about records that were never made.',
    coverUrl: coverUrl('the-long-hum'),
    episodeUris: episodeIds.map((id) => `spotify:episode:${id}`),
  };
  const episodes = ['Episode one: the missing B-side', 'Episode two: how to name a band'].map(
    (name, index): Episode => ({
      kind: 'episode',
      id: episodeIds[index] ?? '',
      uri: show.episodeUris[index] ?? '',
      name,
      description: 'Invented talk about invented music.',
      durationMs: lengthMs(index === 0 ? '31:30' : '24:05'),
      explicit: false,
      releaseDate: index === 0 ? '2026-01-09' : '2026-01-23',
      show,
    }),
  );

  const localFiles: LocalFile[] = [
    {
      kind: 'local',
      uri: 'spotify:local:Our+Band:Demos:Garage+take+3:187',
      name: 'Garage take 3',
      artistName: 'Our Band',
      albumName: 'Demos',
      durationMs: 187_000,
    },
  ];

  const byUri = new Map<string, Playable>([...tracks, ...episodes, ...localFiles].map((item) => [item.uri, item]));
  return {
    artists: [...artists.values()],
    albums,
    tracks,
    shows: [show],
    episodes,
    localFiles,
    find: (uri) => byUri.get(uri),
  };
}

/** The one catalogue. Tests import it to name songs without asking the server. */
export const catalogue: Catalogue = buildCatalogue();

/** Finds a song by its exact title, for tests and fixtures. Throws when there is none. */
export function requireTrack(title: string): Track {
  const found = catalogue.tracks.find((track) => track.name === title);
  if (found === undefined) throw new Error(`No song of the made-up catalogue is called "${title}".`);
  return found;
}
