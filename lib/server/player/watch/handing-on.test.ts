import { getPool } from '@/lib/server/db/connection/pool';
import { beginRun, claimRun } from '@/lib/server/db/watch-runs';
import { releaseOnSignal } from '@/lib/server/lifecycle';
import { add, quietRooms, uriOf } from '@/testing/engine/quiet-room';
import { setUpSimulator } from '@/testing/engine/set-up-simulator';
import { until } from '@/testing/until';
import { getRoomWatchers } from './room-watchers';
import { runWatch } from './watch-run';

const quietRoom = quietRooms(setUpSimulator());

async function idOf(code: string): Promise<string> {
  const { rows } = await getPool().query(`SELECT "id" FROM "Room" WHERE "code" = $1`, [code]);
  return rows[0].id;
}

const count = async (sql: string, roomId: string): Promise<number> =>
  Number((await getPool().query(`SELECT count(*) FROM ${sql} AND "roomId" = $1`, [roomId])).rows[0].count);

const leases = (roomId: string): Promise<number> => count(`"WatchLease" WHERE "expiresAt" > clock_timestamp()`, roomId);

/** One instance is asked to end, so this is one test: afterwards it takes nothing new. */
test('WT8 FD11 who is asked to end by SIGTERM gives every lease back and asks for the next request of its run', async () => {
  const [watched, running] = [await quietRoom(), await quietRoom()];
  await add(running.host, running, uriOf(0));
  const [watchedId, roomId] = [await idOf(watched.code), await idOf(running.code)];
  const generation = (await claimRun(roomId, (await beginRun(roomId)) ?? 0)) ?? 0;
  releaseOnSignal();
  getRoomWatchers().acquire(watchedId);
  const run = runWatch(roomId, generation);
  await until(async () => (await leases(watchedId)) + (await leases(roomId)) === 2);
  // Whatever the instance does about it, this test's process goes on.
  process.once('SIGTERM', () => undefined);
  process.kill(process.pid, 'SIGTERM');
  await run;
  await until(async () => (await leases(watchedId)) + (await leases(roomId)) === 0);
  // Nothing answers at this test's address, which the run has noted: it has asked.
  expect(await count(`"WatchRun" WHERE "generation" = ${generation + 1} AND "failed"`, roomId)).toBe(1);
});
