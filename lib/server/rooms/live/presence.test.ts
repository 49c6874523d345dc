import { getPool } from '@/lib/server/db/connection/pool';
import { stopInstance } from '@/lib/server/lifecycle';
import { join, makeRoom } from '@/testing/people/app-client';
import { readEvents } from '@/testing/people/event-reader';
import { until } from '@/testing/until';

afterAll(stopInstance);

test('PR1 who has a stream is present; who has gone is not, a minute later', async () => {
  const room = await makeRoom();
  const guest = await join(room, 'Bob');
  const stream = await readEvents(room.host, room.path);
  const bob = () => stream.snapshot()?.members.find(({ name }: { name: string }) => name === 'Bob');
  await until(() => bob()?.present === true);
  await getPool().query(`UPDATE "Member" SET "lastSeenAt" = now() - interval '61 seconds' WHERE "id" = $1`, [
    guest.memberId,
  ]);
  await until(() => bob()?.present === false, 9_000);
  expect(stream.snapshot()).toMatchObject({ memberCount: 2, presentCount: 1 });
  await guest.get(room.path);
  await until(() => bob()?.present === true);
  stream.close();
});
