import 'server-only';
import packageJson from '@/package.json';
import { getPool } from './db/connection/pool';
import { describeError } from './runtime/describe-error';
import { log } from './runtime/log';

/** Whether this instance can serve, and which version it is. */
export interface Health {
  readonly status: 'ok' | 'unavailable';
  readonly database: 'ok' | 'down';
  readonly version: string;
}

/** Asks the database one question. */
export async function getHealth(): Promise<Health> {
  const { version } = packageJson;
  try {
    await getPool().query('SELECT 1');
    return { status: 'ok', database: 'ok', version };
  } catch (error) {
    log.warn('health.database_down', describeError(error));
    return { status: 'unavailable', database: 'down', version };
  }
}
