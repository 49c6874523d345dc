import { getPool } from '@/lib/server/db/connection/pool';
import { stopInstance } from '@/lib/server/lifecycle';
import { join, makeRoom } from '@/testing/people/app-client';
import { readEvents } from '@/testing/people/event-reader';
import { until } from '@/testing/until';

beforeAll(() => {
  // Announcements stay within their database: a listener on another one hears none, as behind a pooler that shares sessions.
  const elsewhere = new URL(process.env['DATABASE_URL'] ?? '');
  elsewhere.pathname = '/postgres';
  process.env['DATABASE_DIRECT_URL'] = elsewhere.href;
});
afterAll(stopInstance);

test('EV3 without any notifications every change arrives all the same', async () => {
  const room = await makeRoom();
  const guest = await join(room, 'Bob');
  const streams = [await readEvents(room.host, room.path), await readEvents(guest, room.path)];
  for (const name of ['One', 'Two', 'Three']) {
    await room.host.send('PATCH', room.path, { json: { name } });
    for (const stream of streams) await until(() => stream.snapshot()?.room.name === name);
  }
  const versions = streams.map((stream) => stream.snapshot().version);
  const { rows } = await getPool().query(`SELECT "version" FROM "Room" WHERE "code" = $1`, [room.code]);
  expect(new Set(versions)).toEqual(new Set([rows[0].version]));
  for (const stream of streams) stream.close();
});
