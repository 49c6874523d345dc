import { getPool } from '@/lib/server/db/connection/pool';
import { answerSimulatedSpotify } from '@/lib/server/simulated-spotify';
import { siteWorld } from '@/lib/server/stand-in/address';
import { setUpSimulator } from '@/testing/engine/set-up-simulator';
import { expectProblem } from '@/testing/jest/matchers';
import { AppClient, makeParty } from '@/testing/people/app-client';
import { providerOf } from './provider';

const spotify = setUpSimulator();

const worldsVisited = async (): Promise<number> =>
  Number((await getPool().query(`SELECT count(*) FROM "SimulatedSpotify" WHERE "world" = 'elsewhere'`)).rows[0].count);

test('with Spotify and no demo there is no stand-in: no page, no world, and a grant of one is as good as none', async () => {
  expect((await answerSimulatedSpotify(new Request('http://127.0.0.1:3000/simulated-spotify/'))).status).toBe(404);
  for (const world of [siteWorld, 'elsewhere']) {
    expect(() => providerOf({ world, clientId: null })).toThrow(expect.objectContaining({ kind: 'not_connected' }));
  }
  const room = await makeParty(spotify);
  await getPool().query(
    `UPDATE "SpotifyToken" SET "world" = 'elsewhere'
     WHERE "sessionId" = (SELECT "hostSessionId" FROM "Room" WHERE "code" = $1)`,
    [room.code],
  );
  await spotify.control.clearCalls();
  expectProblem(await room.host.post(`${room.path}/playback/pause`), 409, 'spotify_not_connected');
  expect(await spotify.control.calls({ account: room.account })).toEqual([]);
  expect(await worldsVisited()).toBe(0);
});

test('DM1 where DEMO is off there are no demos, and no page tells of them', async () => {
  expectProblem(await new AppClient().post('/api/demo'), 404, 'not_found');
});
