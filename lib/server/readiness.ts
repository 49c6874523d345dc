import 'server-only';
import packageJson from '@/package.json';
import { hasSchema } from './db/schema-check';
import { getPool } from './db/connection/pool';
import { isEnding } from './runtime/ending';
import { logWorkFailure } from './runtime/log-failure';

/** Whether this instance should be sent requests, and why not. */
export interface Readiness {
  readonly status: 'ready' | 'ending' | 'database_down' | 'database_not_migrated';
  readonly version: string;
}

async function findStatus(): Promise<Readiness['status']> {
  if (isEnding()) return 'ending';
  try {
    await getPool().query('SELECT 1');
    return (await hasSchema()) ? 'ready' : 'database_not_migrated';
  } catch (error) {
    logWorkFailure('health', error);
    return 'database_down';
  }
}

/**
 * Asks everything that a request needs: the database, with every table and column that this build reads. Not ready any more as soon as the
 * instance ends, so that a balancer leaves it.
 */
export async function getReadiness(): Promise<Readiness> {
  return { status: await findStatus(), version: packageJson.version };
}
