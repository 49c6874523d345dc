import 'server-only';
import type { Track } from '@/lib/shared/contract/snapshot';
import { SpotifyError } from './errors';
import { toTrack } from './playback';
import { type CatalogueItem, catalogueItem, searchResponse } from './responses';
import type { CallKind, WebApi } from './web-api';

/** A song of Spotify's catalogue, and whether the host's account can play it where it lives. */
export interface CatalogueTrack {
  readonly track: Track;
  readonly playable: boolean;
}

/** One page of what was found. */
export interface TrackPage {
  readonly tracks: readonly CatalogueTrack[];
  /** Where the next page begins; null after the last one. */
  readonly nextOffset: number | null;
}

/** What one search brings at most. */
export const searchPageSize = 10;

function toCatalogueTrack(item: CatalogueItem): CatalogueTrack {
  return { track: toTrack(item), playable: item.is_playable !== false && item.restrictions == null };
}

/** What Spotify answers to an id, or to words, that it does not even read. */
function isUnreadable(error: unknown): boolean {
  return error instanceof SpotifyError && error.kind === 'bad_request';
}

function isUnknown(error: unknown): boolean {
  return isUnreadable(error) || (error instanceof SpotifyError && error.kind === 'not_found');
}

/**
 * Songs of Spotify's catalogue, in our own types.
 *
 * Every method throws {@link SpotifyError}.
 */
export class Catalogue {
  readonly #api: WebApi;

  constructor(api: WebApi) {
    this.#api = api;
  }

  /** The song with that id, or null when there is none. It may come under another id: Spotify relinks songs. */
  async getTrack(id: string, kind: CallKind = 'read'): Promise<CatalogueTrack | null> {
    try {
      return toCatalogueTrack(await this.#api.read(`/tracks/${encodeURIComponent(id)}`, catalogueItem, { kind }));
    } catch (error) {
      if (isUnknown(error)) return null;
      throw error;
    }
  }

  /**
   * Songs that fit some words, best first, {@link searchPageSize} at most; none for words that Spotify does not read.
   *
   * @param offset where the page begins, 0 to 990
   */
  async searchTracks(words: string, offset: number): Promise<TrackPage> {
    const query = { q: words, type: 'track', limit: String(searchPageSize), offset: String(offset) };
    let found;
    try {
      found = await this.#api.read('/search', searchResponse, { kind: 'search', query });
    } catch (error) {
      if (isUnreadable(error)) return { tracks: [], nextOffset: null };
      throw error;
    }
    const items = found.tracks.items ?? [];
    // An empty page that promises another one would be asked for again and again.
    const goesOn = found.tracks.next != null && items.length > 0;
    return {
      tracks: items.flatMap((item) => (item ? [toCatalogueTrack(item)] : [])),
      nextOffset: goesOn ? offset + searchPageSize : null,
    };
  }
}
