import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { type EmptyDatabase, makeEmptyDatabase } from '@/testing/deployments/empty-database';
import { startTransactionPooler, type TransactionPooler } from '@/testing/deployments/transaction-pooler';
import { withDatabase } from './connect';
import { inLockedTransaction } from './migration-lock';
import { applyMigrations } from './migrations';
import { sharesSessions } from './pooler';

let database: EmptyDatabase;
let pooler: TransactionPooler;
let folder: string;

const direct = () => ({ url: database.url, ca: null });
const pooled = () => ({
  url: Object.assign(new URL(database.url), { hostname: '127.0.0.1', port: String(pooler.port) }).href,
  ca: null,
});

beforeAll(async () => {
  database = await makeEmptyDatabase('pooler');
  pooler = await startTransactionPooler(Number(new URL(database.url).port || '5432'));
  folder = mkdtempSync(join(tmpdir(), 'pooler-'));
  cpSync('prisma/migrations', join(folder, 'migrations'), { recursive: true });
});

afterAll(async () => {
  rmSync(folder, { recursive: true });
  await pooler.stop();
  await database.drop();
});

test('a pooler that shares sessions is told from a direct address, whoever else uses it', async () => {
  expect(await sharesSessions(direct())).toBe(false);
  expect(await sharesSessions(pooled())).toBe(true);
  const others = Array.from({ length: 3 }, () => new pg.Client({ connectionString: pooled().url }));
  await Promise.all(others.map((other) => other.connect()));
  try {
    expect(await sharesSessions(pooled())).toBe(true);
    // One that is busy, so that the sessions at hand are others than before.
    await others[0]?.query('BEGIN');
    expect(await sharesSessions(pooled())).toBe(true);
  } finally {
    await others[0]?.query('ROLLBACK');
    await Promise.all(others.map((other) => other.end()));
  }
});

test('the lock of migrations does not stay behind in a session that lives on', async () => {
  const held = () =>
    database.query(`SELECT l.pid FROM pg_locks l JOIN pg_database d ON d.oid = l.database
                    WHERE l.locktype = 'advisory' AND d.datname = current_database()`);
  await withDatabase(pooled(), 'tests', (client) =>
    inLockedTransaction(client, async () => expect(await held()).toHaveLength(1)),
  );
  expect(await held()).toEqual([]);
});

test('nothing is applied through it, and the way past it is named; what is migrated may be looked at', async () => {
  await expect(applyMigrations(pooled(), { folder })).rejects.toThrow(
    /pooler that shares sessions. Set DATABASE_DIRECT_URL/,
  );
  expect(await database.query(`SELECT 1 FROM pg_tables WHERE schemaname = 'public'`)).toEqual([]);
  expect(await applyMigrations(direct(), { folder })).not.toEqual([]);
  expect(await applyMigrations(pooled(), { folder })).toEqual([]);
});
