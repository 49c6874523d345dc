import { catalogue } from './catalogue';
import { idFor } from './ids';
import type { Playlist } from './playlist';

const uris = (...titles: readonly string[]): readonly string[] =>
  titles.map((title) => catalogue.tracks.find((track) => track.name === title)?.uri ?? '');

const entriesOf = (owner: string, list: readonly (string | null)[]): Playlist['entries'] =>
  list.map((uri, index) => ({
    uri,
    addedAt: new Date(Date.UTC(2026, 5, 1, 18, index)).toISOString().replace('.000', ''),
    addedBy: owner,
  }));

const kitchenSongs = uris(
  'Low Tide',
  'Two Left Shoes',
  'Paper Planets',
  'Kettle',
  'Shortwave Roses',
  'قهوة ومطر',
  'Dance Like the Landlord Moved Out',
  'Condensation (2025 Remaster)',
  'Kitchen Floor, 2 a.m.',
  '🪩🕺✨ (feat. 👨‍👩‍👧‍👦)',
  'Pass Me the Remote',
  'One More and Then Home',
);

const lateSongs = uris(
  'Upper Deck, Front Seat',
  'Moonrise over the Car Park',
  'Hum in the Wall',
  'Between Stations',
  'Goodnight, Substation',
  'Sunday, Clearing Later',
);

/** The playlist that plays on Alex's speaker when the simulator starts. */
export const kitchenPlaylistId = idFor('playlist kitchen');
/** Sam's playlist: with a local file, an episode and a song that was taken down. */
export const latePlaylistId = idFor('playlist late');

export function initialPlaylists(): readonly Playlist[] {
  return [
    {
      id: kitchenPlaylistId,
      name: 'Kitchen, Saturday',
      description: 'For cooking and what comes after.',
      owner: 'alex',
      public: true,
      collaborative: false,
      followers: ['sam'],
      entries: entriesOf('alex', kitchenSongs),
      revision: 1,
    },
    {
      id: latePlaylistId,
      name: 'Late',
      description: '',
      owner: 'sam',
      public: false,
      collaborative: false,
      followers: ['alex'],
      entries: entriesOf('sam', [
        ...lateSongs,
        null,
        catalogue.localFiles[0]?.uri ?? null,
        catalogue.episodes[0]?.uri ?? null,
      ]),
      revision: 1,
    },
  ];
}
