import 'server-only';
import packageJson from '@/package.json';
import { getPool } from './db/connection/pool';
import { logWorkFailure } from './runtime/log-failure';

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
    logWorkFailure('health', error);
    return { status: 'unavailable', database: 'down', version };
  }
}
