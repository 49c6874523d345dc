import { idFor } from './ids';
import type { Playlist } from './playlist';
import { initialPlaylists } from './standard-playlists';

/** The playlists of all accounts. */
export class PlaylistStore {
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
