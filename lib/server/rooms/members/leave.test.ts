import { stopInstance } from '@/lib/server/lifecycle';
import { AppClient, join, makeRoom } from '@/testing/people/app-client';
import { expectProblem } from '@/testing/jest/matchers';

afterAll(stopInstance);

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

test('ending a room twice is no failure of the room', async () => {
  const room = await makeRoom();
  expect((await room.host.send('DELETE', room.path)).status).toBe(204);
  expectProblem(await room.host.send('DELETE', room.path), 410, 'room_ended');
});
