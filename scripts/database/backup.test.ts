import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join as joinPath } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import pg from 'pg';
import { stopInstance } from '@/lib/server/lifecycle';
import { type EmptyDatabase, makeEmptyDatabase } from '@/testing/deployments/empty-database';
import { setUpSimulator } from '@/testing/engine/set-up-simulator';
import { add, quietRooms, uriOf, vote } from '@/testing/engine/quiet-room';
import { type AppClient, join } from '@/testing/people/app-client';
import { type Party, snapshotOf } from '@/testing/people/party';
import { backUp } from './backup';
import { applyMigrations } from './migrations';
import { restore } from './restore';

let database: EmptyDatabase;
let folder: string;
const file = (): string => joinPath(folder, 'kept.backup');
const address = () => ({ url: database.url, ca: null });

beforeAll(async () => {
  database = await makeEmptyDatabase('backup');
  folder = mkdtempSync(joinPath(tmpdir(), 'backup-'));
  await applyMigrations(address());
  // Before anything asks for the configuration: the app in this process has a database that may be lost.
  process.env['DATABASE_URL'] = database.url;
});

const spotify = setUpSimulator({ timeStands: true });
const quietRoom = quietRooms(spotify);

afterAll(async () => {
  rmSync(folder, { recursive: true });
  await database.drop();
});

/** The same with one word changed for another of its length. */
const renamed = (content: Buffer): Buffer => Buffer.from(content.toString('latin1').replace('Mia', 'Mio'), 'latin1');

/** The app ends, and what asks it next starts another. */
async function restartApp(): Promise<void> {
  await stopInstance();
  globalThis.roomtoneProcess = undefined;
}

/** Every row of every table, but for leases: an instance that stops gives them back. */
const everything = async (): Promise<object> => {
  const tables = await database.query<{ name: string }>(
    `SELECT tablename AS "name" FROM pg_tables
     WHERE schemaname = 'public' AND tablename NOT IN ('_prisma_migrations', 'WatchLease') ORDER BY 1`,
  );
  const looks = tables.map(
    ({ name }) => `SELECT '${name}' AS "table", (SELECT json_agg(t ORDER BY t::text) FROM "${name}" t) AS "rows"`,
  );
  return database.query(looks.join(' UNION ALL '));
};

/** A party with songs and votes, as the tests find it. */
let room: Party;
let guest: AppClient;
beforeAll(async () => {
  room = await quietRoom();
  guest = await join(room, String.raw`Mia “\N” \\t`);
  await add(guest, room, uriOf(0));
  const { body } = await add(room.host, room, uriOf(1));
  await vote(guest, room, body.item.id, 1);
});

test('a party is backed up, everything is lost, and the party goes on where it was', async () => {
  const { serverTime: _, ...shown } = await snapshotOf(room);
  expect(shown.queueCount).toBe(2);

  // Nobody is disturbed by a backup; a restore would be the end of them.
  await backUp(address(), joinPath(folder, 'meanwhile.backup'));
  await expect(restore(address(), joinPath(folder, 'meanwhile.backup'), { replace: true })).rejects.toThrow(
    /^Roomtone uses this database \(“roomtone/,
  );

  await restartApp();
  const kept = await everything();
  const { rows } = await backUp(address(), file());
  expect(rows).toBeGreaterThan(8);
  expect(statSync(file()).mode & 0o777).toBe(0o600);
  await database.query('DROP SCHEMA public CASCADE; CREATE SCHEMA public');
  expect(await restore(address(), file())).toMatchObject({ rows });
  expect(await everything()).toEqual(kept);

  expect(await snapshotOf(room)).toMatchObject(shown);
  expect((await room.host.get('/api/spotify/status')).body.authenticated).toBe(true);
  // Numbers go on, and references are kept again.
  expect((await add(guest, room, uriOf(2))).status).toBe(201);
  await expect(
    database.query(`INSERT INTO "Member" ("id", "roomId", "sessionId", "name", "role")
    VALUES (gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 'x', 'guest')`),
  ).rejects.toThrow(/foreign key/);
  await restartApp();
});

describe('what is there is not lost by chance', () => {
  beforeAll(async () => {
    await restartApp();
    rmSync(file(), { force: true });
    await backUp(address(), file());
  });

  test('a database that is not empty is left as it was, unless it is to be replaced', async () => {
    await expect(restore(address(), file())).rejects.toThrow('The database is not empty.');
    await database.query(
      `INSERT INTO "OldRoomCode" SELECT 'AAAAAA', "id" FROM "Room" LIMIT 1; CREATE TABLE theirs (id int)`,
    );
    await restore(address(), file(), { replace: true });
    expect(await database.query(`SELECT 1 FROM "OldRoomCode" WHERE "code" = 'AAAAAA'`)).toEqual([]);
    expect(await database.query('SELECT * FROM theirs')).toEqual([]);
    await database.query('DROP TABLE theirs');
  });

  test('another program’s database is not replaced', async () => {
    const theirs = await makeEmptyDatabase('theirs');
    try {
      await theirs.query('CREATE TABLE "Room" (id int)');
      await expect(restore({ url: theirs.url, ca: null }, file(), { replace: true })).rejects.toThrow(
        /none of Roomtone’s/,
      );
      await expect(backUp({ url: theirs.url, ca: null }, joinPath(folder, 'theirs.backup'))).rejects.toThrow(
        /nothing to back up/,
      );
    } finally {
      await theirs.drop();
    }
  });

  test.each([
    ['nothing in it', () => Buffer.alloc(0), /is not whole/],
    ['something else', () => Buffer.from('PGDMP'.repeat(100)), /is no backup of Roomtone/],
    ['cut off at the end', () => readFileSync(file()).subarray(0, -9), /is not whole/],
    ['cut off in the middle', () => readFileSync(file()).subarray(0, 700), /is not whole/],
    [
      'its end taken out, and compressed anew',
      () => gzipSync(gunzipSync(readFileSync(file())).subarray(0, -37)),
      /is not whole/,
    ],
    [
      'another name in it, and compressed anew',
      () => gzipSync(renamed(gunzipSync(readFileSync(file())))),
      /is not whole/,
    ],
    ['something behind it', () => Buffer.concat([readFileSync(file()), readFileSync(file())]), /is not whole/],
  ])('a file with %s is refused before anything is touched', async (_title, content, refusal) => {
    const broken = joinPath(folder, 'broken.backup');
    writeFileSync(broken, content());
    const before = await everything();
    await expect(restore(address(), broken, { replace: true })).rejects.toThrow(refusal);
    expect(await everything()).toEqual(before);
  });

  test('a file in which any byte was changed is refused', async () => {
    const whole = readFileSync(file());
    const broken = joinPath(folder, 'changed.backup');
    // The ten bytes at the beginning say nothing but when and how it was compressed.
    for (let at = 10; at < whole.length; at += 97) {
      const changed = Buffer.from(whole);
      changed[at] = (changed[at] ?? 0) ^ 1;
      writeFileSync(broken, changed);
      await expect(restore(address(), broken, { replace: true })).rejects.toThrow(/is not whole/);
    }
  });

  test('no file at all is one line', async () => {
    await expect(restore(address(), joinPath(folder, 'none'))).rejects.toThrow(/^There is no file /);
  });
});

describe('versions', () => {
  let small: EmptyDatabase;
  let prisma: string;
  const smallAddress = () => ({ url: small.url, ca: null });

  function write(name: string, sql: string): void {
    mkdirSync(joinPath(prisma, 'migrations', name), { recursive: true });
    writeFileSync(joinPath(prisma, 'migrations', name, 'migration.sql'), sql);
  }

  beforeEach(async () => {
    small = await makeEmptyDatabase('versions');
    prisma = mkdtempSync(joinPath(tmpdir(), 'versions-'));
    write(
      '1_songs',
      'CREATE TABLE "Song" (id SERIAL PRIMARY KEY, name TEXT NOT NULL); INSERT INTO "Song" (name) VALUES ($$first$$)',
    );
    await applyMigrations(smallAddress(), { folder: prisma });
    await small.query(
      `INSERT INTO "Song" (name) VALUES ('second'), ('third'); DELETE FROM "Song" WHERE name = 'third'`,
    );
    rmSync(joinPath(folder, 'small.backup'), { force: true });
    await backUp(smallAddress(), joinPath(folder, 'small.backup'));
    await small.query('DROP TABLE "Song", _prisma_migrations');
  });

  afterEach(async () => {
    rmSync(prisma, { recursive: true });
    await small.drop();
  });

  const restoreSmall = () => restore(smallAddress(), joinPath(folder, 'small.backup'), { folder: prisma });

  test('a backup of an older version gets the migrations that came since, on its rows', async () => {
    write('2_length', 'ALTER TABLE "Song" ADD COLUMN length INT; UPDATE "Song" SET length = char_length(name)');
    await restoreSmall();
    await small.query(`INSERT INTO "Song" (name) VALUES ('fourth')`);
    expect(await small.query('SELECT id, name, length FROM "Song" ORDER BY id')).toEqual([
      { id: 1, name: 'first', length: 5 },
      { id: 2, name: 'second', length: 6 },
      // As if nothing had happened: the number of what was deleted is not given again.
      { id: 4, name: 'fourth', length: null },
    ]);
    expect(await applyMigrations(smallAddress(), { folder: prisma })).toEqual([]);
  });

  test('a migration that fails on it leaves the database empty', async () => {
    write('2_broken', 'ALTER TABLE "Song" ADD COLUMN length INT NOT NULL');
    await expect(restoreSmall()).rejects.toThrow('The migration 2_broken could not be applied');
    expect(await small.query(`SELECT tablename FROM pg_tables WHERE schemaname = 'public'`)).toEqual([]);
  });

  test('a backup of a later version, or of another one, is refused by name', async () => {
    write('1_songs', 'CREATE TABLE "Song" (id INT)');
    await expect(restoreSmall()).rejects.toThrow('The backup has another migration by the name of 1_songs');
    rmSync(joinPath(prisma, 'migrations', '1_songs'), { recursive: true });
    write('0_other', 'CREATE TABLE "Other" (id INT)');
    await expect(restoreSmall()).rejects.toThrow('The backup was made by a later version, with the migration 1_songs.');
  });

  test('a database that somebody migrates at the moment is waited for', async () => {
    const other = new pg.Client({ connectionString: small.url });
    await other.connect();
    try {
      await other.query('BEGIN');
      await other.query('SELECT pg_advisory_xact_lock(7266868373)');
      const restoring = restoreSmall();
      await other.query('COMMIT');
      await restoring;
    } finally {
      await other.end();
    }
    expect(await small.query('SELECT count(*)::int AS "songs" FROM "Song"')).toEqual([{ songs: 2 }]);
  });
});
