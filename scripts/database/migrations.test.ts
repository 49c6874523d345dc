import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { ensureDatabase } from '@/scripts/local/embedded-postgres';
import { applyMigrations, isMigrated, lockKey } from './migrations';

const adminUrl = process.env['DATABASE_URL'] ?? '';
const name = `roomtone_test_${process.pid}_migrations`;
const url = Object.assign(new URL(adminUrl), { pathname: `/${name}` }).href;

let folder: string;

async function query(sql: string, database = url): Promise<readonly Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: database });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

/** Writes a migration in place of the one that has its name. */
function write(migration: string, sql: string): void {
  mkdirSync(join(folder, 'migrations', migration), { recursive: true });
  writeFileSync(join(folder, 'migrations', migration, 'migration.sql'), sql);
}

const tables = async (): Promise<readonly unknown[]> =>
  (await query(`SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1`)).map(
    (row) => row['tablename'],
  );

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'migrations-'));
  await ensureDatabase(adminUrl, name);
});

afterEach(async () => {
  rmSync(folder, { recursive: true });
  await query(`DROP DATABASE "${name}" WITH (FORCE)`, adminUrl);
});

test('a new database gets every migration, with a row of history each as Prisma writes it, and then no other', async () => {
  cpSync('prisma', folder, { recursive: true });
  const all = readdirSync(join(folder, 'migrations'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .toSorted();
  expect(await isMigrated(url, folder)).toBe(false);
  expect(await applyMigrations(url, folder)).toEqual(all);
  expect(await isMigrated(url, folder)).toBe(true);
  expect(await applyMigrations(url, folder)).toEqual([]);
  expect(await query('SELECT * FROM _prisma_migrations ORDER BY migration_name')).toEqual(
    all.map((migration) => ({
      id: expect.stringMatching(/^[\da-f-]{36}$/),
      checksum: expect.stringMatching(/^[\da-f]{64}$/),
      migration_name: migration,
      started_at: expect.any(Date),
      finished_at: expect.any(Date),
      rolled_back_at: null,
      logs: null,
      applied_steps_count: 1,
    })),
  );
});

test('a database that Prisma’s engine has migrated, as earlier versions of the app let it, has everything', async () => {
  for (const migration of ['20261124000000_init', '20261125020812_queue'])
    cpSync(join('prisma', 'migrations', migration), join(folder, 'migrations', migration), { recursive: true });
  await query(`
    CREATE TABLE _prisma_migrations (
      id VARCHAR(36) PRIMARY KEY NOT NULL, checksum VARCHAR(64) NOT NULL, finished_at TIMESTAMPTZ,
      migration_name VARCHAR(255) NOT NULL, logs TEXT, rolled_back_at TIMESTAMPTZ,
      started_at TIMESTAMPTZ NOT NULL DEFAULT now(), applied_steps_count INTEGER NOT NULL DEFAULT 0);
    INSERT INTO _prisma_migrations VALUES
      ('fa70b497-07b6-4f0c-b25e-4861989549b5', '5e73d3ddeec4e83995548763abeb04b5b021652a617406e57c1aa7ae8970f229',
       '2026-11-30T11:47:53.685Z', '20261124000000_init', NULL, NULL, '2026-11-30T11:47:52.786Z', 1),
      ('b4b23c8a-a292-4f65-ad27-ab260fe4bac2', '75c9236ee3b69003bb167f8f4ba700cd5c6a59982f1be5e0c5c74e8d575fea17',
       '2026-11-30T11:47:54.099Z', '20261125020812_queue', NULL, NULL, '2026-11-30T11:47:53.709Z', 1)`);
  expect(await isMigrated(url, folder)).toBe(true);
  expect(await applyMigrations(url, folder)).toEqual([]);
  expect(await tables()).toEqual(['_prisma_migrations']);
});

test('two that begin at once apply each migration once', async () => {
  write('1_one', 'CREATE TABLE one (id INT)');
  write('2_two', 'CREATE TABLE two (id INT)');
  const applied = await Promise.all([applyMigrations(url, folder), applyMigrations(url, folder)]);
  expect(applied.flat()).toEqual(['1_one', '2_two']);
  expect(await tables()).toEqual(['_prisma_migrations', 'one', 'two']);
});

test('a migration that was changed after it was applied is refused, and nothing else is applied', async () => {
  write('1_one', 'CREATE TABLE one (id INT)');
  await applyMigrations(url, folder);
  write('1_one', 'CREATE TABLE other (id INT)');
  write('2_two', 'CREATE TABLE two (id INT)');
  const refusal = 'The migration 1_one was changed after it was applied to this database.';
  await expect(isMigrated(url, folder)).rejects.toThrow(refusal);
  await expect(applyMigrations(url, folder)).rejects.toThrow(refusal);
  expect(await tables()).toEqual(['_prisma_migrations', 'one']);
});

test('a migration that fails leaves nothing of itself, keeps those before it, and is applied when it is mended', async () => {
  write('1_one', 'CREATE TABLE one (id INT)');
  write('2_two', 'CREATE TABLE two (id INT); CREATE TABLE one (id INT)');
  await expect(applyMigrations(url, folder)).rejects.toThrow(
    'The migration 2_two could not be applied, and nothing of it was: relation "one" already exists',
  );
  expect(await tables()).toEqual(['_prisma_migrations', 'one']);
  write('2_two', 'CREATE TABLE two (id INT)');
  expect(await applyMigrations(url, folder)).toEqual(['2_two']);
});

test('a migration and its row of history are written together or not at all', async () => {
  write('1_one', 'CREATE TABLE one (id INT)');
  await applyMigrations(url, folder);
  write('2_two', 'CREATE TABLE two (id INT); ALTER TABLE _prisma_migrations ADD CHECK (migration_name <> $$2_two$$)');
  await expect(applyMigrations(url, folder)).rejects.toThrow('The migration 2_two could not be applied');
  expect(await tables()).toEqual(['_prisma_migrations', 'one']);
});

test('a migration that Prisma’s history calls failed is refused, until it is called rolled back', async () => {
  write('1_one', 'CREATE TABLE one (id INT)');
  await applyMigrations(url, folder);
  await query('UPDATE _prisma_migrations SET finished_at = NULL; DROP TABLE one');
  const refusal = 'The migration 1_one has failed on this database.';
  await expect(isMigrated(url, folder)).rejects.toThrow(refusal);
  await expect(applyMigrations(url, folder)).rejects.toThrow(refusal);
  await query('UPDATE _prisma_migrations SET rolled_back_at = now()');
  expect(await applyMigrations(url, folder)).toEqual(['1_one']);
});

test('the database of another program gets nothing', async () => {
  await query('CREATE TABLE theirs (id int)');
  write('1_ours', 'CREATE TABLE ours (id int)');
  await expect(applyMigrations(url, folder)).rejects.toThrow(/holds tables, and none of Roomtone’s/);
  expect(await tables()).toEqual(['theirs']);
});

test('a database that has everything is not locked: a pooler may keep a lock for ever', async () => {
  write('1_ours', 'CREATE TABLE ours (id int)');
  await applyMigrations(url, folder);
  const other = new pg.Client({ connectionString: url });
  await other.connect();
  try {
    await other.query('SELECT pg_advisory_lock($1)', [lockKey]);
    expect(await applyMigrations(url, folder)).toEqual([]);
  } finally {
    await other.end();
  }
});
