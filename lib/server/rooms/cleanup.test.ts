import { withCleanupLock } from '@/lib/server/db/cleanup-lock';
import { purge } from '@/lib/server/db/purge';
import { getPool } from '@/lib/server/db/connection/pool';
import { start, stopInstance } from '@/lib/server/lifecycle';
import { AppClient, join, makeRoom } from '@/testing/people/app-client';
import type { TestRoom } from '@/testing/people/party';
import { expectProblem } from '@/testing/jest/matchers';
import { until } from '@/testing/until';
import { cleanUp, endSilentRooms } from './cleanup';

afterAll(stopInstance);

const count = async (sql: string, code: string): Promise<number> =>
  Number((await getPool().query(sql, [code])).rows[0].count);

/** A room that ended five days ago, with a guest in it. */
async function endedLongAgo(): Promise<TestRoom> {
  const room = await makeRoom();
  await join(room);
  await room.host.send('DELETE', room.path);
  await getPool().query(`UPDATE "Room" SET "endedAt" = now() - interval '5 days' WHERE "code" = $1`, [room.code]);
  return room;
}

const names = ({ code }: TestRoom): Promise<number> =>
  count(`SELECT count(*) FROM "Member" m JOIN "Room" r ON r."id" = m."roomId" WHERE r."code" = $1`, code);

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

test('sessions that are over go with what hangs on them, but not before the rooms in which they were', async () => {
  const [gone, hosting] = [await makeRoom(), await makeRoom()];
  await gone.host.send('DELETE', gone.path);
  const sessions: string[] = [];
  for (const { code } of [gone, hosting]) {
    const { rows } = await getPool().query(
      `UPDATE "Session" SET "lastSeenAt" = now() - interval '31 days'
       WHERE "id" = (SELECT "hostSessionId" FROM "Room" WHERE "code" = $1) RETURNING "id"`,
      [code],
    );
    sessions.push(rows[0].id);
  }
  const left = () => Promise.all(sessions.map((id) => count(`SELECT count(*) FROM "Session" WHERE "id" = $1`, id)));
  await purge();
  expect(await left()).toEqual([1, 1]);
  expectProblem(await new AppClient().get(gone.path), 410, 'room_ended');
  await getPool().query(`UPDATE "Room" SET "endedAt" = now() - interval '25 hours' WHERE "code" = $1`, [gone.code]);
  await purge();
  expect(await left()).toEqual([0, 1]);
});

describe('RL-11 each goes when it is too old, and not before', () => {
  /** What is kept for a time: how a row comes there, how old is too old, and how old is not. */
  const kept: readonly (readonly [what: string, insert: string, old: string, young: string])[] = [
    [
      'logins that never came back',
      `INSERT INTO "LoginAttempt" ("stateHash", "sessionId", "sealedVerifier", "returnTo", "expiresAt")
       SELECT sha256(gen_random_uuid()::text::bytea), "hostSessionId", 'x', '/', now() - $2::interval FROM "Room" WHERE "code" = $1
       RETURNING ("stateHash")::text AS "key", 'SELECT 1 FROM "LoginAttempt" WHERE ("stateHash")::text = $1' AS "look"`,
      '1 second',
      '-1 minute',
    ],
    [
      'the account of a grant that has ended',
      `INSERT INTO "SpotifyToken" ("sessionId", "tokenType", "scope", "expiresAt", "authorizedAt", "accountId", "displayName", "grantEndedAt")
       SELECT "hostSessionId", 'Bearer', 'x', now(), now(), 'x', 'x', now() - $2::interval FROM "Room" WHERE "code" = $1
       RETURNING "sessionId"::text AS "key", 'SELECT 1 FROM "SpotifyToken" WHERE "sessionId"::text = $1' AS "look"`,
      '31 days',
      '29 days',
    ],
    [
      'calls to Spotify, counted',
      `INSERT INTO "SpotifyCallCount" ("hour", "kind", "calls") VALUES (now() - $2::interval, $1, 1)
       RETURNING "kind" AS "key", 'SELECT 1 FROM "SpotifyCallCount" WHERE "kind" = $1' AS "look"`,
      '73 hours',
      '71 hours',
    ],
    [
      'calls of an app of a host’s own, counted',
      `INSERT INTO "OwnAppCallCount" ("clientId", "hour", "kind", "calls") VALUES ($1 || substr($2, 1, 2), now() - $2::interval, 'read', 1)
       RETURNING "clientId" AS "key", 'SELECT 1 FROM "OwnAppCallCount" WHERE "clientId" = $1' AS "look"`,
      '73 hours',
      '71 hours',
    ],
    [
      'blocks of an app of a host’s own',
      `INSERT INTO "OwnAppGate" ("clientId", "id", "blockedUntil", "reason") VALUES ($1 || substr($2, 1, 2), 1, now() - $2::interval, 'quota')
       RETURNING "clientId" AS "key", 'SELECT 1 FROM "OwnAppGate" WHERE "clientId" = $1' AS "look"`,
      '1 second',
      '-1 minute',
    ],
    [
      'addresses, counted',
      `INSERT INTO "rate_limit" ("key", "points", "expire")
       VALUES ($1 || gen_random_uuid(), 1, (extract(epoch FROM now() - $2::interval) * 1000)::bigint)
       RETURNING "key", 'SELECT 1 FROM "rate_limit" WHERE "key" = $1' AS "look"`,
      '1 second',
      '-1 minute',
    ],
    [
      'codes that a room had before',
      `INSERT INTO "OldRoomCode" ("code", "roomId", "retiredAt")
       SELECT $1 || '-' || substr($2, 1, 2), "id", now() - $2::interval FROM "Room" WHERE "code" = $1
       RETURNING "code" AS "key", 'SELECT 1 FROM "OldRoomCode" WHERE "code" = $1' AS "look"`,
      '25 hours',
      '23 hours',
    ],
    [
      'what was played',
      `INSERT INTO "Play" ("id", "roomId", "trackUri", "endedAt")
       SELECT gen_random_uuid(), "id", 'spotify:track:x', now() - $2::interval FROM "Room" WHERE "code" = $1
       RETURNING "id"::text AS "key", 'SELECT 1 FROM "Play" WHERE "id"::text = $1' AS "look"`,
      '25 hours',
      '23 hours',
    ],
    [
      'songs that have left the queue',
      `INSERT INTO "QueueItem" ("id", "roomId", "memberId", "uri", "songKey", "track", "state", "endedAt")
       SELECT gen_random_uuid(), m."roomId", m."id", 'spotify:track:x', 'x', '{}', 'played', now() - $2::interval
       FROM "Member" m JOIN "Room" r ON r."id" = m."roomId" WHERE r."code" = $1
       RETURNING "id"::text AS "key", 'SELECT 1 FROM "QueueItem" WHERE "id"::text = $1' AS "look"`,
      '25 hours',
      '23 hours',
    ],
  ];

  test.each(kept)('%s', async (_what, insert, old, young) => {
    const looks: (() => Promise<number>)[] = [];
    for (const age of [old, young]) {
      const { code } = await makeRoom();
      const { rows } = await getPool().query<{ key: string; look: string }>(insert, [code, age]);
      const [{ key, look } = { key: '', look: '' }] = rows;
      looks.push(async () => (await getPool().query(look, [key])).rows.length);
    }
    const there = () => Promise.all(looks.map((look) => look()));
    expect(await there()).toEqual([1, 1]);
    await purge();
    expect(await there()).toEqual([0, 1]);
  });
});

describe('RL-11 nobody has to make a room for it', () => {
  const ask = async () => (await new AppClient().get('/api/cron/cleanup')).body;

  test('a platform asks, and asking again at once is done already', async () => {
    const room = await endedLongAgo();
    expect(await names(room)).toBe(2);
    expect(await ask()).toEqual({ outcome: 'done' });
    expect(await names(room)).toBe(0);
    expect(await ask()).toEqual({ outcome: 'early' });
  });

  test('an instance that stays does it by itself, soon after its start', async () => {
    const room = await endedLongAgo();
    start();
    await until(async () => (await names(room)) === 0, 20_000);
  });

  test('one instance at a time does it', async () => {
    const room = await endedLongAgo();
    // Another instance's run, as far as the database sees it.
    const other = await withCleanupLock(async () => {
      expect(await cleanUp()).toBe('busy');
      expect(await names(room)).toBe(2);
    });
    expect(other).toBe(true);
    expect(await cleanUp()).toBe('done');
    expect(await names(room)).toBe(0);
  });

  test('all that is too old goes, however much it is', async () => {
    const room = await makeRoom();
    await getPool().query(
      `INSERT INTO "Play" ("id", "roomId", "trackUri", "endedAt")
       SELECT gen_random_uuid(), (SELECT "id" FROM "Room" WHERE "code" = $1), 'spotify:track:x', now() - interval '25 hours'
       FROM generate_series(1, 1200)`,
      [room.code],
    );
    expect(await cleanUp()).toBe('done');
    const plays = `SELECT count(*) FROM "Play" p JOIN "Room" r ON r."id" = p."roomId" WHERE r."code" = $1`;
    expect(await count(plays, room.code)).toBe(0);
  });
});
