import { readFileSync, rmSync } from 'node:fs';
import pg from 'pg';
import { until } from '@/testing/until';
import { type Cluster, startCluster } from './embedded-postgres';
import { superviseCluster } from './supervise-postgres';
import { dataPath } from './paths';

const options = { name: 'cluster-test', password: 'only-for-this-test', disposable: true };
const error = jest.spyOn(console, 'error').mockReturnValue();

afterAll(() => {
  error.mockRestore();
  for (const end of ['', '.log', '.holders', '.lock'])
    rmSync(dataPath(`cluster-test${end}`), { recursive: true, force: true });
});

async function ask(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

test('a PostgreSQL of ours is stopped by the last one who holds it, and started again when it dies', async () => {
  const kept = await superviseCluster(options);
  const url = kept.url('postgres');
  const second = await startCluster({ ...options, holder: process.ppid });
  expect(second.port).toBe(kept.port);
  await second.stop();
  expect(await ask(url)).toBe(true);

  process.kill(Number(readFileSync(dataPath('cluster-test', 'postmaster.pid'), 'utf8').split('\n')[0]), 'SIGKILL');
  await until(() => !kept.isAlive());
  await until(() => kept.isAlive(), 20_000);
  expect(await ask(url)).toBe(true);

  await kept.stop();
  expect(kept.isAlive()).toBe(false);
  expect(await ask(url)).toBe(false);
});

test('RL-13 one that does not start again is said once, and tried until it does', async () => {
  error.mockClear();
  jest.useFakeTimers();
  let [isAlive, tries] = [true, 0];
  const begin = (): Promise<Cluster> => {
    if ((tries += 1) > 1 && tries < 6) return Promise.reject(new Error('The disk is full.'));
    isAlive = true;
    return Promise.resolve({ url: () => '', port: 1, isAlive: () => isAlive, stop: () => Promise.resolve() });
  };
  try {
    const kept = await superviseCluster(options, begin);
    for (const expected of [6, 7]) {
      isAlive = false;
      await jest.advanceTimersByTimeAsync(20_000);
      expect([tries, kept.isAlive()]).toEqual([expected, true]);
    }
    await kept.stop();
  } finally {
    jest.useRealTimers();
  }
  const ended = ['  PostgreSQL has ended and is started again.'];
  expect(error.mock.calls).toEqual([ended, ['The disk is full.'], ended]);
});
