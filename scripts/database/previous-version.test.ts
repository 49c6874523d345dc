import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { type EmptyDatabase, makeEmptyDatabase } from '@/testing/deployments/empty-database';
import { type ColumnRecord, readColumns, readRules } from '@/testing/deployments/schema';
import { prismaFolder, readMigrations } from './migration-files';
import { applyMigrations } from './migrations';

/**
 * The last migration of the release before this one. While a new version is built and begins, that one serves on the new schema, and
 * somebody may have to go back to it. The file is moved on with a release, when nothing older runs anywhere.
 */
const previous = readFileSync('prisma/previous-version.txt', 'utf8').trim();

let folder: string;
let before: EmptyDatabase;
let after: EmptyDatabase;
let columnsBefore: readonly ColumnRecord[];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'previous-'));
  mkdirSync(join(folder, 'migrations'));
  for (const { name } of readMigrations(prismaFolder).filter(({ name }) => name <= previous))
    cpSync(join(prismaFolder, 'migrations', name), join(folder, 'migrations', name), { recursive: true });
  [before, after] = [await makeEmptyDatabase('before'), await makeEmptyDatabase('after')];
  await applyMigrations({ url: before.url, ca: null }, { folder });
  await applyMigrations({ url: after.url, ca: null });
  columnsBefore = await readColumns(before);
});

afterAll(async () => {
  rmSync(folder, { recursive: true });
  await before.drop();
  await after.drop();
});

/** A value of each type that rows have. */
const values: Readonly<Record<string, string>> = {
  uuid: 'gen_random_uuid()',
  bytea: String.raw`'\x00'`,
  jsonb: `'{}'`,
  'text[]': `'{}'`,
  'timestamp(3) with time zone': 'now()',
  boolean: 'false',
  text: `'x'`,
  'character varying(255)': `'x'`,
  integer: '1',
  bigint: '1',
};

const quoted = (columns: readonly ColumnRecord[]): string =>
  columns.map(({ column }) => pg.escapeIdentifier(column)).join(', ');

/** What the release before says to each table: it reads, changes and returns every column it knows, and leaves out what has a default. */
function statementsOf(table: string, columns: readonly ColumnRecord[]): readonly string[] {
  const name = pg.escapeIdentifier(table);
  const needed = columns.filter((column) => column.required && column.default === null);
  const valueOf = ({ type }: ColumnRecord): string => values[type] ?? `a value for ${type}`;
  const insert = (these: readonly ColumnRecord[]): string =>
    `INSERT INTO ${name} (${quoted(these)}) VALUES (${these.map(valueOf).join(', ')}) RETURNING ${quoted(columns)}`;
  return [
    `SELECT ${quoted(columns)} FROM ${name}`,
    `DELETE FROM ${name}`,
    insert(needed),
    `DELETE FROM ${name}`,
    insert(columns),
    `UPDATE ${name} SET ${columns.map((column) => `${pg.escapeIdentifier(column.column)} = ${column.required ? valueOf(column) : 'NULL'}`).join(', ')}`,
    `DELETE FROM ${name}`,
  ];
}

test('the version before reads and writes the schema of this one', async () => {
  const tables = [...new Set(columnsBefore.map(({ table }) => table))];
  expect(tables).toContain('Room');
  for (const table of tables) {
    const columns = columnsBefore.filter((column) => column.table === table);
    for (const database of [before, after]) {
      // Rows without those that they refer to.
      const statements = ['BEGIN', `SET LOCAL session_replication_role = 'replica'`, ...statementsOf(table, columns)];
      await database.query([...statements, 'ROLLBACK'].join(';\n'));
    }
  }
});

test('what it reads has the same types and defaults', async () => {
  const columnsAfter = await readColumns(after);
  for (const column of columnsBefore) {
    const now = columnsAfter.find((each) => each.table === column.table && each.column === column.column);
    // A column may come to do without a value that the version before always gives.
    expect({ ...now, required: column.required }).toEqual(column);
  }
});

test('what it writes and deletes meets no new condition', async () => {
  const known = new Set((await readRules(before)).map(({ rule }) => rule));
  const tables = new Set(columnsBefore.map(({ table }) => table));
  const columns = new Set(columnsBefore.map(({ table, column }) => `${table}.${column}`));
  const fresh = (await readRules(after)).filter(({ table, rule }) => {
    if (known.has(rule)) return false;
    // A new table is nobody's yet, but its rows may keep old ones from being deleted.
    if (!tables.has(table)) return rule.includes('FOREIGN KEY') && !/ON DELETE (CASCADE|SET NULL)/.test(rule);
    const required = /NOT NULL "?(\w+)"?$/.exec(rule)?.[1];
    const isOfNewColumn = required !== undefined && !columns.has(`${table}.${required}`);
    return !rule.startsWith('index CREATE INDEX') && !isOfNewColumn;
  });
  expect(fresh).toEqual([]);
});
