import 'server-only';
import type { QueryResultRow } from 'pg';
import { log } from '@/lib/server/runtime/log';
import { perProcess } from '@/lib/server/runtime/per-process';
import { getPool } from './pool';

/** A statement that every request needs, under a name of its own. */
export interface PreparedStatement {
  readonly name: string;
  readonly text: string;
  readonly values: readonly unknown[];
}

/** PostgreSQL's codes for a prepared statement that the session does not have, or has already. */
const strayStatement: ReadonlySet<unknown> = new Set(['26000', '42P05']);

const isStray = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && strayStatement.has(error.code);

/**
 * Runs a statement that is prepared once per connection.
 *
 * A pooler that shares sessions hands out ones that others have prepared in. PostgreSQL refuses then before it runs anything, so the
 * statement is run again without a name, and from there on this process gives none: slower, not wrong.
 */
export async function queryPrepared<Row extends QueryResultRow>(statement: PreparedStatement): Promise<Row[]> {
  const sessions = perProcess('prepared-statements', () => ({ shared: false }));
  const { name, text } = statement;
  const values = [...statement.values];
  if (!sessions.shared) {
    try {
      return (await getPool().query<Row>({ name, text, values })).rows;
    } catch (error) {
      if (!isStray(error)) throw error;
      if (!sessions.shared) log.info('database.sessions_shared', {});
      sessions.shared = true;
    }
  }
  return (await getPool().query<Row>({ text, values })).rows;
}
