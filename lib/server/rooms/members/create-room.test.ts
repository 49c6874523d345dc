import { stopInstance } from '@/lib/server/lifecycle';
import { AppClient, join, makeRoom } from '@/testing/people/app-client';
import { expectProblem } from '@/testing/jest/matchers';

afterAll(stopInstance);

describe('creating a room', () => {
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
      admission: 'open',
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
