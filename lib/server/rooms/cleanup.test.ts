import { purge } from '@/lib/server/db/purge';
import { getPool } from '@/lib/server/db/connection/pool';
import { stopInstance } from '@/lib/server/lifecycle';
import { join, makeRoom } from '@/testing/people/app-client';
import { expectProblem } from '@/testing/jest/matchers';
import { endSilentRooms } from './cleanup';

afterAll(stopInstance);

const count = async (sql: string, code: string): Promise<number> =>
  Number((await getPool().query(sql, [code])).rows[0].count);

test('RO5 a day of silence ends a room', async () => {
  const room = await makeRoom();
  await getPool().query(`UPDATE "Room" SET "lastActiveAt" = now() - interval '25 hours' WHERE "code" = $1`, [
    room.code,
  ]);
  expectProblem(await room.host.get(room.path), 410, 'room_ended');
  expect((await room.host.get('/api/me')).body.room).toBeNull();
  // The session is free to make another one.
  const next = await room.host.post('/api/rooms', {});
  expect([next.status, next.body.room.code === room.code]).toEqual([201, false]);
});

test('RL-11 what nobody needs any more goes, twice and at once without harm; what lives stays', async () => {
  const [silent, ended, old, alive] = [await makeRoom(), await makeRoom(), await makeRoom(), await makeRoom()];
  await join(old);
  await getPool().query(`UPDATE "Room" SET "lastActiveAt" = now() - interval '25 hours' WHERE "code" = $1`, [
    silent.code,
  ]);
  await ended.host.send('DELETE', ended.path);
  await old.host.send('DELETE', old.path);
  await getPool().query(`UPDATE "Room" SET "endedAt" = now() - interval '25 hours' WHERE "code" = $1`, [old.code]);
  await Promise.all([endSilentRooms().then(purge), endSilentRooms().then(purge)]);
  await purge();
  const rooms = `SELECT count(*) FROM "Room" WHERE "code" = $1`;
  expect(await Promise.all([silent, ended, old, alive].map(({ code }) => count(rooms, code)))).toEqual([1, 1, 0, 1]);
  expect(await count(`SELECT count(*) FROM "Room" WHERE "code" = $1 AND "endedAt" IS NOT NULL`, silent.code)).toBe(1);
  expectProblem(await ended.host.get(ended.path), 410, 'room_ended');
  expectProblem(await old.host.get(old.path), 404, 'room_not_found');
  expect((await alive.host.get(alive.path)).status).toBe(200);
});

test('sessions that are over go with what hangs on them, but never the host of a live room', async () => {
  const [gone, hosting] = [await makeRoom(), await makeRoom()];
  await gone.host.send('DELETE', gone.path);
  for (const { code } of [gone, hosting]) {
    await getPool().query(
      `UPDATE "Session" SET "lastSeenAt" = now() - interval '31 days' WHERE "id" = (SELECT "hostSessionId" FROM "Room" WHERE "code" = $1)`,
      [code],
    );
  }
  await purge();
  const hosts = `SELECT count(*) FROM "Session" s JOIN "Room" r ON r."hostSessionId" = s."id" WHERE r."code" = $1`;
  expect([await count(hosts, gone.code), await count(hosts, hosting.code)]).toEqual([0, 1]);
});
