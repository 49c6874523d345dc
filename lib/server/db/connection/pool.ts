import 'server-only';
import pg from 'pg';
import { getEnv } from '@/lib/server/runtime/env';
import { log } from '@/lib/server/runtime/log';
import { perProcess } from '@/lib/server/runtime/per-process';
import { OneWriteSocket } from './one-write-socket';

/** How long a request waits for a connection, in ms: a database that is down must answer 503 within 3 s. */
const connectTimeoutMs = 2_000;

/** How long one statement may take, in ms. */
const statementTimeoutMs = 5_000;

/**
 * The process's one connection pool, shared by Prisma and by the few prepared statements that every request runs.
 * Sized for one instance on two cores; more would only queue inside PostgreSQL.
 */
export function getPool(): pg.Pool {
  return perProcess('pool', () => {
    const pool = new pg.Pool({
      connectionString: getEnv().databaseUrl,
      max: 10,
      connectionTimeoutMillis: connectTimeoutMs,
      query_timeout: statementTimeoutMs,
      keepAlive: true,
      application_name: 'roomtone',
      stream: () => new OneWriteSocket(),
    });
    // An idle connection that breaks is replaced by the pool; without a listener it would end the process.
    pool.on('error', (error) => log.warn('database.connection_lost', { message: error.name }));
    return pool;
  });
}
