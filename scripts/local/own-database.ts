import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseAddress } from '@/lib/server/runtime/env';
import { ensureDatabase, startCluster } from './embedded-postgres';
import { namesDatabase, requireDatabase, type Variables } from './environment';
import { dataPath } from './paths';
import { loadSecrets } from './secrets';
import { UserError } from './steps';

/** The built-in PostgreSQL of `npm start`: its folder below `.data/`, and the app's database in it. */
export const clusterName = 'postgres';
export const databaseName = 'roomtone';

/**
 * Does `work` with the database of this deployment: the one that the variables name, or else the built-in one, which runs for as long.
 *
 * @param mayBeNew a built-in one is made where there is none yet: what is looked for in it would not be there
 * @throws {UserError} when a variable is malformed, or there is no database, or the built-in one does not start
 */
export async function withOwnDatabase<T>(
  variables: Variables,
  work: (database: DatabaseAddress) => Promise<T>,
  { mayBeNew = false }: { readonly mayBeNew?: boolean } = {},
): Promise<T> {
  if (namesDatabase(variables)) return work(requireDatabase(variables));
  if (!mayBeNew && !existsSync(join(dataPath(clusterName), 'PG_VERSION')))
    throw new UserError(
      'No database is named, and this copy has none of its own. Set DATABASE_URL as the running site has it: docs/backup.md.',
    );
  const cluster = await startCluster({ name: clusterName, password: loadSecrets().databasePassword });
  try {
    await ensureDatabase(cluster.url('postgres'), databaseName);
    return await work({ url: cluster.url(databaseName), ca: null });
  } finally {
    await cluster.stop();
  }
}
