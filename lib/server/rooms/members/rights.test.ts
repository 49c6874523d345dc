import { stopInstance } from '@/lib/server/lifecycle';
import { join, makeRoom } from '@/testing/people/app-client';
import { expectProblem } from '@/testing/jest/matchers';

afterAll(stopInstance);

describe('people', () => {
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
