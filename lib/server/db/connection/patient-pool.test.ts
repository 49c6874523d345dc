import { randomInt, randomUUID } from 'node:crypto';
import { PrismaPg } from '@prisma/adapter-pg';
import type pg from 'pg';
import { PrismaClient } from '@/lib/server/db/generated/client';
import { type EmptyDatabase, makeEmptyDatabase } from '@/testing/deployments/empty-database';
import { startTcpProxy } from '@/testing/deployments/tcp-proxy';
import { asFunctions, openPool } from './pool';

let database: EmptyDatabase;
let url: string;
const role = `roomtone_test_${process.pid}_few`;

/** What a small plan has. */
const limit = 10;

beforeAll(async () => {
  database = await makeEmptyDatabase('few');
  const password = randomUUID();
  await database.query(`CREATE ROLE "${role}" LOGIN PASSWORD '${password}' CONNECTION LIMIT ${limit}`);
  url = Object.assign(new URL(database.url), { username: role, password }).href;
});

afterAll(async () => {
  await database.query(`DROP ROLE "${role}"`);
  await database.drop();
});

/** An instance of a function, with a pool of its own as the app has it. */
function openInstance() {
  const pool = openPool({ url, ca: null }, asFunctions);
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool) });
  return { pool, prisma };
}

type Instance = ReturnType<typeof openInstance>;

/** One request: what a person asks for reads and writes, in a transaction or not. */
const requests: readonly ((instance: Instance) => Promise<unknown>)[] = [
  ({ pool }) => pool.query('SELECT pg_sleep(0.01)'),
  ({ prisma }) => prisma.$queryRaw`SELECT 1`,
  ({ prisma }) => prisma.$transaction((tx) => tx.$queryRaw`SELECT pg_sleep(0.01)::text`),
];

const people = 9;
const requestsEach = 15;

test('nine people on ten connections, four functions of three instances each: nobody is refused', async () => {
  const instances = Array.from({ length: 12 }, openInstance);
  const refusals: unknown[] = [];
  try {
    await Promise.all(
      Array.from({ length: people }, async () => {
        for (let asked = 0; asked < requestsEach; asked += 1) {
          const instance = instances[randomInt(instances.length)];
          const request = requests[randomInt(requests.length)];
          if (instance !== undefined) await request?.(instance).catch((error: unknown) => refusals.push(error));
        }
      }),
    );
    expect(refusals).toEqual([]);
  } finally {
    await Promise.all(instances.map(({ pool }) => pool.end()));
  }
});

test('a database that stays full is said to be, in the words that it was refused with', async () => {
  const others: pg.Pool[] = Array.from({ length: limit / 2 }, () =>
    openPool({ url, ca: null }, { ...asFunctions, maxLifetimeSeconds: 0 }),
  );
  const held = await Promise.all([...others, ...others].map((pool) => pool.connect()));
  const { pool } = openInstance();
  try {
    await expect(pool.query('SELECT 1')).rejects.toMatchObject({ code: '53300' });
  } finally {
    for (const client of held) client.release();
    await Promise.all([...others, pool].map((each) => each.end()));
  }
});

test('a connection that rested through a freeze is not asked: the server may have forgotten it', async () => {
  const proxy = await startTcpProxy(Number(new URL(url).port || '5432'));
  const through = Object.assign(new URL(url), { hostname: '127.0.0.1', port: String(proxy.port) }).href;
  const pool = openPool({ url: through, ca: null }, { max: 2, idleTimeoutMillis: 60_000 });
  try {
    await pool.query('SELECT 1');
    proxy.freeze();
    const { now } = Date;
    // The process was frozen for as long: its timers have not run.
    const clock = jest.spyOn(Date, 'now').mockImplementation(() => now() + 62_000);
    try {
      expect((await pool.query('SELECT 2 AS "two"')).rows).toEqual([{ two: 2 }]);
    } finally {
      clock.mockRestore();
    }
  } finally {
    await pool.end();
    await proxy.stop();
  }
});
