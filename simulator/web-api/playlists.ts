import * as z from 'zod';
import { catalogue } from '@/simulator/catalogue/catalogue';
import { isSpotifyId } from '@/simulator/catalogue/ids';
import { type Playlist, snapshotId } from '@/simulator/catalogue/playlist';
import { type Answer, json } from '@/simulator/http/call';
import type { Route } from '@/simulator/http/router';
import type { World } from '@/simulator/world/world';
import { apiError, forbidden, notFound } from './request/errors';
import { pageOf, pagingObject } from './objects/paging';
import { fullPlaylist, itemsPage, simplePlaylist } from './objects/playlists';
import { readJson, readPage } from './request/query';
import { type ApiCall, apiRoute, findToken } from './request/authorization';

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
  const read = { scopes: ['playlist-read-private'] };
  const modify = { anyScope: modifyScopes };
  const isOld = (): boolean => world.settings.profile === 'extended';
  return [
    apiRoute('GET /v1/me/playlists', world, read, (call) => answerOwn(world, call)),
    apiRoute('POST /v1/me/playlists', world, modify, (call) => answerCreate(world, call)),
    apiRoute('GET /v1/playlists/:id', world, {}, (call) =>
      withPlaylist(world, call, (playlist) => json(200, fullPlaylist(world, playlist, isOwner(playlist, call)))),
    ),
    apiRoute('GET /v1/playlists/:id/items', world, read, (call) => answerItems(world, call)),
    apiRoute('POST /v1/playlists/:id/items', world, modify, (call) => answerAdd(world, call)),
    // The old name of the last two, which only older apps still have.
    apiRoute('GET /v1/playlists/:id/tracks', world, read, (call) => (isOld() ? answerItems(world, call) : forbidden())),
    apiRoute('POST /v1/playlists/:id/tracks', world, modify, (call) =>
      isOld() ? answerAdd(world, call) : forbidden(),
    ),
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
  const page = readPage(call.query, { most: 50, fallback: 20, furthest: 100_000 });
  if (!page.ok) return page.answer;
  const own = world.playlists.ofAccount(call.account.key);
  const items = pageOf(own, page.value).map((playlist) => simplePlaylist(world, playlist));
  const base = 'https://api.spotify.com/v1/me/playlists';
  return json(200, pagingObject({ base, items, total: own.length, ...page.value }));
}

function answerItems(world: World, call: ApiCall): Answer {
  return withPlaylist(world, call, (playlist) => {
    if (!isOwner(playlist, call)) return forbidden();
    const page = readPage(call.query, { most: 50, fallback: 20, furthest: 100_000 });
    if (!page.ok) return page.answer;
    const types = (call.query.get('additional_types') ?? 'track').split(',');
    return json(200, itemsPage(world, playlist, page.value, types));
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
    // With `uris` in the query, those in the body are ignored.
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
