import { getPool } from '@/lib/server/db/connection/pool';
import { stopInstance } from '@/lib/server/lifecycle';
import { AppClient, makeRoom, origin } from '@/testing/people/app-client';
import type { Person } from '@/testing/people/person';
import { expectProblem } from '@/testing/jest/matchers';
import { consume, limits } from './rate-limits';

afterAll(stopInstance);

test('rooms and logins are counted by address, over all instances', async () => {
  const [at, elsewhere] = ['198.51.100.60', '198.51.100.61'];
  const counted = async (name: string): Promise<void> => {
    await getPool().query(
      `INSERT INTO "rate_limit" ("key", "points", "expire") VALUES ($1, $2, $3)
       ON CONFLICT ("key") DO UPDATE SET "points" = $2, "expire" = $3`,
      [`${name}:${at}`, limits.rooms.points, Date.now() + 600_000],
    );
  };
  const make = (address: string) => new AppClient(address).post('/api/rooms', {});
  const login = (address: string) => new AppClient(address).get('/api/spotify/authorize?returnTo=/');
  expect([(await make(at)).status, (await login(at)).status]).toEqual([201, 303]);
  // As other instances have counted meanwhile.
  await counted('rooms');
  await counted('logins');
  expectProblem(await make(at), 429, 'rate_limited');
  expectProblem(await login(at), 429, 'rate_limited');
  expect([(await make(elsewhere)).status, (await login(elsewhere)).status]).toEqual([201, 303]);
});

test('OA-10 forced refreshes are counted by session, and others are not', async () => {
  const room = await makeRoom();
  const { rows } = await getPool().query(`SELECT "hostSessionId" AS "id" FROM "Room" WHERE "code" = $1`, [room.code]);
  for (let used = 0; used < limits.refreshes.points; used += 1) await consume('refreshes', rows[0].id);
  const refresh = (client: Person, force: string) =>
    client.post(`/api/spotify/refresh${force}`, undefined, { headers: { origin } });
  const { host } = room;
  expectProblem(await refresh(host, '?force=1'), 429, 'rate_limited');
  expectProblem(await refresh(host, ''), 409, 'spotify_not_connected');
  expectProblem(await refresh((await makeRoom()).host, '?force=1'), 409, 'spotify_not_connected');
});

test('the numbers are those of the contract', () => {
  const { codeGuesses, allCodeGuesses, joins, rooms, logins, demos, refreshes, commands, searches, playlists } = limits;
  const said = [codeGuesses, allCodeGuesses, joins, rooms, logins, demos, refreshes, commands, searches, playlists];
  expect(said.map(({ points, windowSeconds }) => [points, windowSeconds])).toEqual([
    [30, 600],
    [3_000, 600],
    [60, 600],
    [600, 600],
    [600, 600],
    [5, 3_600],
    [20, 60],
    [240, 60],
    [120, 60],
    [30, 60],
  ]);
});
