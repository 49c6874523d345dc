import { getPool } from '@/lib/server/db/connection/pool';
import { quietRooms } from '@/testing/engine/quiet-room';
import { setUpSimulator } from '@/testing/engine/set-up-simulator';
import { expectProblem } from '@/testing/jest/matchers';
import { join } from '@/testing/people/app-client';
import { readEvents } from '@/testing/people/event-reader';
import { until } from '@/testing/until';

const quietRoom = quietRooms(setUpSimulator());

test('HT2 a new code replaces the old one at once; who is in the room stays and learns it', async () => {
  const room = await quietRoom();
  const guest = await join(room);
  const stream = await readEvents(guest, room.path);
  expectProblem(await guest.post(`${room.path}/code`), 403, 'host_only');
  const { code } = (await room.host.post(`${room.path}/code`)).body.room;
  expect(code).not.toBe(room.code);
  await until(() => stream.snapshot()?.room.code === code);
  stream.close();
  expectProblem(await guest.get(room.path), 404, 'room_not_found');
  expect((await guest.get(`/api/rooms/${code}`)).status).toBe(200);
  const { rows } = await getPool().query(`SELECT 1 FROM "OldRoomCode" WHERE "code" = $1`, [room.code]);
  expect(rows).toHaveLength(1);
});
