import pg from 'pg';
import { ensureDatabase } from '@/scripts/local/embedded-postgres';

/** A database of a test's own, beside the one that it is given, without anything in it. */
export interface EmptyDatabase {
  readonly url: string;
  /** What a statement answers, on a connection of its own. */
  query<Row extends pg.QueryResultRow>(sql: string, values?: readonly unknown[]): Promise<Row[]>;
  drop(): Promise<void>;
}

async function ask<Row extends pg.QueryResultRow>(
  url: string,
  sql: string,
  values: readonly unknown[] = [],
): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    // Without values it may be several statements.
    const result = values.length === 0 ? await client.query<Row>(sql) : await client.query<Row>(sql, [...values]);
    return result.rows;
  } finally {
    await client.end();
  }
}

/**
 * Makes a database for a test.
 *
 * @param label tells it from others of this process
 */
export async function makeEmptyDatabase(label: string): Promise<EmptyDatabase> {
  const adminUrl = process.env['DATABASE_URL'] ?? '';
  // Named like one of a run of tests: what a killed process leaves, the next run drops.
  const name = `roomtone_test_${process.pid}_${label}`;
  await ask(adminUrl, `DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`);
  await ensureDatabase(adminUrl, name);
  const url = Object.assign(new URL(adminUrl), { pathname: `/${name}` }).href;
  return {
    url,
    query: (sql, values) => ask(url, sql, values),
    drop: async () => void (await ask(adminUrl, `DROP DATABASE "${name}" WITH (FORCE)`)),
  };
}
