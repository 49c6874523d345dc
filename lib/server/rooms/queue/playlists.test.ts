import type { SpotifyRight } from '@/lib/shared/contract/spotify';
import { requireTrack } from '@/simulator/catalogue/catalogue';
import { kitchenPlaylistId } from '@/simulator/catalogue/standard-playlists';
import { faults } from '@/simulator/control-client';
import { type AppClient, join, makeParty, makeRoom } from '@/testing/people/app-client';
import { snapshotOf } from '@/testing/people/party';
import { logIn } from '@/testing/people/spotify-login';
import { expectProblem } from '@/testing/jest/matchers';
import { makePlaylist } from '@/testing/engine/simulated-playlist';
import { QueueParty } from '@/testing/engine/queue-party';
import { setUpSimulator } from '@/testing/engine/set-up-simulator';
import { getPool } from '@/lib/server/db/connection/pool';

const spotify = setUpSimulator({ lagMs: 0 });

async function connectedRoom(right?: SpotifyRight) {
  const room = await makeParty(spotify, {}, right);
  const put = (what: 'fallback' | 'sources', json: object, client: AppClient = room.host) =>
    client.send('PUT', `${room.path}/${what}`, { json });
  const snapshot = () => snapshotOf(room);
  const stored = async () =>
    (
      await getPool().query(
        `SELECT r."fallbackUri", r."fallbackPlayed",
                (SELECT count(*)::int FROM "RoomSource" s WHERE s."roomId" = r."id") AS "sources"
         FROM "Room" r WHERE r."code" = $1`,
        [room.code],
      )
    ).rows[0];
  return { ...room, put, snapshot, stored };
}

const [kettle, fuse, lowTide] = [requireTrack('Kettle'), requireTrack('Fuse'), requireTrack('Low Tide')];
const unknown = '0000000000000000000000';

describe('HT5 the host’s playlists', () => {
  test('are listed with what they hold and whose they are', async () => {
    const room = await connectedRoom('playlists');
    const id = await makePlaylist(spotify, room.account, 'Party', [kettle.uri, fuse.uri]);
    const { status, body } = await room.host.get(`${room.path}/playlists`);
    expect(status).toBe(200);
    expect(body).toEqual({ playlists: [{ id, name: 'Party', songs: 2, isOwn: true }] });
  });

  test('need a right that is asked for when they are wanted, and nothing else changes', async () => {
    const room = await connectedRoom('saving');
    for (const answer of [
      await room.host.get(`${room.path}/playlists`),
      await room.put('fallback', { playlistId: kitchenPlaylistId }),
      await room.put('sources', { playlistIds: [kitchenPlaylistId] }),
    ]) {
      expectProblem(answer, 409, 'spotify_scope_needed');
    }
    expect((await room.snapshot()).spotify).toEqual({ status: 'connected' });
    const calls = await spotify.control.calls({ account: room.account });
    expect(calls.filter(({ path }) => path.includes('playlist'))).toEqual([]);
  });

  test('are Spotify’s to refuse', async () => {
    const room = await connectedRoom('playlists');
    const when = { path: '/v1/me/playlists', account: room.account };
    for (const [fault, status, code] of [
      [faults.serverError(), 502, 'spotify_unavailable'],
      [faults.notRegistered(), 403, 'spotify_not_allowed'],
      [faults.rateLimited(7), 503, 'spotify_rate_limited'],
    ] as const) {
      await spotify.control.addRule({ when, times: 1, ...fault });
      expectProblem(await room.host.get(`${room.path}/playlists`), status, code);
    }
  });

  test('30 requests about them a minute', async () => {
    const room = await makeRoom();
    const clear = () => room.host.send('PUT', `${room.path}/fallback`, { json: { playlistId: null } });
    for (let count = 0; count < 30; count += 1) expect((await clear()).status).toBe(200);
    expectProblem(await clear(), 429, 'rate_limited');
  });
});

describe('FD6 the playlist that plays when no song waits', () => {
  test('is shown to everybody by its name, and can be taken back', async () => {
    const room = await connectedRoom('playlists');
    const id = await makePlaylist(spotify, room.account, 'Background', [kettle.uri]);
    const before = (await room.snapshot()).version;
    const { status, body } = await room.put('fallback', { playlistId: id });
    expect(status).toBe(200);
    expect(body.room).toMatchObject({ code: room.code, fallback: { name: 'Background' }, sources: [] });
    const after = await room.snapshot();
    expect(after.version).toBeGreaterThan(before);
    expect(after.room.fallback).toEqual({ name: 'Background' });
    expect(await room.stored()).toMatchObject({ fallbackUri: `spotify:playlist:${id}`, fallbackPlayed: 0 });
    expect((await room.put('fallback', { playlistId: null })).body.room.fallback).toBeNull();
    expect(await room.stored()).toMatchObject({ fallbackUri: null });
  });

  test('may be somebody else’s, and begins at its first song again when it is chosen again', async () => {
    const room = await connectedRoom('playlists');
    await room.put('fallback', { playlistId: kitchenPlaylistId });
    await getPool().query(`UPDATE "Room" SET "fallbackPlayed" = 7 WHERE "code" = $1`, [room.code]);
    expect((await room.put('fallback', { playlistId: kitchenPlaylistId })).body.room.fallback.name).toBe(
      'Kitchen, Saturday',
    );
    expect((await room.stored()).fallbackPlayed).toBe(0);
  });

  test('begins where the music ran out, and goes on after the songs of the queue where it left off', async () => {
    const party = await QueueParty.begin(spotify);
    const { account, watcher, room } = party;
    await logIn(room.host, account, '/', 'playlists');
    const id = await makePlaylist(spotify, account, 'Background', [kettle.uri, fuse.uri, lowTide.uri]);
    await room.host.send('PUT', `${room.path}/fallback`, { json: { playlistId: id } });
    await spotify.control.press(account, { press: 'repeat', mode: 'off' });
    await spotify.control.press(account, { press: 'start', uris: [requireTrack('Humid').uri] });
    await watcher.step();
    await party.leave(-1_000);
    expect(await watcher.step()).toEqual(['start_fallback']);
    expect(await party.player()).toMatchObject({ contextUri: `spotify:playlist:${id}`, itemUri: kettle.uri });
    expect(await room.host.get(`${room.path}/history`)).toMatchObject({
      body: { played: [{ track: { uri: kettle.uri }, addedBy: null }, { track: { name: 'Humid' } }, {}] },
    });
    await spotify.control.press(account, { press: 'start', uris: [requireTrack('Dishes').uri] });
    await watcher.step();
    await party.leave(-1_000);
    expect(await watcher.step()).toEqual(['start_fallback']);
    expect((await party.player()).itemUri).toBe(fuse.uri);
  });

  test('one that is not there, or no id at all, changes nothing', async () => {
    const room = await connectedRoom('playlists');
    await room.put('fallback', { playlistId: kitchenPlaylistId });
    expectProblem(await room.put('fallback', { playlistId: unknown }), 404, 'playlist_not_found');
    for (const json of [{}, { playlistId: 'x' }, { playlistId: 7 }, { playlistId: '../me' }]) {
      expectProblem(await room.put('fallback', json), 400, 'invalid_request');
    }
    expect((await room.snapshot()).room.fallback).toEqual({ name: 'Kitchen, Saturday' });
  });
});

describe('QU2 the playlists that songs may come from', () => {
  test('guests add only what they hold, in whatever version; the host adds anything', async () => {
    const room = await connectedRoom('playlists');
    const id = await makePlaylist(spotify, room.account, 'Party', [lowTide.uri, fuse.uri]);
    const before = (await room.snapshot()).version;
    const { status, body } = await room.put('sources', { playlistIds: [id, id] });
    expect(status).toBe(200);
    expect(body.room.sources).toEqual([{ name: 'Party' }]);
    const after = await room.snapshot();
    expect(after.version).toBeGreaterThan(before);
    expect(after.room.sources).toEqual([{ name: 'Party' }]);
    const guest = await join(room);
    const add = (client: AppClient, uri: string) => client.post(`${room.path}/queue`, { uri });
    expectProblem(await add(guest, kettle.uri), 409, 'not_in_playlists');
    expect((await guest.get(`${room.path}/search?q=kettle`)).body.tracks[0].refusal.code).toBe('not_in_playlists');
    expect((await add(guest, requireTrack('Low Tide (Live at the Boathouse)').uri)).status).toBe(201);
    expect((await add(guest, fuse.uri)).status).toBe(201);
    expect((await add(room.host, kettle.uri)).status).toBe(201);
    expect((await room.put('sources', { playlistIds: [] })).body.room.sources).toEqual([]);
    expect((await add(guest, requireTrack('Humid').uri)).status).toBe(201);
  });

  test('an empty one holds nothing, and is not the same as none', async () => {
    const room = await connectedRoom('playlists');
    await room.put('sources', { playlistIds: [await makePlaylist(spotify, room.account, 'Empty')] });
    const guest = await join(room);
    expectProblem(await guest.post(`${room.path}/queue`, { uri: kettle.uri }), 409, 'not_in_playlists');
  });

  test('of which one cannot be read change nothing; somebody else’s says so', async () => {
    const room = await connectedRoom('playlists');
    const id = await makePlaylist(spotify, room.account, 'Party', [fuse.uri]);
    await room.put('sources', { playlistIds: [id] });
    expectProblem(await room.put('sources', { playlistIds: [id, unknown] }), 404, 'playlist_not_found');
    const followed = await room.put('sources', { playlistIds: [kitchenPlaylistId] });
    expectProblem(followed, 404, 'playlist_not_found');
    expect(followed.body.detail).toContain('Kitchen, Saturday');
    const when = { path: '/v1/playlists/:id/items', account: room.account };
    await spotify.control.addRule({ when, times: 1, ...faults.serverError() });
    expectProblem(await room.put('sources', { playlistIds: [id] }), 502, 'spotify_unavailable');
    expect((await room.snapshot()).room.sources).toEqual([{ name: 'Party' }]);
  });

  test.each([
    {},
    { playlistIds: 'x' },
    { playlistIds: ['x'] },
    { playlistIds: Array.from({ length: 6 }, () => unknown) },
  ])('%j: invalid_request', async (json) => {
    const room = await makeRoom();
    expectProblem(await room.host.send('PUT', `${room.path}/sources`, { json }), 400, 'invalid_request');
  });
});

describe('QU11 what was read of playlists', () => {
  test('is forgotten on Disconnect', async () => {
    const room = await connectedRoom('playlists');
    const id = await makePlaylist(spotify, room.account, 'Party', [fuse.uri]);
    await room.put('fallback', { playlistId: id });
    await room.put('sources', { playlistIds: [id] });
    await room.host.send('DELETE', '/api/spotify/connection');
    expect((await room.snapshot()).room).toMatchObject({ fallback: null, sources: [] });
    expect(await room.stored()).toEqual({ fallbackUri: null, fallbackPlayed: 0, sources: 0 });
  });

  test.each(['fallback', 'sources'] as const)('is not kept when the host disconnected meanwhile: %s', async (what) => {
    const room = await connectedRoom('playlists');
    const id = await makePlaylist(spotify, room.account, 'Party', [fuse.uri]);
    await spotify.control.addRule({
      when: { path: '/v1/playlists/:id', account: room.account },
      ...faults.slowAnswer(300),
    });
    const choosing = room.put(what, what === 'fallback' ? { playlistId: id } : { playlistIds: [id] });
    await spotify.control.waitForCalls({ account: room.account, path: `/v1/playlists/${id}` });
    await room.host.send('DELETE', '/api/spotify/connection');
    expectProblem(await choosing, 409, 'spotify_not_connected');
    expect(await room.stored()).toEqual({ fallbackUri: null, fallbackPlayed: 0, sources: 0 });
  });

  test('is forgotten at the end of the room', async () => {
    const room = await connectedRoom('playlists');
    const id = await makePlaylist(spotify, room.account, 'Party', [fuse.uri]);
    await room.put('sources', { playlistIds: [id] });
    await room.host.send('DELETE', room.path);
    expect((await room.stored()).sources).toBe(0);
  });
});
