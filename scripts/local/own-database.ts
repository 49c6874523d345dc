import type { DatabaseAddress } from '@/lib/server/runtime/env';
import { ensureDatabase, startCluster } from './embedded-postgres';
import { namesDatabase, requireDatabase, type Variables } from './environment';
import { loadSecrets } from './secrets';

/** The built-in PostgreSQL of `npm start`: its folder below `.data/`, and the app's database in it. */
export const clusterName = 'postgres';
export const databaseName = 'roomtone';

/**
 * Does `work` with the database of this deployment: the one that the variables name, or else the built-in one, which runs for as long.
 *
 * @throws {UserError} when a variable is malformed, or the built-in one does not start
 */
export async function withOwnDatabase<T>(
  variables: Variables,
  work: (database: DatabaseAddress) => Promise<T>,
): Promise<T> {
  if (namesDatabase(variables)) return work(requireDatabase(variables));
  const cluster = await startCluster({ name: clusterName, password: loadSecrets().databasePassword });
  try {
    await ensureDatabase(cluster.url('postgres'), databaseName);
    return await work({ url: cluster.url(databaseName), ca: null });
  } finally {
    await cluster.stop();
  }
}
