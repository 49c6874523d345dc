import * as z from 'zod';
import { catalogue } from '@/simulator/catalogue/catalogue';
import { isSpotifyId } from '@/simulator/catalogue/ids';
import { type Playlist, snapshotId } from '@/simulator/catalogue/playlist';
import { type Answer, json } from '@/simulator/http/call';
import { route, type Route } from '@/simulator/http/router';
import type { World } from '@/simulator/world/world';
import { apiError, forbidden, notFound } from './request/errors';
import { pagingObject } from './objects/paging';
import { fullPlaylist, itemsPage, simplePlaylist } from './objects/playlists';
import { readInteger, readJson } from './request/query';
import { type ApiCall, findToken, withAccount } from './request/authorization';

const createBody = z.object({
  name: z.string().min(1),
  public: z.boolean().default(true),
  collaborative: z.boolean().default(false),
  description: z.string().default(''),
});

const addBody = z.object({
  uris: z.array(z.string()).optional(),
  position: z.number().int().min(0).optional(),
});

const modifyScopes = ['playlist-modify-private', 'playlist-modify-public'];
const mostItems = 100;

/** Reading, making and filling playlists. @see https://developer.spotify.com/documentation/web-api/concepts/playlists */
export function playlistRoutes(world: World): readonly Route[] {
  const readPage = withAccount(world, { scopes: ['playlist-read-private'] }, (call) => answerItems(world, call));
  const add = withAccount(world, { anyScope: modifyScopes }, (call) => answerAdd(world, call));
  const routes = [
    route(
      'GET /v1/me/playlists',
      withAccount(world, { scopes: ['playlist-read-private'] }, (call) => answerOwn(world, call)),
    ),
    route(
      'POST /v1/me/playlists',
      withAccount(world, { anyScope: modifyScopes }, (call) => answerCreate(world, call)),
    ),
    route(
      'GET /v1/playlists/:id',
      withAccount(world, {}, (call) =>
        withPlaylist(world, call, (playlist) => json(200, fullPlaylist(world, playlist, isOwner(playlist, call)))),
      ),
    ),
    route('GET /v1/playlists/:id/items', readPage),
    route('POST /v1/playlists/:id/items', add),
  ];
  // The old name of the same two routes, which only older apps still have.
  const oldOnly =
    (handler: typeof add): typeof add =>
    (call, params) =>
      world.settings.profile === 'extended' ? handler(call, params) : forbidden();
  return [
    ...routes,
    route('GET /v1/playlists/:id/tracks', oldOnly(readPage)),
    route('POST /v1/playlists/:id/tracks', oldOnly(add)),
  ];
}

const isOwner = (playlist: Playlist, call: ApiCall): boolean =>
  playlist.owner === call.account.key || (playlist.collaborative && playlist.followers.includes(call.account.key));

function withPlaylist(world: World, call: ApiCall, act: (playlist: Playlist) => Answer): Answer {
  const id = call.params['id'] ?? '';
  if (!isSpotifyId(id)) return apiError(400, 'Invalid base62 id');
  const playlist = world.playlists.find(id);
  return playlist === undefined ? notFound() : act(playlist);
}

function answerOwn(world: World, call: ApiCall): Answer {
  const limit = readInteger(call.query, 'limit', { min: 1, max: 50, fallback: 20 });
  if (!limit.ok) return limit.answer;
  const offset = readInteger(call.query, 'offset', { min: 0, max: 100_000, fallback: 0 });
  if (!offset.ok) return offset.answer;
  const own = world.playlists.ofAccount(call.account.key);
  const items = own.slice(offset.value, offset.value + limit.value).map((playlist) => simplePlaylist(world, playlist));
  const base = 'https://api.spotify.com/v1/me/playlists';
  return json(200, pagingObject({ base, items, total: own.length, offset: offset.value, limit: limit.value }));
}

function answerItems(world: World, call: ApiCall): Answer {
  return withPlaylist(world, call, (playlist) => {
    if (!isOwner(playlist, call)) return forbidden();
    const limit = readInteger(call.query, 'limit', { min: 1, max: 50, fallback: 20 });
    if (!limit.ok) return limit.answer;
    const offset = readInteger(call.query, 'offset', { min: 0, max: 100_000, fallback: 0 });
    if (!offset.ok) return offset.answer;
    const types = (call.query.get('additional_types') ?? 'track').split(',');
    return json(200, itemsPage(world, playlist, offset.value, limit.value, types));
  });
}

/** Whether the token may change playlists of this kind. */
function mayModify(world: World, call: ApiCall, isPublic: boolean): boolean {
  const scope = isPublic ? 'playlist-modify-public' : 'playlist-modify-private';
  return findToken(world, call)?.scopes.includes(scope) === true;
}

function answerCreate(world: World, call: ApiCall): Answer {
  const read = readJson(call.body);
  if (!read.ok) return read.answer;
  const parsed = createBody.safeParse(read.value);
  if (!parsed.success) return apiError(400, 'Missing required field: name');
  if (parsed.data.public && parsed.data.collaborative) {
    return apiError(400, 'Collaborative playlists can only be private');
  }
  if (!mayModify(world, call, parsed.data.public)) return apiError(403, 'Insufficient client scope');
  const playlist = world.playlists.create({ ...parsed.data, owner: call.account.key });
  world.changed();
  return json(201, fullPlaylist(world, playlist, true));
}

const isAllowed = (uri: string): boolean => /^spotify:(track|episode):/.test(uri) && catalogue.find(uri) !== undefined;

function answerAdd(world: World, call: ApiCall): Answer {
  return withPlaylist(world, call, (playlist) => {
    if (!isOwner(playlist, call)) return forbidden();
    if (!mayModify(world, call, playlist.public)) return apiError(403, 'Insufficient client scope');
    const read = readJson(call.body);
    if (!read.ok) return read.answer;
    const parsed = addBody.safeParse(read.value ?? {});
    if (!parsed.success) return apiError(400, 'Malformed json');
    // Names in the query make those in the body count for nothing.
    const uris = call.query.get('uris')?.split(',') ?? parsed.data.uris ?? [];
    if (uris.length === 0) return apiError(400, 'No uris provided');
    if (uris.length > mostItems) return apiError(400, 'You can add a maximum of 100 tracks per request.');
    if (!uris.every(isAllowed)) return apiError(400, 'Invalid track uri');
    const position = parsed.data.position ?? null;
    if (position !== null && position > playlist.entries.length) return apiError(400, 'Index out of bounds.');
    const now = world.clock.now('players');
    const changed = world.playlists.addItems(playlist, uris, position, call.account.key, now);
    world.changed();
    return json(201, { snapshot_id: snapshotId(changed) });
  });
}
