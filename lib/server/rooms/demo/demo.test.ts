import { getPool } from '@/lib/server/db/connection/pool';
import { getDb } from '@/lib/server/db/connection/client';
import { findDemo, takeAct } from '@/lib/server/db/demos';
import { beginRun } from '@/lib/server/db/watch-runs';
import { findOrphanedRooms } from '@/lib/server/db/leases';
import { purge } from '@/lib/server/db/purge';
import { answerSimulatedSpotify } from '@/lib/server/simulated-spotify';
import { RoomWatcher } from '@/lib/server/player/watch/room-watcher';
import { inWorld } from '@/lib/server/stand-in/world';
import { setUpSimulator } from '@/testing/engine/set-up-simulator';
import { expectProblem } from '@/testing/jest/matchers';
import { AppClient, join, makeParty, makeRoom, origin } from '@/testing/people/app-client';
import { readEvents } from '@/testing/people/event-reader';
import { snapshotOf, type TestRoom } from '@/testing/people/party';
import { beginLogin } from '@/testing/people/spotify-login';
import { until } from '@/testing/until';
import { endSilentRooms } from '@/lib/server/rooms/cleanup';
import { playScript } from './play-script';
import { lineAt, searchAt } from './script';

const spotify = setUpSimulator();

beforeAll(() => {
  // A site with real rooms, at the simulator that stands for Spotify here, and demos beside them.
  process.env['DEMO'] = 'on';
});

interface TestDemo extends TestRoom {
  readonly roomId: string;
}

async function beginDemo(host = new AppClient()): Promise<TestDemo> {
  const { status, body, headers } = await host.post('/api/demo');
  expect([status, headers.get('location')]).toEqual([201, `/room/${body.room.code}`]);
  const code: string = body.room.code;
  const { rows } = await getPool().query(`SELECT "id" FROM "Room" WHERE "code" = $1`, [code]);
  return { host, code, path: `/api/rooms/${code}`, roomId: rows[0].id };
}

/** Lets the next act of a demo be due, and plays it. */
async function playNext({ roomId }: TestDemo): Promise<void> {
  await getPool().query(`UPDATE "Demo" SET "dueAt" = now() WHERE "roomId" = $1`, [roomId]);
  await playScript(roomId);
}

const end = (demo: TestDemo) => demo.host.send('DELETE', demo.path);
const count = async (sql: string, ...values: unknown[]): Promise<number> =>
  Number((await getPool().query(sql, values)).rows[0].count);

afterEach(async () => {
  // Demos are counted over the whole database: none is left to the next test.
  await getPool().query(`UPDATE "Room" SET "demoEndsAt" = now() - interval '1 second' WHERE "demoEndsAt" IS NOT NULL`);
  await endSilentRooms();
});

test('DM1 one press: its host has music, and two guests are there', async () => {
  const demo = await beginDemo();
  const snapshot = await snapshotOf(demo);
  const people = snapshot.members.map(({ name, role }: { name: string; role: string }) => `${name}, ${role}`);
  expect(people.toSorted()).toEqual(['Host, host', 'Jonas, guest', 'Mia, guest']);
  expect(snapshot.spotify.status).toBe('connected');
  await until(async () => (await snapshotOf(demo)).playback.status === 'playing');
  expect((await demo.host.post(`${demo.path}/playback/next`, {})).status).toBe(204);
  expect((await demo.host.get(`${demo.path}/playlists`)).body.playlists.length).toBeGreaterThan(0);
});

test('DM1 a second press leads to the same one', async () => {
  const demo = await beginDemo();
  const again = await demo.host.post('/api/demo');
  expect([again.status, again.body.room.code]).toEqual([200, demo.code]);
});

test('DM2 no call of a demo reaches Spotify, and no other room’s reaches its world', async () => {
  const party = await makeParty(spotify);
  await spotify.control.clearCalls();
  const demo = await beginDemo();
  const before = await inWorld(demo.roomId, (world) => world.players.report('alex').begun.length);
  await demo.host.post(`${demo.path}/playback/next`, {});
  await demo.host.get(`${demo.path}/search?q=kettle`);
  expect((await demo.host.post('/api/spotify/refresh?force=1')).status).toBe(200);
  await playNext(demo);
  const strangers = (await spotify.control.calls()).filter(({ account }) => account !== party.account);
  expect(strangers).toEqual([]);
  const after = await inWorld(demo.roomId, (world) => world.players.report('alex').begun.length);
  expect(after).toBeGreaterThan(before);
  await party.host.post(`${party.path}/playback/next`, {});
  expect(await inWorld(demo.roomId, (world) => world.players.report('alex').begun.length)).toBe(after);
  expect(await spotify.control.calls({ account: party.account, path: '/v1/me/player/next' })).toHaveLength(1);
});

test('DM2 a demo’s host logs in nowhere but in its world; everybody else at Spotify', async () => {
  const demo = await beginDemo();
  const login = await beginLogin(demo.host);
  expect(login.origin + login.pathname).toBe(`${origin}/simulated-spotify/authorize`);
  const ask = (headers: Record<string, string>) =>
    answerSimulatedSpotify(new Request(login.href, { headers: { ...headers, host: '127.0.0.1:3000' } }));
  expect((await ask({ ...demo.host.headers })).status).toBe(200);
  expect((await ask({})).status).toBe(404);
  expect((await beginLogin(new AppClient())).origin).toBe(spotify.simulator.url);
  await end(demo);
  expect((await beginLogin(demo.host)).origin).toBe(spotify.simulator.url);
});

test('DM2 what a demo was given is gone with it: the next room of that browser is without music', async () => {
  const demo = await beginDemo();
  await end(demo);
  const { host } = demo;
  const { body } = await host.post('/api/rooms', {});
  const room = { host, code: body.room.code, path: `/api/rooms/${body.room.code}` };
  expect((await snapshotOf(room)).spotify.status).toBe('not_connected');
});

test('DM2 a browser with a room or a login of its own keeps both', async () => {
  const party = await makeParty(spotify);
  expectProblem(await party.host.post('/api/demo'), 409, 'demo_not_here');
  expectProblem(await (await makeRoom()).host.post('/api/demo'), 409, 'demo_not_here');
  await party.host.send('DELETE', party.path);
  expectProblem(await party.host.post('/api/demo'), 409, 'demo_not_here');
  expect((await party.host.get('/api/me')).body.spotify.authenticated).toBe(true);
});

test('DM3 twenty at once, however many press together; the next one waits for a place', async () => {
  await getPool().query(
    `INSERT INTO "Room" ("id", "code", "name", "hostSessionId", "demoEndsAt")
     SELECT gen_random_uuid(), 'DM' || g, '', (SELECT "hostSessionId" FROM "Room" WHERE "code" = $1), now() + interval '1 hour'
     FROM generate_series(1, 18) g`,
    [(await makeRoom()).code],
  );
  const answers = await Promise.all(Array.from({ length: 6 }, () => new AppClient().post('/api/demo')));
  expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 201, 429, 429, 429, 429]);
  await getPool().query(`UPDATE "Room" SET "demoEndsAt" = now() - interval '1 minute' WHERE "code" = 'DM1'`);
  await beginDemo();
  await getPool().query(`DELETE FROM "Room" WHERE "code" ~ '^DM[0-9]+$'`);
});

test('DM3 five an hour from one address, and the sixth is told how long it has to wait', async () => {
  const address = '198.51.100.77';
  const answers: Awaited<ReturnType<AppClient['post']>>[] = [];
  for (let press = 0; press < 6; press += 1) answers.push(await new AppClient(address).post('/api/demo'));
  expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201, 201, 429]);
  expect(answers.at(-1)?.body.detail).toMatch(/^That was a lot at once\. Try again in (59|60) minutes\.$/);
});

test('DM3 whoever comes after its hour finds it closed, though nobody has ended it yet', async () => {
  const demo = await beginDemo();
  await getPool().query(`UPDATE "Room" SET "demoEndsAt" = now() - interval '1 second' WHERE "id" = $1`, [demo.roomId]);
  expectProblem(await demo.host.get(demo.path), 410, 'room_ended');
  expectProblem(await new AppClient().post(`${demo.path}/members`, { name: 'Bob' }), 410, 'room_ended');
  expect((await demo.host.get('/api/me')).body.room).toBeNull();
});

test('DM3 after its hour it is over for everybody, and nothing of it is kept', async () => {
  const demo = await beginDemo();
  const guest = await join(demo);
  const stream = await readEvents(guest, demo.path);
  await getPool().query(`UPDATE "Room" SET "demoEndsAt" = now() - interval '1 second' WHERE "id" = $1`, [demo.roomId]);
  // An open page hears of it by itself, and whoever comes later finds it closed.
  await stream.next('ended');
  expectProblem(await demo.host.get(demo.path), 410, 'room_ended');
  expect((await demo.host.get('/api/me')).body.room).toBeNull();
  const guests = await count(
    `SELECT count(*) FROM "Session" s JOIN "Member" m ON m."sessionId" = s."id" WHERE m."roomId" = $1`,
    demo.roomId,
  );
  await getPool().query(`UPDATE "Room" SET "endedAt" = now() - interval '11 minutes' WHERE "id" = $1`, [demo.roomId]);
  await getPool().query(`UPDATE "SimulatedSpotify" SET "changedAt" = now() - interval '11 minutes'`);
  const sessions = await count(`SELECT count(*) FROM "Session"`);
  await purge();
  expect(guests).toBe(4);
  expect(sessions - (await count(`SELECT count(*) FROM "Session"`))).toBeGreaterThanOrEqual(2);
  expect(await count(`SELECT count(*) FROM "Room" WHERE "id" = $1`, demo.roomId)).toBe(0);
  expect(await count(`SELECT count(*) FROM "SimulatedSpotify" WHERE "world" = $1`, demo.roomId)).toBe(0);
});

test('DM4 by the script, songs come and are voted on; guests are as alive as anybody', async () => {
  const demo = await beginDemo();
  for (let step = 0; step < 4; step += 1) await playNext(demo);
  const { queue, members } = await snapshotOf(demo);
  const nameOf = new Map(members.map(({ id, name }: { id: string; name: string }) => [id, name]));
  expect(queue.map(({ addedByName }: { addedByName: string }) => addedByName).toSorted()).toEqual(['Jonas', 'Mia']);
  for (const { addedBy, voters } of queue) {
    expect(Object.keys(voters).map((id) => nameOf.get(id))).toEqual([nameOf.get(addedBy) === 'Mia' ? 'Jonas' : 'Mia']);
  }
});

test('DM4 two instances play each act once', async () => {
  const demo = await beginDemo();
  await getPool().query(`UPDATE "Demo" SET "dueAt" = now() WHERE "roomId" = $1`, [demo.roomId]);
  const taken = await Promise.all(Array.from({ length: 8 }, () => takeAct(demo.roomId, 0, 60)));
  expect(taken.filter(Boolean)).toHaveLength(1);
  expect((await findDemo(demo.roomId))?.step).toBe(1);
});

test('DM4 what the visitor paused they leave paused', async () => {
  const demo = await beginDemo();
  const pauseStep = Array.from({ length: 50 }, (_, step) => step).find((step) => lineAt(step).act === 'pause') ?? 0;
  expect(lineAt(pauseStep + 1).act).toBe('resume');
  expect((await demo.host.post(`${demo.path}/playback/pause`)).status).toBe(204);
  await getPool().query(`UPDATE "Demo" SET "step" = $2 WHERE "roomId" = $1`, [demo.roomId, pauseStep]);
  await playNext(demo);
  expect((await findDemo(demo.roomId))?.step).toBe(pauseStep + 2);
  await playNext(demo);
  expect(await inWorld(demo.roomId, (world) => world.players.report('alex').playing)).toBe(false);
});

test('DM4 an open stream plays the script; without one nothing happens, and nobody watches', async () => {
  const demo = await beginDemo();
  const stepOf = async (): Promise<number> => (await findDemo(demo.roomId))?.step ?? -1;
  await getPool().query(`UPDATE "Demo" SET "dueAt" = now() - interval '1 minute' WHERE "roomId" = $1`, [demo.roomId]);
  await demo.host.get(demo.path);
  expect(await stepOf()).toBe(0);
  const stream = await readEvents(demo.host, demo.path);
  await until(async () => (await stepOf()) === 1);
  await until(async () => (await snapshotOf(demo)).queue.length === 1);
  stream.close();
  await getPool().query(`UPDATE "WatchLease" SET "expiresAt" = now() - interval '1 minute' WHERE "roomId" = $1`, [
    demo.roomId,
  ]);
  expect(await findOrphanedRooms(getDb(), 1_000)).not.toContain(demo.roomId);
});

test('DM4 while nobody looks, songs that wait keep nobody watching', async () => {
  const demo = await beginDemo();
  await getPool().query(
    `INSERT INTO "QueueItem" ("id", "roomId", "memberId", "uri", "songKey", "track", "state")
     SELECT gen_random_uuid(), m."roomId", m."id", 'spotify:track:x', 'x', '{}', 'queued' FROM "Member" m WHERE m."roomId" = $1 LIMIT 1`,
    [demo.roomId],
  );
  const watcher = new RoomWatcher(demo.roomId, 'nobody looks', false);
  watcher.start();
  await watcher.finished;
  expect(watcher.stopped).toBe(true);
  expect(await beginRun(demo.roomId)).toBeNull();
});

test('the script goes on for ever, with other words each time', () => {
  const words = Array.from({ length: 24 }, (_, step) => `${step % 12} ${searchAt(step)}`);
  expect(new Set(words).size).toBe(24);
  expect(lineAt(1_000_000)).toBeDefined();
});
