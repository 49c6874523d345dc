import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'db-diff-'));
  cpSync('prisma', folder, { recursive: true });
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const migrations = (): readonly string[] =>
  readdirSync(join(folder, 'migrations'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);

async function databases(): Promise<readonly string[]> {
  const client = new pg.Client({ connectionString: process.env['DATABASE_URL'] });
  await client.connect();
  const { rows } = await client.query<{ name: string }>('SELECT datname AS "name" FROM pg_database');
  await client.end();
  return rows.map(({ name }) => name);
}

/** Runs it as a program of its own, because Jest cannot load it. Answers with what it printed and which databases it left. */
async function diff(name: string) {
  const before = await databases();
  const args = ['--import', 'tsx', '--conditions=react-server', 'scripts/db-diff.ts', name, folder];
  const { pid, status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  // Other runs of tests on the same server come and go.
  const isOthers = (database: string) => /^roomtone_test_(\d+)_/.exec(database)?.[1] !== String(pid);
  const isForTests = (database: string) => database.startsWith('roomtone_test_');
  const added = (await databases()).filter((database) => !before.includes(database));
  const left = added.filter((database) => !(isForTests(database) && isOthers(database)));
  return { failure: status === 0 ? null : stderr, stdout, left };
}

function changeSchema(from: string, to: string): void {
  const file = join(folder, 'schema.prisma');
  const schema = readFileSync(file, 'utf8');
  expect(schema).toContain(from);
  writeFileSync(file, schema.replace(from, to));
}

// Every run compiles the engine, which takes seconds on a busy machine.
const timeoutMs = 120_000;

const expected = `-- CreateEnum
CREATE TYPE "Colour" AS ENUM ('red', 'blue');

-- AlterTable
ALTER TABLE "Session" ADD COLUMN     "colour" "Colour";

-- CreateTable
CREATE TABLE "Hat" (
    "id" INTEGER NOT NULL,
    "sessionId" UUID NOT NULL,

    CONSTRAINT "Hat_pkey" PRIMARY KEY ("id")
);

-- AddForeignKey
ALTER TABLE "Hat" ADD CONSTRAINT "Hat_sessionId_fkey" FOREIGN KEY ("sessionId") REFERENCES "Session"("id") ON DELETE CASCADE ON UPDATE CASCADE;
`;

test(
  'a schema that says the same as the migrations needs no migration',
  async () => {
    const before = migrations();
    expect(await diff('nothing')).toEqual({ failure: null, stdout: 'The schema has not changed.\n', left: [] });
    expect(migrations()).toEqual(before);
  },
  timeoutMs,
);

test(
  'a changed schema becomes exactly that migration, every time; with it nothing is left to change',
  async () => {
    changeSchema('model Session {', 'model Session {\n  colour Colour?\n  hats Hat[]\n');
    changeSchema(
      '/// Counters of rate-limiter-flexible.',
      `enum Colour {
  red
  blue
}

model Hat {
  id        Int     @id
  sessionId String  @db.Uuid
  session   Session @relation(fields: [sessionId], references: [id], onDelete: Cascade)
}

/// Counters of rate-limiter-flexible.`,
    );
    const before = migrations();
    for (const name of ['try_it', 'try_again']) {
      for (const migration of migrations())
        if (!before.includes(migration)) rmSync(join(folder, 'migrations', migration), { recursive: true });
      expect(await diff(name)).toMatchObject({ failure: null, left: [] });
      const added = migrations().filter((migration) => !before.includes(migration));
      expect(added).toEqual([expect.stringMatching(new RegExp(`^\\d{14}_${name}$`))]);
      expect(readFileSync(join(folder, 'migrations', added[0] ?? '', 'migration.sql'), 'utf8')).toBe(expected);
    }
    expect(await diff('once_more')).toMatchObject({ failure: null, stdout: 'The schema has not changed.\n' });
  },
  timeoutMs,
);

test(
  'a migration that does not apply is reported, and leaves no database',
  async () => {
    writeFileSync(join(folder, 'migrations', migrations()[0] ?? '', 'migration.sql'), 'CREATE TABLE broken (');
    const { failure, left } = await diff('broken');
    expect(failure).toContain('failed to apply cleanly to the shadow database');
    expect(left).toEqual([]);
  },
  timeoutMs,
);
