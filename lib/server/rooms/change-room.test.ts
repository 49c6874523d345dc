import { getPool } from '@/lib/server/db/connection/pool';
import { stopInstance } from '@/lib/server/lifecycle';
import { join, makeRoom } from '@/testing/people/app-client';
import { expectProblem } from '@/testing/jest/matchers';
import { until } from '@/testing/until';

afterAll(stopInstance);

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

test.each([
  ['HT3 the right that was taken back', `UPDATE "Member" SET "coHost" = false WHERE "id" = $1`, 403, 'host_only'],
  ['MB2 the member who was removed', `UPDATE "Member" SET "removedAt" = now() WHERE "id" = $1`, 403, 'removed_by_host'],
  [
    'RO4 the room that ended',
    `UPDATE "Room" SET "endedAt" = now() WHERE "id" = (SELECT "roomId" FROM "Member" WHERE "id" = $1)`,
    410,
    'room_ended',
  ],
] as const)('%s, while the change waited for the room, refuses it', async (_what, sql, status, code) => {
  const room = await makeRoom();
  const guest = await join(room);
  await room.host.send('PATCH', `${room.path}/members/${guest.memberId}`, { json: { coHost: true } });
  const other = await getPool().connect();
  try {
    await other.query('BEGIN');
    await other.query(`SELECT 1 FROM "Room" WHERE "code" = $1 FOR UPDATE`, [room.code]);
    const { rows } = await other.query(`SELECT pg_backend_pid() AS "pid"`);
    const answer = guest.send('PATCH', room.path, { json: { queueOpen: false } });
    await until(async () => {
      const waiting = await getPool().query(
        `SELECT 1 FROM pg_stat_activity WHERE $1::int = ANY(pg_blocking_pids(pid))`,
        [rows[0].pid],
      );
      return waiting.rows.length > 0;
    });
    await other.query(sql, [guest.memberId]);
    await other.query('COMMIT');
    expectProblem(await answer, status, code);
  } finally {
    other.release();
  }
});
