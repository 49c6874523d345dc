import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import type { DatabaseAddress } from '@/lib/server/runtime/env';
import { withDatabase } from './connect';

const setting = 'roomtone.session';

async function readMark(client: pg.Client): Promise<string | null> {
  const { rows } = await client.query<{ mark: string | null }>(`SELECT current_setting($1, true) AS "mark"`, [setting]);
  return rows[0]?.mark ?? null;
}

/** Whether the server's process is the one that the connection was promised: poolers promise one of their own. */
async function isDirect(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS "pid"');
  return 'processID' in client && rows[0]?.pid === client.processID;
}

/**
 * Whether an address leads to a pooler that gives one session to several clients, transaction by transaction: what one of them sets, another
 * sees. A pooler that happens to hand out a session of its own each time is not noticed.
 */
export function sharesSessions(address: DatabaseAddress): Promise<boolean> {
  return withDatabase(address, 'roomtone migrations', async (first) => {
    if (await isDirect(first)) return false;
    return withDatabase(address, 'roomtone migrations', async (second) => {
      const mark = randomUUID();
      await first.query('SELECT set_config($1, $2, false)', [setting, mark]);
      // Keeps its session for itself: if that was the first one's, the first one gets another.
      await second.query('BEGIN');
      const shared = (await readMark(second)) === mark || (await readMark(first)) !== mark;
      await second.query(`SELECT set_config($1, '', false)`, [setting]);
      await second.query('COMMIT');
      return shared;
    });
  });
}
