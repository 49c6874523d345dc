import { getPool } from '@/lib/server/db/connection/pool';
import { setUpSimulator } from '@/testing/engine/set-up-simulator';
import { expectProblem } from '@/testing/jest/matchers';
import { AppClient, makeParty } from '@/testing/people/app-client';
import { chooseApp } from '@/testing/people/own-app';
import { snapshotOf } from '@/testing/people/party';
import { beginLogin, logIn } from '@/testing/people/spotify-login';

const spotify = setUpSimulator();
beforeAll(() => {
  process.env['SPOTIFY_OWN_APPS'] = 'off';
});

const someId = 'a'.repeat(32);

test('AP7 switched off: an id of before is not used, and a grant of before has to be renewed', async () => {
  const party = await makeParty(spotify);
  const { host, account } = party;
  // As it was while they were on.
  const host$ = `(SELECT "hostSessionId" FROM "Room" WHERE "code" = $1)`;
  await getPool().query(`UPDATE "SpotifyToken" SET "clientId" = '${someId}' WHERE "sessionId" = ${host$}`, [
    party.code,
  ]);
  await getPool().query(`UPDATE "Session" SET "spotifyClientId" = '${someId}' WHERE "id" = ${host$}`, [party.code]);
  await spotify.control.clearCalls();
  expect((await host.get('/api/spotify/app')).body).toMatchObject({ own: null, operator: true, allowed: false });
  expect((await snapshotOf(party)).spotify).toEqual({ status: 'reconnect' });
  expect((await host.get('/api/spotify/status')).body).toEqual({ authenticated: false });
  expectProblem(await host.post('/api/spotify/refresh?force=1'), 409, 'spotify_reconnect');
  expectProblem(await host.post(`${party.path}/playback/pause`), 409, 'spotify_reconnect');
  expect(await spotify.control.calls({ account })).toEqual([]);
  expect((await beginLogin(host)).searchParams.get('client_id')).toBe('test-client');
  expect(await logIn(host, account)).toBe('/?spotify=connected');
  expect((await snapshotOf(party)).spotify).toEqual({ status: 'connected' });
});

test('AP7 switched off: nobody brings one', async () => {
  const host = new AppClient();
  expectProblem(await chooseApp(host, 'abc'), 400, 'invalid_request');
  expectProblem(await chooseApp(host, someId), 409, 'own_app_off');
  const elsewhere = { json: { clientId: someId }, headers: { host: '127.0.0.2:3000' } };
  expectProblem(await host.send('PUT', '/api/spotify/app', elsewhere), 409, 'own_app_off');
  expect((await host.send('DELETE', '/api/spotify/app')).status).toBe(204);
  expect(host.cookies.size).toBe(0);
});
