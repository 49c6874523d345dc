import { getPool } from '@/lib/server/db/connection/pool';
import { expectProblem } from '@/testing/jest/matchers';
import { AppClient, makeRoom } from '@/testing/people/app-client';
import { releaseInstance, stopInstance } from './lifecycle';
import { keepWrittenLines } from '@/testing/written-lines';

const ask = (path: string) => new AppClient().get(path);

/** The tests of this file follow one instance from its start to its end. */
const life: { ended: boolean } = { ended: false };
afterAll(async () => {
  if (!life.ended) await stopInstance();
});

test('an instance whose database lacks a column of this build is alive, and not ready until it is there', async () => {
  const room = await makeRoom();
  await getPool().query('ALTER TABLE "Room" RENAME COLUMN "queueBegun" TO "somethingElse"');
  const lines = keepWrittenLines();
  try {
    expect(await ask('/api/health/ready')).toMatchObject({ status: 503, body: { status: 'database_not_migrated' } });
    expect(await ask('/api/health/live')).toMatchObject({ status: 200, body: { status: 'alive' } });
    // RL-13: that is one line, which says what to do, and no mistake of a request.
    for (const request of [room.host.get(room.path), new AppClient().post('/api/rooms', {})])
      expectProblem(await request, 503, 'unavailable');
    expect(lines.err.map((line) => JSON.parse(line))).toMatchObject([
      { level: 'error', event: 'database.not_migrated', mend: 'npm run db:migrate' },
    ]);
  } finally {
    lines.stop();
    await getPool().query('ALTER TABLE "Room" RENAME COLUMN "somethingElse" TO "queueBegun"');
  }
  expect(await ask('/api/health/ready')).toMatchObject({
    status: 200,
    body: { status: 'ready', version: expect.any(String) },
  });
});

test('an instance that ends is alive, and not ready', async () => {
  await releaseInstance();
  expect(await ask('/api/health/ready')).toMatchObject({ status: 503, body: { status: 'ending' } });
  expect((await ask('/api/health/live')).status).toBe(200);
  expect((await ask('/api/health')).status).toBe(200);
});

test('without a database it is alive', async () => {
  await stopInstance();
  life.ended = true;
  const lines = keepWrittenLines();
  const [live, health] = [await ask('/api/health/live'), await ask('/api/health')];
  lines.stop();
  expect([live.status, health.status]).toEqual([200, 503]);
  expect(lines.err.join('')).toContain('"work":"health"');
});
