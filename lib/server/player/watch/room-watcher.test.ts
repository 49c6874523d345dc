import { randomUUID } from 'node:crypto';
import { takeLease } from '@/lib/server/db/leases';
import { getPool } from '@/lib/server/db/connection/pool';
import { makeRoom } from '@/testing/people/app-client';
import { setUpSimulator } from '@/testing/engine/set-up-simulator';
import { RoomWatcher } from './room-watcher';

setUpSimulator();

/** How often anybody takes a connection while this much goes back and forth on one of its own. */
async function connectionsTakenDuring(roundTrips: number): Promise<number> {
  let taken = 0;
  const count = (): void => void (taken += 1);
  const client = await getPool().connect();
  getPool().on('acquire', count);
  for (let trip = 0; trip < roundTrips; trip += 1) await client.query('SELECT 1');
  getPool().off('acquire', count);
  client.release();
  return taken;
}

test('WT1 a watcher without the lease waits, however often its room changes', async () => {
  const room = await makeRoom();
  const { rows } = await getPool().query<{ id: string }>('SELECT "id" FROM "Room" WHERE "code" = $1', [room.code]);
  const roomId = rows[0]?.id ?? '';
  await takeLease(roomId, 'another instance', false, 60_000);
  const watcher = new RoomWatcher(roomId, randomUUID(), false);
  watcher.start();
  watcher.wake();
  // A loop without a pause asks as often as this does.
  expect(await connectionsTakenDuring(500)).toBeLessThan(50);
  await watcher.stop();
});
