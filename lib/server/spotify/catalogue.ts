import 'server-only';
import type { Track } from '@/lib/shared/snapshot';
import { SpotifyError } from './errors';
import { toTrack } from './playback';
import { type CatalogueItem, catalogueItem, searchResponse } from './responses';
import type { WebApi } from './web-api';

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

/** What one search brings at most (spotify-facts 4.1). */
export const searchPageSize = 10;

function toCatalogueTrack(item: CatalogueItem): CatalogueTrack {
  return { track: toTrack(item), playable: item.is_playable !== false && item.restrictions == null };
}

/** Spotify says in two ways that there is no such thing: 404, and 400 for an id that it does not even read. */
function isUnknown(error: unknown): boolean {
  return error instanceof SpotifyError && (error.kind === 'not_found' || error.kind === 'bad_request');
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
  async getTrack(id: string): Promise<CatalogueTrack | null> {
    try {
      const { value } = await this.#api.read(`/tracks/${encodeURIComponent(id)}`, catalogueItem, { kind: 'read' });
      if (value === null) throw new SpotifyError('nonsense');
      return toCatalogueTrack(value);
    } catch (error) {
      if (isUnknown(error)) return null;
      throw error;
    }
  }

  /**
   * Songs that fit some words, best first, {@link searchPageSize} at most.
   *
   * @param offset where the page begins, 0 to 990
   */
  async searchTracks(words: string, offset: number): Promise<TrackPage> {
    const query = { q: words, type: 'track', limit: String(searchPageSize), offset: String(offset) };
    const { value } = await this.#api.read('/search', searchResponse, { kind: 'search', query });
    if (value === null) throw new SpotifyError('nonsense');
    const { items, next } = value.tracks;
    const tracks = (items ?? []).flatMap((item) => (item ? [toCatalogueTrack(item)] : []));
    // An empty page that promises another one would be asked for again and again.
    const goesOn = next != null && (items ?? []).length > 0;
    return { tracks, nextOffset: goesOn ? offset + searchPageSize : null };
  }
}
