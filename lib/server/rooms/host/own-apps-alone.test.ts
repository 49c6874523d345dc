import { setUpSimulator } from '@/testing/engine/set-up-simulator';
import { expectProblem } from '@/testing/jest/matchers';
import { AppClient } from '@/testing/people/app-client';
import { chooseApp, makeApp } from '@/testing/people/own-app';
import { hostRoom } from '@/testing/people/party';
import { logIn } from '@/testing/people/spotify-login';

const spotify = setUpSimulator();
beforeAll(() => {
  delete process.env['SPOTIFY_CLIENT_ID'];
  delete process.env['SPOTIFY_CLIENT_SECRET'];
});

const begin = (host: AppClient, query: string, headers = {}) =>
  host.fetch('GET', `/api/spotify/authorize${query}`, { headers });

test('AP2 without an app of the deployment’s: a login leads to where one is brought, and knows the way back', async () => {
  const host = new AppClient();
  expect((await host.get('/api/spotify/app')).body).toMatchObject({ own: null, operator: false, allowed: true });
  for (const [query, target] of [
    ['?returnTo=/room/ABCDEF', '/setup?returnTo=%2Froom%2FABCDEF'],
    ['?returnTo=https://evil.example', '/setup?returnTo=%2F'],
    ['', '/setup?returnTo=%2F'],
  ] as const) {
    const { status, headers } = await begin(host, query);
    expect([status, headers.get('location')]).toEqual([303, target]);
  }
  const elsewhere = await begin(host, '', { host: '127.0.0.2:3000' });
  expect([elsewhere.status, (await elsewhere.json()).code]).toEqual([409, 'use_app_url']);
  expect(await spotify.control.calls()).toEqual([]);
});

test('AP2 with one of the host’s own it is a site like any other', async () => {
  const [host, account] = [new AppClient(), await spotify.account()];
  const room = await hostRoom(host);
  await chooseApp(host, await makeApp(spotify.control, account, host));
  expect(await logIn(host, account)).toBe('/?spotify=connected');
  expect((await host.post(`${room.path}/playback/pause`)).status).toBe(204);
  await host.send('DELETE', '/api/spotify/app');
  expectProblem(await host.post(`${room.path}/playback/pause`), 409, 'spotify_not_connected');
});
