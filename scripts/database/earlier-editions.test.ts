import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EmptyDatabase, makeEmptyDatabase } from '@/testing/deployments/empty-database';
import { describeSchema } from '@/testing/deployments/schema';
import { earlierEditions } from './earlier-editions';
import { readMigrations } from './migration-files';
import { applyMigrations, isMigrated } from './migrations';

/**
 * Earlier editions of the migrations, made from today's by taking out what was added: their checksums prove that they are what was
 * once applied.
 */
const queue = readFileSync('prisma/migrations/20261125020812_queue/migration.sql', 'utf8');
const init = readFileSync('prisma/migrations/20261124000000_init/migration.sql', 'utf8');
const withoutPending = queue.replace('    "wasPending" BOOLEAN NOT NULL DEFAULT false,\n', '');
const unnumbered = withoutPending
  .replace(
    'CREATE TABLE "HandOver" (\n    "id" UUID NOT NULL,\n    "number" SERIAL NOT NULL,\n',
    'CREATE TABLE "HandOver" (\n    "id" UUID NOT NULL,\n',
  )
  .replace(
    'CREATE INDEX "HandOver_roomId_number_idx" ON "HandOver"("roomId", "number");',
    'CREATE INDEX "HandOver_roomId_createdAt_idx" ON "HandOver"("roomId", "createdAt");',
  );
const firstInit = init.replace('    "peopleVersion" INTEGER NOT NULL DEFAULT 1,\n', '');

const names = { init: '20261124000000_init', queue: '20261125020812_queue' };

let folder: string;
let today: EmptyDatabase;
let database: EmptyDatabase;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'editions-'));
  today = await makeEmptyDatabase('today');
  database = await makeEmptyDatabase('earlier');
  await applyMigrations({ url: today.url, ca: null });
});

afterEach(async () => {
  rmSync(folder, { recursive: true });
  await today.drop();
  await database.drop();
});

/** Migrates a database as a checkout of that day did. */
async function migrateThen(editions: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, sql] of Object.entries(editions)) {
    mkdirSync(join(folder, 'migrations', name), { recursive: true });
    writeFileSync(join(folder, 'migrations', name, 'migration.sql'), sql);
  }
  const made = readMigrations(folder).map(({ name, checksum }) => [name, checksum]);
  await applyMigrations({ url: database.url, ca: null }, { folder });
  expect(
    await database.query('SELECT migration_name AS "0", checksum AS "1" FROM _prisma_migrations ORDER BY 1'),
  ).toEqual(made.map(([name, checksum]) => ({ '0': name, '1': checksum })));
}

test.each([
  ['the first edition of the queue', names.queue, { [names.init]: init, [names.queue]: unnumbered }, 0],
  ['its second edition', names.queue, { [names.init]: init, [names.queue]: withoutPending }, 1],
  ['the very first migration', names.init, { [names.init]: firstInit }, 0],
])('%s becomes what a new database is, once', async (_title, name, editions, index) => {
  await migrateThen(editions);
  const [then] = await database.query<{ checksum: string }>(
    `SELECT checksum FROM _prisma_migrations WHERE migration_name = '${name}'`,
  );
  expect(then?.checksum).toBe(earlierEditions[name]?.[index]?.checksum);

  expect(await isMigrated({ url: database.url, ca: null })).toBe(false);
  expect(await applyMigrations({ url: database.url, ca: null })).toContain(`${name} (as it is today)`);
  expect(await describeSchema(database)).toEqual(await describeSchema(today));
  expect(await isMigrated({ url: database.url, ca: null })).toBe(true);
  expect(await applyMigrations({ url: database.url, ca: null })).toEqual([]);
});

test('every earlier edition is one of those', () => {
  expect(Object.entries(earlierEditions).map(([name, editions]) => [name, editions.length])).toEqual([
    [names.init, 1],
    [names.queue, 2],
  ]);
});

test('a repair may be run again without harm', async () => {
  await migrateThen({ [names.init]: init, [names.queue]: unnumbered });
  const [repair] = earlierEditions[names.queue] ?? [];
  await database.query(repair?.sql ?? '');
  expect(await applyMigrations({ url: database.url, ca: null })).toContain(`${names.queue} (as it is today)`);
  expect(await describeSchema(database)).toEqual(await describeSchema(today));
});

test('submissions that are under way are numbered in their order', async () => {
  await migrateThen({ [names.init]: init, [names.queue]: unnumbered });
  await database.query(`
    INSERT INTO "Session" ("id", "tokenHash", "expiresAt") VALUES ('00000000-0000-4000-8000-000000000001', '\\x01', now());
    INSERT INTO "Room" ("id", "code", "name", "hostSessionId") VALUES
      ('00000000-0000-4000-8000-000000000002', 'AAAAAA', 'Room', '00000000-0000-4000-8000-000000000001');
    INSERT INTO "HandOver" ("id", "roomId", "uri", "track", "kind", "dueAt", "createdAt")
    SELECT gen_random_uuid(), '00000000-0000-4000-8000-000000000002', uri, '{}', 'queue', now(), now() + ago::interval
    FROM (VALUES ('third', '-1 s'), ('first', '-3 s'), ('second', '-2 s')) made (uri, ago)`);
  await applyMigrations({ url: database.url, ca: null });
  await database.query(`INSERT INTO "HandOver" ("id", "roomId", "uri", "track", "kind", "dueAt") VALUES
    (gen_random_uuid(), '00000000-0000-4000-8000-000000000002', 'fourth', '{}', 'queue', now())`);
  expect(await database.query('SELECT uri FROM "HandOver" ORDER BY "number"')).toEqual(
    ['first', 'second', 'third', 'fourth'].map((uri) => ({ uri })),
  );
});
