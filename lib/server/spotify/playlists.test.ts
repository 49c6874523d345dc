import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { catalogue, requireTrack } from '@/simulator/catalogue/catalogue';
import { kitchenPlaylistId, latePlaylistId } from '@/simulator/catalogue/standard-playlists';
import { faults } from '@/simulator/control-client';
import { setUpSimulator } from '@/testing/engine/set-up-simulator';
import { SpotifyClient } from './client';
import { playlistItemsResponse, playlistResponse } from './responses';
import type { CallKind } from './web-api';

const spotify = setUpSimulator({ lagMs: 0 });

const scopes = ['playlist-read-private', 'playlist-read-collaborative', 'playlist-modify-private'];

async function connect(account?: string) {
  const key = account ?? (await spotify.account());
  const { accessToken } = await spotify.control.login(key, scopes);
  const entered: CallKind[] = [];
  const gate = {
    enter: (kind: CallKind) => {
      entered.push(kind);
      return Promise.resolve();
    },
    block: () => Promise.resolve(),
  };
  const { playlists } = new SpotifyClient({ apiUrl: spotify.simulator.url, accessToken, gate });
  const answer = (path: string, body: unknown) =>
    spotify.control.addRule({
      when: { method: 'GET', path, account: key },
      times: 1,
      action: { kind: 'answer', status: 200, body },
    });
  return { account: key, playlists, entered, answer };
}

const [kettle, fuse] = [requireTrack('Kettle'), requireTrack('Fuse')];
const unknown = '0000000000000000000000';

describe.each(['development', 'extended'] as const)('in the %s profile', (profile) => {
  beforeEach(() => spotify.control.change({ profile }));
  afterEach(() => spotify.control.change({ profile: 'development' }));

  test('own and followed playlists are listed, and which are whose', async () => {
    const { playlists } = await connect('alex');
    const listed = await playlists.list();
    expect(listed).toContainEqual({ id: kitchenPlaylistId, name: 'Kitchen, Saturday', songs: 12, isOwn: true });
    expect(listed).toContainEqual({ id: latePlaylistId, name: 'Late', songs: 9, isOwn: false });
  });

  test('songs are read without episodes, local files and what was taken down', async () => {
    const { playlists } = await connect('sam');
    const songs = await playlists.getSongs(latePlaylistId);
    expect(songs?.map(({ name }) => name)).toEqual([
      'Upper Deck, Front Seat',
      'Moonrise over the Car Park',
      'Hum in the Wall',
      'Between Stations',
      'Goodnight, Substation',
      'Sunday, Clearing Later',
    ]);
  });

  test('one is made, private, and filled', async () => {
    const { playlists, account, entered } = await connect();
    const made = await playlists.create('Tonight');
    expect(made).toEqual({
      id: expect.stringMatching(/^\w{22}$/),
      uri: `spotify:playlist:${made.id}`,
      name: 'Tonight',
      url: `https://open.spotify.com/playlist/${made.id}`,
    });
    await playlists.add(made.id, [kettle.uri, fuse.uri]);
    expect((await playlists.getSongs(made.id))?.map(({ uri }) => uri)).toEqual([kettle.uri, fuse.uri]);
    await expect(playlists.find(made.id)).resolves.toEqual(made);
    const [call] = await spotify.control.calls({ account, method: 'POST' });
    expect(JSON.parse(call?.body ?? '')).toEqual({ name: 'Tonight', public: false });
    expect(entered).toEqual(['command', 'command', 'read', 'read']);
  });
});

test('what the account cannot reach is null', async () => {
  const { playlists } = await connect('alex');
  for (const id of [unknown, 'x', '../me']) {
    await expect(playlists.find(id)).resolves.toBeNull();
    await expect(playlists.getSongs(id)).resolves.toBeNull();
  }
  // Followed: its name is told, what is in it is not.
  await expect(playlists.find(latePlaylistId)).resolves.toMatchObject({ name: 'Late' });
  await expect(playlists.getSongs(latePlaylistId)).resolves.toBeNull();
});

test('fifty at a time, in order, up to a thousand songs and two hundred playlists', async () => {
  const { playlists, account } = await connect();
  const { id } = await playlists.create('Long');
  const many = Array.from({ length: 100 }, (_, index) => catalogue.tracks[index % 60]?.uri ?? '');
  for (let count = 0; count < 11; count += 1) await playlists.add(id, many);
  const before = (await spotify.control.calls({ account })).length;
  const songs = await playlists.getSongs(id);
  expect(songs?.map(({ uri }) => uri)).toEqual(Array.from({ length: 10 }, () => many).flat());
  const pages = (await spotify.control.calls({ account })).slice(before);
  expect(pages.map(({ query }) => query['offset'])).toEqual(Array.from({ length: 20 }, (_, page) => `${page * 50}`));
  expect(pages.every(({ query }) => query['limit'] === '50')).toBe(true);
  for (let count = 0; count < 210; count += 1) await playlists.create(`List ${count}`);
  expect(await playlists.list()).toHaveLength(200);
});

test('holes in lists are left out, and an empty page is the last one', async () => {
  const { playlists, account, answer } = await connect();
  await answer('/v1/me/playlists', { items: [null, { id: 'a', name: 'A', owner: null }, { id: 7 }], next: 'more' });
  await answer('/v1/me/playlists', { items: [], next: 'more' });
  await expect(playlists.list()).resolves.toEqual([{ id: 'a', name: 'A', songs: 0, isOwn: false }]);
  expect(await spotify.control.calls({ account, path: '/v1/me/playlists' })).toHaveLength(2);
  const song = { type: 'track', uri: kettle.uri, name: 'Kettle', duration_ms: 1 };
  await answer('/v1/playlists/:id/items', {
    items: [null, { item: null }, { track: song }, { item: { type: 'new' } }],
  });
  await expect(playlists.getSongs(unknown)).resolves.toEqual([expect.objectContaining({ uri: kettle.uri })]);
});

test('failures stay failures, and one that made something is an unknown outcome', async () => {
  const { playlists, account } = await connect();
  const fail = (fault: Pick<Parameters<typeof spotify.control.addRule>[0], 'action'>) =>
    spotify.control.addRule({ when: { account }, times: 1, ...fault });
  await fail(faults.serverErrorHtml());
  await expect(playlists.list()).rejects.toMatchObject({ kind: 'server_error' });
  await fail(faults.emptyBody());
  await expect(playlists.getSongs(unknown)).rejects.toMatchObject({ kind: 'invalid_response' });
  await fail(faults.rateLimited(7));
  await expect(playlists.find(unknown)).rejects.toMatchObject({ kind: 'rate_limited' });
  for (const fault of [faults.emptyBody(201), faults.resetAfter(), faults.serverError(503)]) {
    await fail(fault);
    await expect(playlists.create('Tonight')).rejects.toMatchObject({ outcomeUnknown: true });
  }
});

const recorded = join(process.cwd(), '..', 'shared', 'spotify', 'recorded');
(existsSync(recorded) ? test : test.skip)('recorded answers are read', () => {
  const read = (name: string): unknown => JSON.parse(readFileSync(join(recorded, name), 'utf8'));
  const { items } = playlistItemsResponse.parse(read('playlist-items-with-item-and-track.json'));
  expect(items[0]?.item).toMatchObject({ type: 'track', name: expect.any(String) });
  expect(items[0]?.track).toEqual(items[0]?.item);
  expect(playlistResponse.parse(read('playlist-created.json'))).toMatchObject({ name: 'New Playlist' });
});
