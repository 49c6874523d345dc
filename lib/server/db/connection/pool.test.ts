import { stopInstance } from '@/lib/server/lifecycle';
import { getPool } from './pool';

/** Where functions of the platform find what belongs to the request. */
const contextKey = Symbol.for('@vercel/request-context');
const awaited: Promise<unknown>[] = [];

beforeAll(() => {
  // Before anything asks for the configuration.
  Object.assign(process.env, { VERCEL: '1', VERCEL_URL: 'room.vercel.app', VERCEL_REGION: 'fra1' });
  process.env['APP_URL'] = 'https://room.example';
  Reflect.set(globalThis, contextKey, {
    get: () => ({ waitUntil: (promise: Promise<unknown>) => void awaited.push(promise) }),
  });
});

afterAll(async () => {
  Reflect.deleteProperty(globalThis, contextKey);
  await stopInstance();
});

test('where functions run, the platform is asked to wait until the connections of a request are closed', async () => {
  const pool = getPool();
  await Promise.all([pool.query('SELECT 1'), pool.query('SELECT 1'), pool.query('SELECT 1')]);
  expect(pool.totalCount).toBe(2);
  expect(awaited).not.toEqual([]);
  await Promise.all(awaited);
  expect(pool.totalCount).toBe(0);
});
