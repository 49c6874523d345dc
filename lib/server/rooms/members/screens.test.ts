import { randomUUID } from 'node:crypto';
import { getPool } from '@/lib/server/db/connection/pool';
import { purge } from '@/lib/server/db/purge';
import { stopInstance } from '@/lib/server/lifecycle';
import { getRoomWatchers } from '@/lib/server/player/watch/room-watchers';
import { limits } from '@/lib/server/session/rate-limits';
import { roomCodeSymbols } from '@/lib/shared/rules/room-code';
import { expectProblem } from '@/testing/jest/matchers';
import { AppClient, join, makeRoom } from '@/testing/people/app-client';
import { type EventReader, readEvents } from '@/testing/people/event-reader';
import type { TestRoom } from '@/testing/people/party';
import { until } from '@/testing/until';

const streams: EventReader[] = [];
afterEach(() => {
  for (const stream of streams.splice(0)) stream.close();
});
afterAll(stopInstance);

/** A TV that has been switched on, and the code that it shows. */
async function switchOn(tv = new AppClient()): Promise<{ readonly tv: AppClient; readonly code: string }> {
  const { status, body } = await tv.post('/api/screens');
  expect(status).toBe(201);
  return { tv, code: body.screen.code };
}

const pair = (room: TestRoom, code: string, by = room.host) => by.post(`${room.path}/screens`, { code });
const ownScreen = async (tv: AppClient) => (await tv.get('/api/screens/me')).body.screen;
const screensOf = async ({ host, path }: TestRoom) => (await host.get(`${path}/screens`)).body.screens;

/** A TV that shows that room. */
async function pairedTv(room: TestRoom): Promise<{ readonly tv: AppClient; readonly id: string }> {
  const { tv, code } = await switchOn();
  const { status, body } = await pair(room, code);
  expect(status).toBe(201);
  return { tv, id: body.screen.id };
}

async function listen(person: AppClient, room: TestRoom): Promise<EventReader> {
  const stream = await readEvents(person, room.path);
  streams.push(stream);
  return stream;
}

const lastOf = ({ events }: EventReader) => events.findLast(({ type }) => type !== 'comment')?.type;

/** The screen as it is when that many minutes have gone by in which it was off. */
const age = (code: string, minutes: number) =>
  getPool().query(
    `UPDATE "Screen" SET "expiresAt" = "expiresAt" - make_interval(mins => $2), "lastSeenAt" = "lastSeenAt" - make_interval(mins => $2)
     WHERE "code" = $1`,
    [code, minutes],
  );

/** The room as it is when nobody has been there for a day. */
const silence = ({ code }: TestRoom) =>
  getPool().query(`UPDATE "Room" SET "lastActiveAt" = now() - interval '25 hours' WHERE "code" = $1`, [code]);

describe('SN2 a screen’s code', () => {
  test('is six symbols for ten minutes, the same while it lasts, and only a screen has one', async () => {
    const tv = new AppClient();
    expectProblem(await tv.get('/api/screens/me'), 404, 'screen_not_found');
    const { code } = await switchOn(tv);
    expect(code).toMatch(new RegExp(`^[${roomCodeSymbols}]{6}$`));
    const again = await tv.post('/api/screens');
    expect([again.status, again.body.screen.code]).toEqual([200, code]);
    const own = await ownScreen(tv);
    expect(own).toEqual({ code, expiresAt: expect.any(String), room: null });
    const left = Date.parse(own.expiresAt) - Date.now();
    expect(left).toBeGreaterThan(9 * 60_000);
    expect(left).toBeLessThanOrEqual(600_000);
    expectProblem(await join(await makeRoom()).then((guest) => guest.post('/api/screens')), 409, 'already_member');
  });

  test('pairs once, in any case, and the screen sees the room and is nobody in it', async () => {
    const room = await makeRoom({ name: 'Kitchen' });
    const { tv, code } = await switchOn();
    expectProblem(await tv.get(room.path), 403, 'not_a_member');
    const paired = await pair(room, code.toLowerCase());
    expect(paired.status).toBe(201);
    expect(paired.body).toEqual({ screen: { id: expect.any(String), pairedAt: expect.any(String) } });
    const shown = { code: null, expiresAt: null, room: { code: room.code, name: 'Kitchen' } };
    expect(await ownScreen(tv)).toEqual(shown);
    const again = await tv.post('/api/screens');
    expect([again.status, again.body.screen]).toEqual([200, shown]);
    expect(await screensOf(room)).toEqual([{ ...paired.body.screen, present: true }]);
    expectProblem(await pair(room, code), 404, 'screen_not_found');
    expectProblem(await pair(await makeRoom(), code), 404, 'screen_not_found');
    expect((await tv.get('/api/me')).body.room).toBeNull();
    const { snapshot, you } = (await tv.get(room.path)).body;
    expect(you).toEqual({ memberId: null, role: 'screen', name: '', coHost: false, serverTime: expect.any(String) });
    expect([snapshot.memberCount, snapshot.presentCount, snapshot.skip.required]).toEqual([1, 1, 1]);
  });

  test('typed by two at once, in two rooms, pairs with one', async () => {
    const rooms = await Promise.all([makeRoom(), makeRoom(), makeRoom()]);
    const { tv, code } = await switchOn();
    const answers = await Promise.all(rooms.map((room) => pair(room, code)));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 404, 404]);
    const lists = await Promise.all(rooms.map(screensOf));
    expect(lists.flat()).toHaveLength(1);
    const winner = rooms[answers.findIndex(({ status }) => status === 201)];
    expect((await ownScreen(tv)).room.code).toBe(winner?.code);
  });

  test('that is too old pairs no more, and the screen takes a new one', async () => {
    const room = await makeRoom();
    const { tv, code } = await switchOn();
    await age(code, 10);
    expectProblem(await pair(room, code), 404, 'screen_not_found');
    expectProblem(await tv.get('/api/screens/me'), 404, 'screen_not_found');
    const fresh = await switchOn(tv);
    expect(fresh.code).not.toBe(code);
    expect((await pair(room, fresh.code)).status).toBe(201);
  });

  test('is refused to guests before it is looked at, and to nobody else', async () => {
    const room = await makeRoom();
    const [guest, coHost] = [await join(room), await join(room)];
    await room.host.send('PATCH', `${room.path}/members/${coHost.memberId}`, { json: { coHost: true } });
    const { code } = await switchOn();
    expectProblem(await pair(room, code, guest), 403, 'host_only');
    expectProblem(await room.host.post(`${room.path}/screens`, {}), 400, 'invalid_request');
    expect((await pair(room, code, coHost)).status).toBe(201);
    const [{ id }] = await screensOf(room);
    expect((await coHost.send('DELETE', `${room.path}/screens/${id}`)).status).toBe(204);
  });

  test('cannot be guessed: after thirty misses of a member none is looked up, not even a right one', async () => {
    const [room, { code }] = [await makeRoom(), await switchOn()];
    for (let miss = 0; miss < limits.screenMisses.points; miss += 1)
      expectProblem(await pair(room, miss === 0 ? 'no code' : 'BCDFGH'), 404, 'screen_not_found');
    expectProblem(await pair(room, code), 429, 'rate_limited');
    expect((await pair(await makeRoom(), code)).status).toBe(201);
  });
});

describe('SN3 a pairing', () => {
  test('lasts over a new code and another name of the room, and ends when the screen is taken away', async () => {
    const room = await makeRoom();
    const { tv, id } = await pairedTv(room);
    const { code } = (await room.host.post(`${room.path}/code`)).body.room;
    const renamed = { ...room, code, path: `/api/rooms/${code}` };
    await room.host.send('PATCH', renamed.path, { json: { name: 'Garden' } });
    expect((await ownScreen(tv)).room).toEqual({ code, name: 'Garden' });
    const stream = await listen(tv, renamed);
    await stream.next('snapshot');
    expect((await room.host.send('DELETE', `${renamed.path}/screens/${id}`)).status).toBe(204);
    await until(() => stream.closed());
    expect(lastOf(stream)).toBe('removed');
    expectProblem(await tv.get(renamed.path), 403, 'not_a_member');
    expectProblem(await room.host.send('DELETE', `${renamed.path}/screens/${id}`), 404, 'screen_not_found');
    const own = await ownScreen(tv);
    expect(own).toEqual({ code: expect.stringMatching(/^[A-Z0-9]{6}$/), expiresAt: expect.any(String), room: null });
    expect(await ownScreen(tv)).toEqual(own);
  });

  test('of a screen that is off is taken away as well; on again it shows a code, also hours later', async () => {
    const [room, other] = [await makeRoom(), await makeRoom()];
    const { tv, id } = await pairedTv(room);
    await getPool().query(`UPDATE "Screen" SET "lastSeenAt" = now() - interval '2 hours' WHERE "id" = $1`, [id]);
    expect(await screensOf(room)).toEqual([{ id, pairedAt: expect.any(String), present: false }]);
    await room.host.send('DELETE', `${room.path}/screens/${id}`);
    const { code } = await ownScreen(tv);
    // The same TV in a second room: the first has nothing of it.
    expect((await pair(other, code)).status).toBe(201);
    expect(await screensOf(room)).toEqual([]);
    expectProblem(await tv.get(room.path), 403, 'not_a_member');
    expect((await tv.get(other.path)).body.you.role).toBe('screen');
    expectProblem(await room.host.send('DELETE', `${room.path}/screens/${id}`), 404, 'screen_not_found');
  });

  test.each([
    ['the host', ({ host, path }: TestRoom) => host.send('DELETE', path)],
    ['a day without anybody', silence],
  ])('ends with the room, which %s ended', async (_, end) => {
    const room = await makeRoom();
    const { tv } = await pairedTv(room);
    await end(room);
    expect(await ownScreen(tv)).toEqual({ code: expect.any(String), expiresAt: expect.any(String), room: null });
    expectProblem(await tv.get(room.path), 410, 'room_ended');
  });

  test('is one of ten at most, and the eleventh’s code stays good', async () => {
    const room = await makeRoom();
    const tvs = await Promise.all(Array.from({ length: 10 }, () => pairedTv(room)));
    const { code } = await switchOn();
    expectProblem(await pair(room, code), 409, 'too_many_screens');
    expectProblem(await pair(room, 'BCDFGH'), 404, 'screen_not_found');
    await room.host.send('DELETE', `${room.path}/screens/${tvs[0]?.id}`);
    expect((await pair(room, code)).status).toBe(201);
  });

  const becomes = {
    'joins its room': (tv: AppClient, room: TestRoom) => tv.post(`${room.path}/members`, { name: 'TV' }),
    'joins another room': async (tv: AppClient) => tv.post(`${(await makeRoom()).path}/members`, { name: 'TV' }),
    'makes a room': (tv: AppClient) => tv.post('/api/rooms', {}),
    'is let in elsewhere': async (tv: AppClient) => {
      const door = await makeRoom();
      await door.host.send('PATCH', door.path, { json: { admission: 'knock' } });
      const { id } = (await tv.post(`${door.path}/members`, { name: 'TV' })).body.waiting;
      await door.host.post(`${door.path}/waiting/${id}`);
    },
    'logs out': (tv: AppClient) => tv.send('DELETE', '/api/session'),
  } as const;
  test.each(Object.entries(becomes))('ends when its browser %s, whose stream hears it', async (_, become) => {
    const room = await makeRoom();
    const { tv } = await pairedTv(room);
    const stream = await listen(tv, room);
    await stream.next('snapshot');
    await become(tv, room);
    await until(() => stream.closed());
    expect(lastOf(stream)).toBe('removed');
    expect(await screensOf(room)).toEqual([]);
    expectProblem(await tv.get('/api/screens/me'), 404, 'screen_not_found');
  });

  test('a code of who has joined a room meanwhile leads nowhere', async () => {
    const [room, { tv, code }] = [await makeRoom(), await switchOn()];
    await tv.post(`${room.path}/members`, { name: 'TV' });
    expectProblem(await pair(room, code), 404, 'screen_not_found');
  });

  test('is refused to a browser that was removed from the room, which can log out and show a new code', async () => {
    const room = await makeRoom();
    const guest = await join(room, 'TV');
    await room.host.send('DELETE', `${room.path}/members/${guest.memberId}`);
    const { code } = await switchOn(guest);
    const refused = await pair(room, code);
    expectProblem(refused, 404, 'screen_not_found');
    expect(refused.body.detail).toContain('Log out');
    await guest.send('DELETE', '/api/session');
    expect((await pair(room, (await switchOn(guest)).code)).status).toBe(201);
    expect((await guest.get(room.path)).status).toBe(200);
  });
});

test('SN1 an open screen keeps the room watched, and does not keep it from ending', async () => {
  const room = await makeRoom();
  const { tv } = await pairedTv(room);
  const { rows } = await getPool().query<{ id: string }>(`SELECT "id" FROM "Room" WHERE "code" = $1`, [room.code]);
  const watched = jest.spyOn(getRoomWatchers(), 'acquire');
  const stream = await listen(tv, room);
  await stream.next('snapshot');
  expect(watched).toHaveBeenCalledWith(rows[0]?.id);
  const lastActive = async () =>
    (await getPool().query(`SELECT "lastActiveAt" FROM "Room" WHERE "code" = $1`, [room.code])).rows;
  const before = await lastActive();
  await tv.get(room.path);
  await tv.get('/api/screens/me');
  expect(await lastActive()).toEqual(before);
  await silence(room);
  expectProblem(await tv.get(room.path), 410, 'room_ended');
});

test('RL-11 a screen that shows no room and was off for an hour is forgotten, and one that shows a room is not', async () => {
  const room = await makeRoom();
  const { tv, id } = await pairedTv(room);
  const { code } = await switchOn();
  await age(code, 61);
  await getPool().query(`UPDATE "Screen" SET "lastSeenAt" = now() - interval '2 days' WHERE "id" = $1`, [id]);
  await purge();
  expect((await getPool().query(`SELECT 1 FROM "Screen" WHERE "code" = $1`, [code])).rowCount).toBe(0);
  expect((await ownScreen(tv)).room.code).toBe(room.code);
  expectProblem(await room.host.send('DELETE', `${room.path}/screens/${randomUUID()}`), 404, 'screen_not_found');
});
