import type { Route } from '@/simulator/http/router';
import type { World } from '@/simulator/world/world';
import { forbidden } from './request/errors';
import { apiRoute } from './request/authorization';

const removed: readonly string[] = [
  ...['albums', 'artists', 'tracks', 'episodes', 'shows', 'audiobooks', 'chapters'].map((kind) => `GET /v1/${kind}`),
  'GET /v1/browse/*',
  'GET /v1/markets',
  'GET /v1/recommendations',
  'GET /v1/audio-features',
  'GET /v1/audio-features/:id',
  'GET /v1/audio-analysis/:id',
  'GET /v1/artists/:id/top-tracks',
  'GET /v1/artists/:id/related-artists',
  'GET /v1/users/:id',
  'GET /v1/users/:id/playlists',
  'POST /v1/users/:id/playlists',
  'PUT /v1/me/tracks',
  'DELETE /v1/me/tracks',
  'PUT /v1/me/albums',
  'DELETE /v1/me/albums',
  'PUT /v1/me/following',
  'DELETE /v1/me/following',
  'PUT /v1/playlists/:id/followers',
  'DELETE /v1/playlists/:id/followers',
];

/**
 * Routes that apps of development mode no longer have: batch reads, browsing, other people.
 *
 * @see https://developer.spotify.com/documentation/web-api/tutorials/february-2026-migration-guide
 */
export function removedRoutes(world: World): readonly Route[] {
  return removed.map((declaration) => apiRoute(declaration, world, {}, () => forbidden()));
}
