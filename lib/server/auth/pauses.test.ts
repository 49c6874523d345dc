import { getPool } from '@/lib/server/db/connection/pool';
import { requireTrack } from '@/simulator/catalogue/catalogue';
import { faults } from '@/simulator/control-client';
import { makeParty } from '@/testing/people/app-client';
import { snapshotOf, type TestRoom } from '@/testing/people/party';
import { setUpSimulator } from '@/testing/engine/set-up-simulator';
import { until } from '@/testing/until';

const spotify = setUpSimulator({ timeStands: true });

const expireToken = ({ code }: TestRoom) =>
  getPool().query(
    `UPDATE "SpotifyToken" SET "expiresAt" = now() - interval '1 minute'
     WHERE "sessionId" = (SELECT "hostSessionId" FROM "Room" WHERE "code" = $1)`,
    [code],
  );

test('WT10 a 429 of a second costs a press no word, and stops no other routes', async () => {
  const room = await makeParty(spotify);
  const pause = { path: '/v1/me/player/pause', account: room.account };
  await spotify.control.addRule({ when: pause, times: 1, ...faults.rateLimited(1) });
  const pressed = room.host.post(`${room.path}/playback/pause`);
  await spotify.control.waitForCalls(pause);
  expect((await room.host.get(`${room.path}/search?q=kettle`)).status).toBe(200);
  expect((await pressed).status).toBe(204);
  expect((await spotify.control.calls(pause)).map(({ status }) => (status ?? 0) < 300)).toEqual([false, true]);
  expect((await snapshotOf(room)).spotify).toEqual({ status: 'connected' });
});

test('WT10 without Retry-After everything stops', async () => {
  const room = await makeParty(spotify);
  const pause = { path: '/v1/me/player/pause', account: room.account };
  await spotify.control.addRule({ when: pause, times: 1, ...faults.rateLimitedText() });
  expect((await room.host.post(`${room.path}/playback/pause`)).status).toBe(503);
  const { uri } = requireTrack('Kettle');
  expect((await room.host.post(`${room.path}/queue`, { uri })).body.code).toBe('spotify_rate_limited');
});

test('WT11 a 429 of the accounts service: nobody asks for a token until then, and the room says when', async () => {
  const [room, other] = [await makeParty(spotify), await makeParty(spotify)];
  await spotify.control.addRule({ when: { path: '/api/token' }, ...faults.rateLimited(40) });
  await spotify.control.clearCalls();
  for (const { host, path, code } of [room, other]) {
    await expireToken({ host, path, code });
    for (const press of ['pause', 'next']) {
      const refused = await host.post(`${path}/playback/${press}`);
      expect([refused.status, refused.body.code]).toEqual([503, 'spotify_rate_limited']);
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(30);
    }
    const { spotify: shown } = await snapshotOf({ host, path, code });
    expect(shown).toEqual({ status: 'rate_limited', retryAt: expect.any(String) });
  }
  expect(await spotify.control.calls({ path: '/api/token' })).toHaveLength(1);
});

test('LG14 a wrong secret is said in the room to be this site’s fault, and not Spotify’s', async () => {
  const room = await makeParty(spotify);
  await spotify.control.addRule({ when: { path: '/api/token', account: room.account }, ...faults.invalidClient() });
  await expireToken(room);
  await room.host.post(`${room.path}/playback/pause`);
  const shown = await until(async () => {
    const { spotify: state } = await snapshotOf(room);
    return state.status === 'connected' ? null : state;
  });
  expect(shown).toEqual({ status: 'not_allowed', detail: expect.stringMatching(/SPOTIFY_CLIENT_SECRET/) });
});
