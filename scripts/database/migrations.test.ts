import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { type EmptyDatabase, makeEmptyDatabase } from '@/testing/deployments/empty-database';
import { applyMigrations as apply, isMigrated as isUpToDate, type MigrationOptions } from './migrations';
import { lockKey } from './migration-lock';

let folder: string;
let database: EmptyDatabase;

const query = (sql: string): Promise<Record<string, unknown>[]> => database.query(sql);
const applyMigrations = (options: MigrationOptions = {}): Promise<readonly string[]> =>
  apply({ url: database.url, ca: null }, { folder, ...options });
const isMigrated = (options: MigrationOptions = {}): Promise<boolean> =>
  isUpToDate({ url: database.url, ca: null }, { folder, ...options });

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
  database = await makeEmptyDatabase('migrations');
});

afterEach(async () => {
  rmSync(folder, { recursive: true });
  await database.drop();
});

test('a new database gets every migration, with a row of history each as Prisma writes it, and then no other', async () => {
  cpSync('prisma', folder, { recursive: true });
  const all = readdirSync(join(folder, 'migrations'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .toSorted();
  expect(await isMigrated()).toBe(false);
  expect(await applyMigrations()).toEqual(all);
  expect(await isMigrated()).toBe(true);
  expect(await applyMigrations()).toEqual([]);
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
  expect(await isMigrated()).toBe(true);
  expect(await applyMigrations()).toEqual([]);
  expect(await tables()).toEqual(['_prisma_migrations']);
});

test('two that begin at once apply each migration once', async () => {
  write('1_one', 'CREATE TABLE one (id INT)');
  write('2_two', 'CREATE TABLE two (id INT)');
  const applied = await Promise.all([applyMigrations(), applyMigrations()]);
  expect(applied.flat().toSorted()).toEqual(['1_one', '2_two']);
  expect(await tables()).toEqual(['_prisma_migrations', 'one', 'two']);
});

test('a migration that was changed after it was applied is refused, and nothing else is applied', async () => {
  write('1_one', 'CREATE TABLE one (id INT)');
  await applyMigrations();
  write('1_one', 'CREATE TABLE other (id INT)');
  write('2_two', 'CREATE TABLE two (id INT)');
  const refusal = 'The migration 1_one was changed after it was applied to this database.';
  await expect(isMigrated()).rejects.toThrow(refusal);
  await expect(applyMigrations()).rejects.toThrow(refusal);
  expect(await tables()).toEqual(['_prisma_migrations', 'one']);
});

test('a migration that fails leaves nothing of itself, keeps those before it, and is applied when it is mended', async () => {
  write('1_one', 'CREATE TABLE one (id INT)');
  write('2_two', 'CREATE TABLE two (id INT); CREATE TABLE one (id INT)');
  await expect(applyMigrations()).rejects.toThrow(
    'The migration 2_two could not be applied, and nothing of it was: relation "one" already exists',
  );
  expect(await tables()).toEqual(['_prisma_migrations', 'one']);
  write('2_two', 'CREATE TABLE two (id INT)');
  expect(await applyMigrations()).toEqual(['2_two']);
});

test('a migration and its row of history are written together or not at all', async () => {
  write('1_one', 'CREATE TABLE one (id INT)');
  await applyMigrations();
  write('2_two', 'CREATE TABLE two (id INT); ALTER TABLE _prisma_migrations ADD CHECK (migration_name <> $$2_two$$)');
  await expect(applyMigrations()).rejects.toThrow('The migration 2_two could not be applied');
  expect(await tables()).toEqual(['_prisma_migrations', 'one']);
});

test('a migration that Prisma’s history calls failed is refused, until it is called rolled back', async () => {
  write('1_one', 'CREATE TABLE one (id INT)');
  await applyMigrations();
  await query('UPDATE _prisma_migrations SET finished_at = NULL; DROP TABLE one');
  const refusal = 'The migration 1_one has failed on this database.';
  await expect(isMigrated()).rejects.toThrow(refusal);
  await expect(applyMigrations()).rejects.toThrow(refusal);
  await query('UPDATE _prisma_migrations SET rolled_back_at = now()');
  expect(await applyMigrations()).toEqual(['1_one']);
});

test('the database of another program gets nothing', async () => {
  await query('CREATE TABLE theirs (id int)');
  write('1_ours', 'CREATE TABLE ours (id int)');
  await expect(applyMigrations()).rejects.toThrow(/holds tables, and none of Roomtone’s/);
  expect(await tables()).toEqual(['theirs']);
});

/** A connection of somebody else's. */
async function connect(application: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: database.url, application_name: application });
  await client.connect();
  return client;
}

test('a database that has everything is not locked', async () => {
  write('1_ours', 'CREATE TABLE ours (id int)');
  await applyMigrations();
  const other = await connect('somebody');
  try {
    await other.query('SELECT pg_advisory_lock($1)', [lockKey]);
    expect(await applyMigrations()).toEqual([]);
  } finally {
    await other.end();
  }
});

test('a lock that somebody keeps ends in one line that says who', async () => {
  write('1_ours', 'CREATE TABLE ours (id int)');
  const other = await connect('an older build');
  try {
    await other.query('SELECT pg_advisory_lock($1)', [lockKey]);
    const { rows } = await other.query<{ pid: number }>('SELECT pg_backend_pid() AS "pid"');
    await expect(applyMigrations({ patienceMs: 1 })).rejects.toThrow(
      new RegExp(`^The lock of migrations .*“an older build” .*process ${rows[0]?.pid} of the server.*$`),
    );
    expect(await tables()).toEqual([]);
  } finally {
    await other.end();
  }
  expect(await applyMigrations()).toEqual(['1_ours']);
});

test('no lock outlives its migration, in whichever way that ended', async () => {
  write('1_ours', 'CREATE TABLE ours (id int)');
  write('2_broken', 'CREATE TABLE ours (id int)');
  await expect(applyMigrations()).rejects.toThrow('The migration 2_broken could not be applied');
  expect(
    await query(`SELECT l.pid FROM pg_locks l JOIN pg_database d ON d.oid = l.database
                 WHERE locktype = 'advisory' AND datname = current_database()`),
  ).toEqual([]);
});

describe('a database that a later version has migrated', () => {
  beforeEach(async () => {
    write('1_one', 'CREATE TABLE one (id INT)');
    write('2_later', 'CREATE TABLE later (id INT)');
    await applyMigrations();
    rmSync(join(folder, 'migrations', '2_later'), { recursive: true });
  });

  test('is refused by the name of what is not known', async () => {
    const refusal = 'The database is ahead of this version, which does not know 2_later.';
    await expect(isMigrated()).rejects.toThrow(refusal);
    await expect(applyMigrations()).rejects.toThrow(refusal);
  });

  test('serves an earlier one that is allowed to', async () => {
    expect(await isMigrated({ mayBeNewer: true })).toBe(true);
    expect(await applyMigrations({ mayBeNewer: true })).toEqual([]);
  });

  test('gets nothing from a version that went another way', async () => {
    write('3_other', 'CREATE TABLE other (id INT)');
    await expect(applyMigrations({ mayBeNewer: true })).rejects.toThrow(
      'The database and this version have gone different ways: it has 2_later, and lacks 3_other.',
    );
    expect(await tables()).toEqual(['_prisma_migrations', 'later', 'one']);
  });
});
