import { takeCommandLock } from '@/lib/server/db/leases';
import { getPool } from '@/lib/server/db/connection/pool';
import { makeRoom } from '@/testing/people/app-client';
import { until } from '@/testing/until';
import { withCommandLock } from './command-lock';

async function roomIdOf(code: string): Promise<string> {
  return (await getPool().query(`SELECT "id" FROM "Room" WHERE "code" = $1`, [code])).rows[0].id;
}

test('CM1 a command that takes longer than its lock keeps it: no other instance begins meanwhile', async () => {
  const roomId = await roomIdOf((await makeRoom()).code);
  const lockMs = 300;
  const began = Date.now();
  await withCommandLock(
    roomId,
    { kind: 'test', memberId: null, first: true, check: () => Promise.resolve() },
    async () => {
      await until(() => Date.now() > began + 2 * lockMs);
      expect(await takeCommandLock(roomId, 'another instance', lockMs)).toBe(false);
    },
    { lockMs },
  );
  expect(await takeCommandLock(roomId, 'another instance', lockMs)).toBe(true);
});
