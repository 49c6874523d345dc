import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { UserError } from '@/scripts/local/steps';

/** Held while a migration is applied, so that two instances that start together do not apply it twice. */
export const lockKey = 7_266_868_373;

/** How long another program may hold it, in ms: longer than a migration of a small database takes. */
export const lockPatienceMs = 60_000;

/** How often it is tried, in ms. */
const tryEveryMs = 200;

/** How long a migration waits for a table that is in use, in ms. Whoever asks for the table meanwhile waits behind it. */
const tablePatienceMs = 10_000;

interface Holder {
  readonly pid: number;
  readonly application: string;
  readonly client: string | null;
  readonly seconds: number;
}

async function describeHolder(client: pg.Client): Promise<string> {
  const { rows } = await client.query<Holder>(
    `SELECT a.pid, a.application_name AS "application", host(a.client_addr) AS "client",
            extract(epoch FROM clock_timestamp() - coalesce(a.xact_start, a.backend_start))::int AS "seconds"
     FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
     JOIN pg_database d ON d.oid = l.database AND d.datname = current_database()
     WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1
       AND ((l.classid::bigint << 32) | l.objid::bigint) = $1`,
    [lockKey],
  );
  const [holder] = rows;
  if (holder === undefined) return 'it was let go just now';
  const { pid, application, client: from, seconds } = holder;
  const name = application === '' ? 'a program without a name' : `“${application}”`;
  return `it belongs to ${name}${from === null ? '' : ` at ${from}`}, process ${pid} of the server, for ${seconds} s; SELECT pg_terminate_backend(${pid}) takes it away`;
}

async function take(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ taken: boolean }>('SELECT pg_try_advisory_xact_lock($1) AS "taken"', [lockKey]);
  return rows[0]?.taken === true;
}

async function begin(client: pg.Client): Promise<void> {
  await client.query('BEGIN');
  await client.query(`SET LOCAL statement_timeout = 0`);
  await client.query(`SET LOCAL lock_timeout = ${tablePatienceMs}`);
}

/**
 * Does `work` in one transaction that holds the lock of migrations. The lock ends with the transaction, so that nothing is left behind, not
 * even by a pooler that gives the session to somebody else.
 *
 * @throws {UserError} when somebody else holds the lock for too long: says who
 */
export async function inLockedTransaction<T>(
  client: pg.Client,
  work: () => Promise<T>,
  patienceMs = lockPatienceMs,
): Promise<T> {
  const deadline = Date.now() + patienceMs;
  await begin(client);
  try {
    while (!(await take(client))) {
      if (Date.now() > deadline)
        throw new UserError(
          `The lock of migrations was not free for ${patienceMs / 1_000} s: ${await describeHolder(client)}.`,
        );
      // Asked between transactions, so that an open one keeps nobody else from anything.
      await client.query('ROLLBACK');
      await delay(tryEveryMs);
      await begin(client);
    }
    const result = await work();
    await client.query('COMMIT');
    return result;
  } catch (error) {
    // The connection may be what failed.
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  }
}
