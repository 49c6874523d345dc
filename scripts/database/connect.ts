import pg from 'pg';
import { describeConnection } from '@/lib/server/runtime/database-connection';
import type { DatabaseAddress } from '@/lib/server/runtime/env';
import { asUserError } from './connection-problem';

/** How long a database may take to answer, in ms: one that sleeps may need some seconds to wake. */
const connectTimeoutMs = 15_000;

/**
 * Does `work` on a connection of its own, and closes it.
 *
 * @param application how PostgreSQL names the connection to others
 * @throws {UserError} with one line when the database cannot be reached or entered, or ends the connection
 */
export async function withDatabase<T>(
  { url, ca }: DatabaseAddress,
  application: string,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  let client: pg.Client | null = null;
  try {
    client = new pg.Client({
      ...describeConnection(url, ca),
      connectionTimeoutMillis: connectTimeoutMs,
      keepAlive: true,
      application_name: application,
    });
    // A connection that ends between two statements would end the program; the next statement says it.
    client.on('error', () => undefined);
    await client.connect();
    return await work(client);
  } catch (error) {
    throw asUserError(error, url);
  } finally {
    await client?.end().catch(() => undefined);
  }
}
