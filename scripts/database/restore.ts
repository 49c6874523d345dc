import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { DatabaseAddress } from '@/lib/server/runtime/env';
import { UserError } from '@/scripts/local/steps';
import type { BackupTotals } from './backup';
import { type BackupHead, type BackupPart, type BackupTable, readBackup } from './backup-format';
import { withDatabase } from './connect';
import { earlierEditions } from './earlier-editions';
import { readHistory } from './history';
import { quoted, tableName } from './identifiers';
import { type Migration, prismaFolder, readMigrations } from './migration-files';
import { inLockedTransaction } from './migration-lock';
import { runWork } from './migrations';

export interface RestoreOptions {
  /** What the database holds is dropped first. */
  readonly replace?: boolean;
  /** Where the migrations are: this checkout's, if nothing is said. */
  readonly folder?: string;
}

/** What is in a file, known to be whole. */
interface Manifest {
  readonly head: BackupHead;
  readonly tables: ReadonlySet<string>;
}

/** Reads a file to its end, before anything is done with it. @throws {UserError} when it is no backup, or not whole */
async function readManifest(file: string): Promise<Manifest> {
  const tables = new Set<string>();
  let head: BackupHead | null = null;
  for await (const part of readBackup(file)) {
    if (part.kind === 'head') ({ head } = part);
    if (part.kind === 'table') tables.add(part.table.name);
  }
  if (head === null) throw new UserError(`${file} is no backup of Roomtone.`);
  return { head, tables };
}

/** The migrations that the backed-up database had, and those that came since. @throws {UserError} when it had others */
function splitMigrations(
  { migrations }: BackupHead,
  folder: string,
): { readonly had: readonly Migration[]; readonly since: readonly Migration[] } {
  const all = readMigrations(folder);
  for (const { name, checksum } of migrations) {
    const own = all.find((migration) => migration.name === name);
    // An earlier edition's rows fit into what today's makes: it has all of their columns, and more with defaults.
    const editions = [own, ...(earlierEditions[name] ?? [])];
    if (own === undefined)
      throw new UserError(
        `The backup was made by a later version, with the migration ${name}. Restore it with that version.`,
      );
    if (!editions.some((edition) => edition?.checksum === checksum))
      throw new UserError(`The backup has another migration by the name of ${name} than this version.`);
  }
  const names = new Set(migrations.map(({ name }) => name));
  return { had: all.filter(({ name }) => names.has(name)), since: all.filter(({ name }) => !names.has(name)) };
}

/** @throws {UserError} when the app, or another program of ours, uses the database */
async function requireUnused(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ pid: number; application: string }>(
    `SELECT pid, application_name AS "application" FROM pg_stat_activity
     WHERE datname = current_database() AND pid <> pg_backend_pid() AND application_name LIKE 'roomtone%'`,
  );
  const [other] = rows;
  if (other !== undefined)
    throw new UserError(
      `Roomtone uses this database (“${other.application}”, process ${other.pid} of the server). Stop every instance first; on a platform, pause the deployment.`,
    );
}

async function listTables(client: pg.Client): Promise<readonly string[]> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT relname AS "name" FROM pg_class WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace`,
  );
  return rows.map(({ name }) => name);
}

/** Takes out what is there, where that is wanted; tables of other programs stay. @throws {UserError} when it is not */
async function makeRoom(client: pg.Client, { tables }: Manifest, folder: string, replace: boolean): Promise<void> {
  const present = await listTables(client);
  if (present.length === 0) return;
  if (!replace)
    throw new UserError(
      'The database is not empty. Restore into an empty one, or say --replace: what this one holds is lost then.',
    );
  if ((await readHistory(client)) === null)
    throw new UserError('The database holds tables, and none of Roomtone’s. Nothing of it is replaced.');
  const made = readMigrations(folder).flatMap(({ sql }) =>
    [...sql.matchAll(/CREATE TABLE (?:IF NOT EXISTS )?"(\w+)"/g)].map(([, name = '']) => name),
  );
  const ours = new Set(['_prisma_migrations', ...made, ...tables]);
  const gone = present.filter((name) => ours.has(name));
  await client.query(`DROP TABLE ${quoted(gone)}`);
}

/** The references between tables: rows are loaded without them, in any order, and they are checked afterwards. */
async function readReferences(
  client: pg.Client,
): Promise<readonly { table: string; name: string; definition: string }[]> {
  const { rows } = await client.query<{ table: string; name: string; definition: string }>(
    `SELECT conrelid::regclass::text AS "table", quote_ident(conname) AS "name", pg_get_constraintdef(oid) AS "definition"
     FROM pg_constraint WHERE contype = 'f' AND connamespace = current_schema()::regnamespace ORDER BY 1, 2`,
  );
  return rows;
}

async function setNumbers(client: pg.Client, table: BackupTable): Promise<void> {
  for (const { column, last, used } of table.numbered)
    await client.query('SELECT setval(pg_get_serial_sequence(quote_ident($1), $2), $3::bigint, $4)', [
      table.name,
      column,
      last,
      used,
    ]);
}

/** The rows of one table, up to its end; `counted` learns how many they were. */
async function* rowsOf(parts: AsyncIterator<BackupPart>, counted: { rows: number }): AsyncGenerator<Buffer> {
  for (;;) {
    const { value: part, done } = await parts.next();
    if (done === true || part.kind === 'head' || part.kind === 'table') throw new Error('A table has no end.');
    if (part.kind === 'rows') yield part.bytes;
    else {
      counted.rows = part.rows;
      return;
    }
  }
}

/** Loads every table, and compares what arrived with what was written. @throws {UserError} when a table lacks rows */
async function load(client: pg.Client, file: string): Promise<BackupTotals> {
  const parts = readBackup(file);
  let [tables, rows] = [0, 0];
  for (;;) {
    const { value: part, done } = await parts.next();
    if (done === true) return { tables, rows };
    if (part.kind !== 'table') continue;
    const name = tableName(part.table);
    // Migrations may have put rows of their own there.
    await client.query(`TRUNCATE ${name}`);
    const written = { rows: 0 };
    const into = client.query(copyFrom(`COPY ${name} (${quoted(part.table.columns)}) FROM STDIN`));
    await pipeline(Readable.from(rowsOf(parts, written), { objectMode: false }), into);
    await setNumbers(client, part.table);
    const { rows: found } = await client.query<{ count: string }>(`SELECT count(*) AS "count" FROM ${name}`);
    if (Number(found[0]?.count) !== written.rows)
      throw new UserError(
        `The table ${part.table.name} has ${found[0]?.count} of ${written.rows} rows. Nothing was restored.`,
      );
    tables += 1;
    rows += written.rows;
  }
}

/**
 * Restores a backup into an empty database, all of it or nothing: its own migrations are applied, its rows loaded and counted, references
 * checked, and then the migrations applied that came since.
 *
 * @throws {UserError} when the file is no whole backup, or a later version's; when the database is not empty, or in use
 */
export async function restore(
  database: DatabaseAddress,
  file: string,
  { replace = false, folder = prismaFolder }: RestoreOptions = {},
): Promise<BackupTotals> {
  const manifest = await readManifest(file);
  const { had, since } = splitMigrations(manifest.head, folder);
  return withDatabase(database, 'roomtone restore', async (client) => {
    await requireUnused(client);
    return inLockedTransaction(client, async () => {
      await makeRoom(client, manifest, folder, replace);
      for (const migration of had) await runWork(client, { kind: 'apply', migration }, database.url);
      const references = await readReferences(client);
      for (const { table, name } of references) await client.query(`ALTER TABLE ${table} DROP CONSTRAINT ${name}`);
      const totals = await load(client, file);
      for (const { table, name, definition } of references)
        await client.query(`ALTER TABLE ${table} ADD CONSTRAINT ${name} ${definition}`);
      for (const migration of since) await runWork(client, { kind: 'apply', migration }, database.url);
      return totals;
    });
  });
}
