import 'server-only';
import { attachDatabasePool } from '@vercel/functions/db-connections';
import type pg from 'pg';
import { describeConnection } from '@/lib/server/runtime/database-connection';
import { describeError } from '@/lib/server/runtime/describe-error';
import { type DatabaseAddress, getEnv, runsAsFunction } from '@/lib/server/runtime/env';
import { log } from '@/lib/server/runtime/log';
import { noteDatabaseServes } from '@/lib/server/runtime/log-failure';
import { perProcess } from '@/lib/server/runtime/per-process';
import { OneWriteSocket } from './one-write-socket';
import { PatientPool } from './patient-pool';
import { measureWaits } from './pool-waits';

/** How long a request waits for a connection, in ms: a database that is down must answer 503 within 3 s. */
const connectTimeoutMs = 2_000;

/** How long one statement may take, in ms. */
const statementTimeoutMs = 5_000;

/** What one instance takes of the database. */
interface Share {
  readonly max: number;
  /** How long a connection that nobody uses is kept, in ms. */
  readonly idleTimeoutMillis: number;
  /** How long one is used before it is given back; for ever, if nothing is said. */
  readonly maxLifetimeSeconds?: number;
}

/** Sized for one instance on two cores; more would only queue inside PostgreSQL. */
const whereProcessesStay: Share = { max: 10, idleTimeoutMillis: 10_000 };

/**
 * Several functions of some instances each share what may be ten connections. A connection is kept through a burst of requests and no longer,
 * and a busy one for half the time that others wait, so that all come to their turn; and an instance is kept awake no longer than that
 * for closing it.
 */
export const asFunctions: Share = { max: 2, idleTimeoutMillis: 250, maxLifetimeSeconds: 1 };

/** A pool of this share of a database. */
export function openPool({ url, ca }: DatabaseAddress, share: Share): pg.Pool {
  const pool = new PatientPool({
    ...describeConnection(url, ca),
    ...share,
    connectionTimeoutMillis: connectTimeoutMs,
    query_timeout: statementTimeoutMs,
    keepAlive: true,
    application_name: 'roomtone',
    stream: () => new OneWriteSocket(),
  });
  // An idle connection that breaks is replaced by the pool, and whoever cannot be served says so; without a listener it would end the process.
  pool.on('error', (error) => log.debug('database.connection_lost', describeError(error)));
  pool.on('release', (error: unknown) => {
    if (!(error instanceof Error)) noteDatabaseServes();
  });
  return pool;
}

/** The process's one connection pool, shared by Prisma and by the few prepared statements that every request runs. */
export function getPool(): pg.Pool {
  return perProcess('pool', () => {
    const { databaseUrl: url, databaseCa: ca } = getEnv();
    const pool = openPool({ url, ca }, runsAsFunction() ? asFunctions : whereProcessesStay);
    // An instance is frozen with its timers: the platform is asked to wait until idle connections were closed.
    if (runsAsFunction()) attachDatabasePool(pool);
    measureWaits(pool);
    return pool;
  });
}
