import { PrismaPg } from '@prisma/adapter-pg';
import { PrismaClient } from '@/lib/server/db/generated/client';
import { isDatabaseDown, isDatabaseGone } from '@/lib/server/runtime/database-errors';
import { openPool } from './pool';

const failureOf = (asking: Promise<unknown>): Promise<unknown> =>
  asking.then(
    () => null,
    (error: unknown) => error,
  );

test('RL-06 a database that is not there is known as that, however it was asked', async () => {
  // Nobody listens there.
  const pool = openPool({ url: 'postgresql://nobody@127.0.0.1:1/none', ca: null }, { max: 1, idleTimeoutMillis: 10 });
  const db = new PrismaClient({ adapter: new PrismaPg(pool) });
  const failures = await Promise.all(
    [
      pool.query('SELECT 1'),
      db.$queryRaw`SELECT 1`,
      db.$executeRaw`SELECT 1`,
      db.room.findFirst(),
      db.$transaction((tx) => tx.$queryRaw`SELECT 1`),
    ].map(failureOf),
  );
  expect(failures.map((error) => [isDatabaseDown(error), isDatabaseGone(error)])).toEqual(
    failures.map(() => [true, true]),
  );
  await pool.end();
});
