import { createHash } from 'node:crypto';
import * as z from 'zod';
import { catalogue } from './catalogue';
import { idFor } from './ids';

const entrySchema = z.object({
  /** Null stands for a song that was taken down. */
  uri: z.string().nullable(),
  addedAt: z.string(),
  addedBy: z.string(),
});

const playlistSchema = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  /** Key of the account that owns it. */
  owner: z.string(),
  public: z.boolean(),
  collaborative: z.boolean(),
  followers: z.array(z.string()).readonly(),
  entries: z.array(entrySchema).readonly(),
  revision: z.number(),
});

export const playlistsSchema = z.array(playlistSchema).readonly();
export type Playlist = z.infer<typeof playlistSchema>;

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

function initialPlaylists(): readonly Playlist[] {
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

/** The playlists of all accounts. */
export class PlaylistBook {
  #playlists = new Map<string, Playlist>();

  constructor() {
    this.reset();
  }

  reset(): void {
    this.import(initialPlaylists());
  }

  find(id: string): Playlist | undefined {
    return this.#playlists.get(id);
  }

  all(): readonly Playlist[] {
    return [...this.#playlists.values()];
  }

  /** What an account sees in its own list: owned and followed. */
  ofAccount(account: string): readonly Playlist[] {
    return this.all().filter(({ owner, followers }) => owner === account || followers.includes(account));
  }

  create(input: Pick<Playlist, 'name' | 'description' | 'owner' | 'public' | 'collaborative'>): Playlist {
    const id = idFor(`playlist ${this.#playlists.size} ${input.owner} ${input.name}`);
    const playlist: Playlist = { ...input, id, followers: [], entries: [], revision: 1 };
    this.#playlists.set(id, playlist);
    return playlist;
  }

  /** Puts songs in at `position`, or at the end. */
  addItems(
    playlist: Playlist,
    items: readonly string[],
    position: number | null,
    addedBy: string,
    now: number,
  ): Playlist {
    const addedAt = `${new Date(now).toISOString().slice(0, 19)}Z`;
    const place = position ?? playlist.entries.length;
    const added = items.map((uri) => ({ uri, addedAt, addedBy }));
    const entries = [...playlist.entries.slice(0, place), ...added, ...playlist.entries.slice(place)];
    const changed = { ...playlist, entries, revision: playlist.revision + 1 };
    this.#playlists.set(playlist.id, changed);
    return changed;
  }

  import(playlists: readonly Playlist[]): void {
    this.#playlists = new Map(playlists.map((playlist) => [playlist.id, playlist]));
  }
}

/** Names one state of a playlist. */
export function snapshotId(playlist: Playlist): string {
  return createHash('sha256').update(`${playlist.id} ${playlist.revision}`).digest('base64').slice(0, 32);
}
