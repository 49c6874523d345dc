import { add, quietRooms, uriOf } from '@/testing/engine/quiet-room';
import { setUpSimulator } from '@/testing/engine/set-up-simulator';
import { expectProblem } from '@/testing/jest/matchers';
import { join, makeRoom } from '@/testing/people/app-client';

const quietRoom = quietRooms(setUpSimulator());

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

test('HT3 a co-host has the remote and the tools for the queue, and nothing else, until the host takes it back', async () => {
  const room = await quietRoom();
  const guest = await join(room);
  const rights = (json: object) => room.host.send('PATCH', `${room.path}/members/${guest.memberId}`, { json });
  const tries = async () => [
    (await guest.post(`${room.path}/playback/volume`, { percent: 30 })).status,
    (await guest.post(`${room.path}/playback/pause`)).status,
    (await guest.get(`${room.path}/blocks`)).status,
    (await guest.send('PATCH', room.path, { json: { queueOpen: true } })).status,
    (await guest.send('PATCH', room.path, { json: { queueOpen: true, votesToSkip: 1 } })).status,
    (await guest.get(`${room.path}/devices`)).status,
    (await guest.post(`${room.path}/code`)).status,
    (await guest.send('PATCH', `${room.path}/members/${guest.memberId}`, { json: { trusted: true } })).status,
    (await guest.send('DELETE', room.path)).status,
  ];
  expect(await tries()).toEqual([403, 403, 403, 403, 403, 403, 403, 403, 403]);
  await rights({ coHost: true });
  expect((await guest.get(room.path)).body.you.coHost).toBe(true);
  expect(await tries()).toEqual([204, 204, 200, 200, 403, 403, 403, 403, 403]);
  await rights({ coHost: false });
  expect((await guest.get(`${room.path}/blocks`)).status).toBe(403);
  await rights({ coHost: true });
  await guest.send('DELETE', `${room.path}/members/me`);
  await guest.post(`${room.path}/members`, { name: 'Back' });
  expect((await guest.get(room.path)).body.you.coHost).toBe(false);
});

test('HT4 a removed guest can be let back in', async () => {
  const room = await quietRoom();
  const guest = await join(room);
  await room.host.send('DELETE', `${room.path}/members/${guest.memberId}`);
  expectProblem(await guest.post(`${room.path}/members`, { name: 'Bob' }), 403, 'removed_by_host');
  expect((await room.host.post(`${room.path}/members/${guest.memberId}/readmit`)).status).toBe(204);
  expect((await guest.post(`${room.path}/members`, { name: 'Bob' })).status).toBe(200);
});

test('HT4 comes back without what the host granted before', async () => {
  const room = await quietRoom({ asksApproval: true });
  const guest = await join(room);
  await room.host.send('PATCH', `${room.path}/members/${guest.memberId}`, { json: { trusted: true, coHost: true } });
  await room.host.send('DELETE', `${room.path}/members/${guest.memberId}`);
  await room.host.post(`${room.path}/members/${guest.memberId}/readmit`);
  await guest.post(`${room.path}/members`, { name: 'Bob' });
  expect((await add(guest, room, uriOf(0))).body.item.state).toBe('pending');
});
