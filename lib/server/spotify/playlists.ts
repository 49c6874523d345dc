import 'server-only';
import type { z } from 'zod';
import type { ListedPlaylist } from '@/lib/shared/contract/playlists';
import type { Track } from '@/lib/shared/contract/snapshot';
import { SpotifyError } from './errors';
import { nameOr, spotifyLink, toTrack } from './playback';
import {
  playlistItemsResponse,
  type PlaylistResponse,
  playlistResponse,
  playlistsResponse,
  profileResponse,
} from './responses';
import type { WebApi } from './web-api';

/** A playlist by itself. */
export interface PlaylistHead {
  readonly id: string;
  readonly uri: string;
  readonly name: string;
  /** Where it is on Spotify. */
  readonly url: string;
}

interface Page<T> {
  readonly items: readonly (T | null | undefined)[];
  readonly next?: string | null | undefined;
}

/** What a page brings at most. */
const pageSize = 50;
const mostPlaylists = 200;
/** Songs of one playlist that are read at most: 20 requests. */
const mostSongs = 1_000;
/** Songs that one request adds at most. */
export const addedAtOnce = 100;

const at = (id: string): string => `/playlists/${encodeURIComponent(id)}`;

/** A playlist that is gone, has an impossible id, is Spotify's own, or is another account's and hidden. */
function isOutOfReach(error: unknown): boolean {
  return error instanceof SpotifyError && ['not_found', 'bad_request', 'forbidden'].includes(error.kind);
}

/** Null for what the account cannot reach. */
async function ifReachable<T>(work: () => Promise<T>): Promise<T | null> {
  try {
    return await work();
  } catch (error) {
    if (isOutOfReach(error)) return null;
    throw error;
  }
}

const unnamed = 'Unnamed playlist';

function toHead({ id, uri, name, external_urls: urls }: PlaylistResponse): PlaylistHead {
  return {
    id,
    uri,
    name: nameOr(unnamed, name),
    url: spotifyLink(urls) ?? `https://open.spotify.com/playlist/${encodeURIComponent(id)}`,
  };
}

/**
 * Playlists of the host's account, in our own types.
 *
 * Every method throws {@link SpotifyError}.
 */
export class Playlists {
  readonly #api: WebApi;

  constructor(api: WebApi) {
    this.#api = api;
  }

  /** The account's own and followed playlists in its own order, 200 at most. Needs `playlist-read-private`. */
  async list(): Promise<readonly ListedPlaylist[]> {
    const profile = await this.#api.read('/me', profileResponse, { kind: 'profile' });
    const found = await this.#all('/me/playlists', playlistsResponse, mostPlaylists);
    return found.map(({ id, name, owner, items, tracks }) => {
      const isOwn = owner?.id === profile.id;
      return { id, name: nameOr(unnamed, name), songs: (items ?? tracks)?.total ?? 0, isOwn };
    });
  }

  /** What a playlist is called, or null when it is gone or Spotify does not show it. */
  find(id: string): Promise<PlaylistHead | null> {
    return ifReachable(async () => {
      // Its songs would come along otherwise.
      const query = { fields: 'id,uri,name,external_urls' };
      return toHead(await this.#api.read(at(id), playlistResponse, { kind: 'read', query }));
    });
  }

  /**
   * The songs in a playlist, the first 1,000 entries of it, without episodes, local files and what was taken down. Null when the account
   * neither owns it nor collaborates, or it is gone.
   */
  getSongs(id: string): Promise<readonly Track[] | null> {
    return ifReachable(async () => {
      const entries = await this.#all(`${at(id)}/items`, playlistItemsResponse, mostSongs, {
        additional_types: 'track',
      });
      const tracks = entries.flatMap(({ item, track }) => item ?? track ?? []).map(toTrack);
      return tracks.filter(({ kind }) => kind === 'track');
    });
  }

  /** Makes an empty playlist that is not on the profile. Twice makes two. Needs `playlist-modify-private`. */
  async create(name: string): Promise<PlaylistHead> {
    return toHead(await this.#api.create('/me/playlists', playlistResponse, { name, public: false }));
  }

  /** Adds songs at the end, {@link addedAtOnce} at most. Twice adds them twice. */
  add(id: string, uris: readonly string[]): Promise<void> {
    return this.#api.command('POST', `${at(id)}/items`, {}, { uris });
  }

  /** Everything in a list, page after page up to `most`; holes are left out. */
  async #all<T>(
    path: string,
    schema: z.ZodType<Page<T>>,
    most: number,
    query: Readonly<Record<string, string>> = {},
  ): Promise<readonly T[]> {
    const found: T[] = [];
    for (let offset = 0; offset < most; offset += pageSize) {
      const paging = { limit: String(pageSize), offset: String(offset) };
      const page = await this.#api.read(path, schema, { kind: 'read', query: { ...query, ...paging } });
      for (const entry of page.items) if (entry != null) found.push(entry);
      if (page.next == null || page.items.length === 0) break;
    }
    return found;
  }
}
