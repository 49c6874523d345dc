import { getPool } from '@/lib/server/db/connection/pool';
import { stopInstance } from '@/lib/server/lifecycle';
import { AppClient, join, makeRoom } from '@/testing/app-client';
import { expectProblem } from '@/testing/matchers';

afterAll(stopInstance);

describe('making a room', () => {
  test('defaults, the answer, and where it is', async () => {
    const host = new AppClient();
    const answer = await host.post('/api/rooms');
    expect(answer.status).toBe(201);
    const { room } = answer.body;
    expect(room).toEqual({
      code: expect.stringMatching(/^[BCDFGHJKMNPQRSTVWXYZ2-9]{6}$/),
      name: '',
      guestsCanPause: false,
      votesToSkip: 2,
      createdAt: expect.stringMatching(/^\d{4}-.*Z$/),
      queueOrder: 'votes',
      queueOpen: true,
      songsPerGuest: 10,
      queueLimit: 200,
      explicitAllowed: true,
      maxSongMs: null,
      replayAfterMs: null,
      asksApproval: false,
      locked: false,
      fallback: null,
      sources: [],
    });
    expect(answer.headers.get('location')).toBe(`/room/${room.code}`);
    const view = await host.get(`/api/rooms/${room.code}`);
    expect(view.body.you).toMatchObject({ role: 'host', name: 'Host' });
  });

  test('RO2 a session that hosts a room gets that one, changed by what was given', async () => {
    const { host, code } = await makeRoom({ name: 'Old', votesToSkip: 5 });
    const answer = await host.post('/api/rooms', { name: 'New', hostName: 'Mia' });
    expect(answer.status).toBe(200);
    expect(answer.body.room).toMatchObject({ code, name: 'New', votesToSkip: 5 });
    expect((await host.get(`/api/rooms/${code}`)).body.you.name).toBe('Mia');
  });

  test('RO1 a guest elsewhere leaves there', async () => {
    const room = await makeRoom();
    const guest = await join(room);
    const own = await guest.post('/api/rooms', {});
    expect(own.status).toBe(201);
    expectProblem(await guest.get(room.path), 403, 'not_a_member');
    expect((await room.host.get(room.path)).body.snapshot.memberCount).toBe(1);
  });

  test('SE-03 becoming a host gives the session a new cookie; the old one is a stranger', async () => {
    const room = await makeRoom();
    const guest = await join(room);
    const planted = new AppClient();
    for (const [name, value] of guest.cookies) planted.cookies.set(name, value);
    await guest.post('/api/rooms', {});
    expect((await planted.get('/api/me')).body.room).toBeNull();
    expect((await guest.get('/api/me')).body.room).toMatchObject({ role: 'host' });
  });

  test('use_app_url on another address of this machine', async () => {
    const headers = { host: '127.0.0.2:3000' };
    expectProblem(await new AppClient().post('/api/rooms', {}, { headers }), 409, 'use_app_url');
    expectProblem(await new AppClient().get('/api/spotify/authorize', { headers }), 409, 'use_app_url');
  });
});

describe('members', () => {
  test('MB1 joining again renames, coming back is known, two may share a name', async () => {
    const room = await makeRoom();
    const guest = new AppClient();
    const first = await guest.post(`${room.path.toLowerCase().replace('/api/rooms/', '/api/rooms/')}/members`, {
      name: ' Bob ',
    });
    expect(first.status).toBe(201);
    expect(first.body.member).toEqual({ id: expect.any(String), name: 'Bob', role: 'guest' });
    const again = await guest.post(`${room.path}/members`, { name: 'Bobby' });
    expect(again.status).toBe(200);
    expect(again.body.member).toEqual({ ...first.body.member, name: 'Bobby' });
    const other = await new AppClient().post(`${room.path}/members`, { name: 'Bobby' });
    expect(other.status).toBe(201);
    expect((await guest.send('DELETE', `${room.path}/members/me`)).status).toBe(204);
    expectProblem(await guest.get(room.path), 403, 'not_a_member');
    const back = await guest.post(`${room.path}/members`, { name: 'Bob' });
    expect([back.status, back.body.member.id]).toEqual([200, first.body.member.id]);
  });

  test('not_a_member carries what the join page shows', async () => {
    const room = await makeRoom({ name: 'Kitchen' });
    const answer = await new AppClient().get(room.path);
    expectProblem(answer, 403, 'not_a_member');
    expect(answer.body.room).toEqual({ code: room.code, name: 'Kitchen' });
  });

  test('RO1 one room at a time, also when two are entered at once', async () => {
    const [a, b] = [await makeRoom(), await makeRoom()];
    const guest = await join(a);
    const moves = Array.from({ length: 12 }, (_, index) =>
      guest.post(`${(index % 2 === 0 ? b : a).path}/members`, { name: 'x' }),
    );
    for (const { status } of await Promise.all(moves)) expect([200, 201]).toContain(status);
    const places = await Promise.all([a, b].map(async (room) => (await guest.get(room.path)).status));
    expect(places.toSorted()).toEqual([200, 403]);
  });

  test('the host of another room is told to end it first', async () => {
    const [a, b] = [await makeRoom(), await makeRoom()];
    expectProblem(await a.host.post(`${b.path}/members`, { name: 'x' }), 409, 'already_hosting');
  });

  test('RO3 the host leaving ends the room; RO4 it stays ended', async () => {
    const room = await makeRoom();
    const guest = await join(room);
    expect((await room.host.send('DELETE', `${room.path}/members/me`)).status).toBe(204);
    expectProblem(await guest.get(room.path), 410, 'room_ended');
    expectProblem(await room.host.get(room.path), 410, 'room_ended');
    expectProblem(await new AppClient().post(`${room.path}/members`, { name: 'x' }), 410, 'room_ended');
    expect((await guest.get('/api/me')).body.room).toBeNull();
    expect((await guest.post('/api/rooms', {})).status).toBe(201);
  });

  test('MB2 somebody removed stays removed, on every endpoint', async () => {
    const room = await makeRoom();
    const guest = await join(room);
    expectProblem(await guest.send('DELETE', `${room.path}/members/${guest.memberId}`), 403, 'host_only');
    expect((await room.host.send('DELETE', `${room.path}/members/${guest.memberId}`)).status).toBe(204);
    expectProblem(await room.host.send('DELETE', `${room.path}/members/${guest.memberId}`), 404, 'member_not_found');
    expectProblem(await room.host.send('DELETE', `${room.path}/members/nobody`), 404, 'member_not_found');
    for (const [method, path, json] of [
      ['GET', '', undefined],
      ['GET', '/events', undefined],
      ['POST', '/members', { name: 'x' }],
      ['DELETE', '/members/me', undefined],
      ['POST', '/skip-votes', { playId: 'x' }],
      ['POST', '/playback/pause', undefined],
    ] as const) {
      const options = json === undefined ? {} : { json };
      expectProblem(await guest.send(method, `${room.path}${path}`, options), 403, 'removed_by_host');
    }
    const hostId = (await room.host.get(room.path)).body.you.memberId;
    expectProblem(await room.host.send('DELETE', `${room.path}/members/${hostId}`), 409, 'cannot_remove_host');
  });
});

describe('the life of a room', () => {
  test('RO5 a day of silence ends it', async () => {
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

  test('RO6 every change raises the version, and none raises it for nothing', async () => {
    const room = await makeRoom();
    const version = async (): Promise<number> => (await room.host.get(room.path)).body.snapshot.version;
    const before = await version();
    await room.host.send('PATCH', room.path, { json: { votesToSkip: 3 } });
    const after = await version();
    expect(after).toBeGreaterThan(before);
    await room.host.send('PATCH', room.path, { json: {} });
    await room.host.send('PATCH', room.path, { json: { unknown: 1 } });
    expect(await version()).toBe(after);
  });

  test('ending it twice is no failure of the room', async () => {
    const room = await makeRoom();
    expect((await room.host.send('DELETE', room.path)).status).toBe(204);
    expectProblem(await room.host.send('DELETE', room.path), 410, 'room_ended');
  });
});

describe('limits', () => {
  test('RM-01 codes that lead nowhere are counted per address; a member of a live room is never limited', async () => {
    const room = await makeRoom();
    const member = Object.assign(new AppClient('198.51.100.7'), {});
    await member.post(`${room.path}/members`, { name: 'Bob' });
    const guesser = new AppClient('198.51.100.7');
    const codes = Array.from({ length: 31 }, (_, index) => `ZZZZ${String(index + 22).padStart(2, '2')}`);
    const answers: number[] = [];
    for (const code of codes) answers.push((await guesser.get(`/api/rooms/${code}`)).status);
    expect(answers.slice(0, 30).every((status) => status === 404)).toBe(true);
    const limited = await guesser.get('/api/rooms/ZZZZZZ');
    expectProblem(limited, 429, 'rate_limited');
    expect(Number(limited.headers.get('retry-after'))).toBeGreaterThan(0);
    expectProblem(await guesser.get(room.path), 429, 'rate_limited');
    expect((await member.get(room.path)).status).toBe(200);
    expect((await new AppClient('198.51.100.8').get('/api/rooms/ZZZZZZ')).status).toBe(404);
  });

  test('RM-04 newcomers are limited per address and room, at a rate no party reaches', async () => {
    const room = await makeRoom();
    const statuses: number[] = [];
    for (let index = 0; index < 61; index += 1) {
      statuses.push((await new AppClient('198.51.100.9').post(`${room.path}/members`, { name: `g${index}` })).status);
    }
    expect(statuses.slice(0, 60).every((status) => status === 201)).toBe(true);
    expect(statuses[60]).toBe(429);
    const listed = (await room.host.get(room.path)).body.snapshot;
    expect([listed.memberCount, listed.members.length]).toEqual([61, 61]);
  });
});
