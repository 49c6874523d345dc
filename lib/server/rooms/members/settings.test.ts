import { patch, quietRooms } from '@/testing/engine/quiet-room';
import { setUpSimulator } from '@/testing/engine/set-up-simulator';
import { expectProblem } from '@/testing/jest/matchers';
import { AppClient, join } from '@/testing/people/app-client';

const quietRoom = quietRooms(setUpSimulator());

test('HT1 a locked room lets nobody new in, and back who was there', async () => {
  const room = await quietRoom();
  const guest = await join(room);
  await patch(room, { locked: true });
  expectProblem(await new AppClient().post(`${room.path}/members`, { name: 'New' }), 403, 'room_locked');
  await guest.send('DELETE', `${room.path}/members/me`);
  expect((await guest.post(`${room.path}/members`, { name: 'Back' })).status).toBe(200);
});
