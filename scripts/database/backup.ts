import type pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import type { DatabaseAddress } from '@/lib/server/runtime/env';
import { UserError } from '@/scripts/local/steps';
import { type BackupPart, type BackupTable, makeHead, writeBackup } from './backup-format';
import { withDatabase } from './connect';
import { readHistory } from './history';
import { quoted, tableName } from './identifiers';

/** What was backed up, or restored. */
export interface BackupTotals {
  readonly tables: number;
  readonly rows: number;
}

/** The tables of the app, each with the columns that rows are written with. */
async function readTables(client: pg.Client): Promise<readonly BackupTable[]> {
  const { rows } = await client.query<{ name: string; columns: string[]; numbered: string[] }>(
    `SELECT c.relname AS "name",
            array_agg(a.attname::text ORDER BY a.attnum) AS "columns",
            coalesce(array_agg(a.attname::text) FILTER
              (WHERE pg_get_serial_sequence(quote_ident(c.relname), a.attname) IS NOT NULL), '{}') AS "numbered"
     FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
     WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace AND c.relname <> '_prisma_migrations'
       AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
     GROUP BY c.oid, c.relname ORDER BY c.relname`,
  );
  const tables: BackupTable[] = [];
  for (const { name, columns, numbered } of rows) {
    const read = [];
    for (const column of numbered) read.push(await readNumber(client, name, column));
    tables.push({ name, columns, numbered: read });
  }
  return tables;
}

async function readNumber(client: pg.Client, table: string, column: string): Promise<BackupTable['numbered'][number]> {
  const { rows: named } = await client.query<{ sequence: string }>(
    'SELECT pg_get_serial_sequence(quote_ident($1), $2) AS "sequence"',
    [table, column],
  );
  // Quoted by PostgreSQL itself.
  const { rows } = await client.query<{ last: string; used: boolean }>(
    `SELECT last_value::text AS "last", is_called AS "used" FROM ${named[0]?.sequence ?? ''}`,
  );
  return { column, last: rows[0]?.last ?? '1', used: rows[0]?.used ?? false };
}

async function* readParts(client: pg.Client, totals: { tables: number; rows: number }): AsyncGenerator<BackupPart> {
  const history = await readHistory(client);
  if (history === null) throw new UserError('There is nothing to back up: the database has none of Roomtone’s tables.');
  const { rows: versions } = await client.query<{ version: string }>(
    `SELECT current_setting('server_version') AS "version"`,
  );
  const migrations = history.map(({ name, checksum }) => ({ name, checksum }));
  yield { kind: 'head', head: makeHead({ server: versions[0]?.version ?? 'unknown', migrations }) };
  for (const table of await readTables(client)) {
    yield { kind: 'table', table };
    const rows = client.query(copyTo(`COPY ${tableName(table)} (${quoted(table.columns)}) TO STDOUT`));
    const chunks: AsyncIterable<Buffer> = rows;
    for await (const bytes of chunks) yield { kind: 'rows', bytes };
    yield { kind: 'end', rows: rows.rowCount };
    totals.tables += 1;
    totals.rows += rows.rowCount;
  }
}

/**
 * Writes everything that a database holds into a new file, as it is at one moment; whoever uses it is not disturbed.
 *
 * @throws {UserError} when the database cannot be reached, or is not Roomtone's
 */
export function backUp(database: DatabaseAddress, file: string): Promise<BackupTotals> {
  return withDatabase(database, 'roomtone backup', async (client) => {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    // A large table takes longer than a request may.
    await client.query('SET LOCAL statement_timeout = 0');
    const totals = { tables: 0, rows: 0 };
    await writeBackup(file, readParts(client, totals));
    await client.query('COMMIT');
    return totals;
  });
}
