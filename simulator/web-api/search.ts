import { catalogue } from '@/simulator/catalogue/catalogue';
import { type Searchable, search } from '@/simulator/catalogue/search';
import { type Answer, json } from '@/simulator/http/call';
import type { Route } from '@/simulator/http/router';
import type { World } from '@/simulator/world/world';
import { apiError } from './request/errors';
import { albumObject, artistObject, episodeObject, type Profile, showObject, trackObject } from './objects/items';
import { pageOf, pagingObject } from './objects/paging';
import { simplePlaylist } from './objects/playlists';
import { readPage } from './request/query';
import { type ApiCall, apiRoute } from './request/authorization';

const searchTypes = ['album', 'artist', 'playlist', 'track', 'show', 'episode', 'audiobook'] as const;
type SearchType = (typeof searchTypes)[number];

/** Spotify shows a list no further than this. */
const largestOffset = 1000;

/** `GET /v1/search`. @see https://developer.spotify.com/documentation/web-api/reference/search */
export function searchRoutes(world: World): readonly Route[] {
  return [apiRoute('GET /v1/search', world, {}, (call) => answerSearch(world, call))];
}

function answerSearch(world: World, call: ApiCall): Answer {
  const { profile } = world.settings;
  const query = call.query.get('q')?.trim() ?? '';
  if (query === '') return apiError(400, 'No search query');
  const types = readTypes(call.query.get('type'));
  if (types === 'missing') return apiError(400, 'Missing parameter type');
  if (types === 'bad') return apiError(400, 'Bad search type field');
  const bounds = profile === 'extended' ? { most: 50, fallback: 20 } : { most: 10, fallback: 5 };
  const page = readPage(call.query, { ...bounds, furthest: largestOffset });
  if (!page.ok) return page.answer;

  const answer: Record<string, unknown> = {};
  for (const type of types) {
    const found = findAll(world, type, query, profile);
    const asked = new URLSearchParams({ query, type });
    answer[`${type}s`] = pagingObject({
      base: `https://api.spotify.com/v1/search?${asked}`,
      items: pageOf(found, page.value),
      total: found.length,
      ...page.value,
    });
  }
  return json(200, answer, { 'cache-control': 'private, max-age=60' });
}

function readTypes(text: string | null): readonly SearchType[] | 'missing' | 'bad' {
  if (text === null || text === '') return 'missing';
  const asked = text.split(',');
  const known = searchTypes.filter((type) => asked.includes(type));
  return known.length === new Set(asked).size ? known : 'bad';
}

const named = <T>(item: T, title: string, more: Partial<Searchable<T>> = {}): Searchable<T> => ({
  item,
  title,
  artists: [],
  album: '',
  year: null,
  isrc: null,
  ...more,
});

const yearOf = (date: string): number => Number(date.slice(0, 4));

function findAll(world: World, type: SearchType, query: string, profile: Profile): readonly unknown[] {
  switch (type) {
    case 'track': {
      const list = catalogue.tracks.map((track) =>
        named(track, track.name, {
          artists: track.artists.map(({ name }) => name),
          album: track.album.name,
          year: yearOf(track.album.releaseDate),
          isrc: track.isrc,
        }),
      );
      return search(list, query).map((track) => trackObject(track, profile));
    }
    case 'album': {
      const list = catalogue.albums.map((album) =>
        named(album, album.name, {
          artists: album.artists.map(({ name }) => name),
          album: album.name,
          year: yearOf(album.releaseDate),
        }),
      );
      return search(list, query).map((album) => albumObject(album, profile));
    }
    case 'artist': {
      const list = catalogue.artists.map((artist) => named(artist, artist.name, { artists: [artist.name] }));
      return search(list, query).map((artist) => artistObject(artist, profile));
    }
    case 'playlist': {
      const list = world.playlists
        .all()
        .filter((playlist) => playlist.public)
        .map((playlist) => named(playlist, playlist.name));
      const found = search(list, query).map((playlist) => simplePlaylist(world, playlist));
      // Spotify leaves holes where its own playlists were.
      return found.length === 0 ? found : [null, ...found];
    }
    case 'show':
      return search(
        catalogue.shows.map((show) => named(show, show.name)),
        query,
      ).map((show) => showObject(show, profile));
    case 'episode':
      return search(
        catalogue.episodes.map((episode) => named(episode, episode.name)),
        query,
      ).map((episode) => episodeObject(episode, profile));
    case 'audiobook':
      return [];
  }
}
