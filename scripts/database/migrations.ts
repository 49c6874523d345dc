import pg from 'pg';
import type { DatabaseAddress } from '@/lib/server/runtime/env';
import { UserError } from '@/scripts/local/steps';
import { withDatabase } from './connect';
import { describeProblem } from './connection-problem';
import { noteApplied, noteRepaired } from './history';
import { prismaFolder } from './migration-files';
import { inLockedTransaction, lockPatienceMs } from './migration-lock';
import { type MigrationState, readState, requireKnown, type Work } from './migration-state';
import { sharesSessions } from './pooler';

const application = 'roomtone migrations';

export interface MigrationOptions {
  /** Where the migrations are: this checkout's, if nothing is said. */
  readonly folder?: string;
  /** A database that a later version has migrated is left as it is, and is no failure. */
  readonly mayBeNewer?: boolean;
  /** How long somebody else may hold the lock, in ms. */
  readonly patienceMs?: number;
}

/** Another program's database gets nothing of ours. @throws {UserError} */
async function requireOwn(client: pg.Client): Promise<void> {
  const { rowCount } = await client.query(
    `SELECT 1 FROM information_schema.tables
     WHERE table_schema = current_schema() AND to_regclass('_prisma_migrations') IS NULL LIMIT 1`,
  );
  if (rowCount === 0) return;
  throw new UserError('The database holds tables, and none of Roomtone’s: DATABASE_URL has to name an empty one.');
}

const lockNotAvailable = '55P03';

/** Runs one migration, or the repair of one, in the transaction that is open. @throws {UserError} */
export async function runWork(client: pg.Client, work: Work, url: string): Promise<void> {
  const startedAt = new Date();
  const { migration } = work;
  try {
    await client.query(work.kind === 'apply' ? migration.sql : work.sql);
    await (work.kind === 'apply' ? noteApplied(client, migration, startedAt) : noteRepaired(client, migration));
  } catch (error) {
    if (!(error instanceof pg.DatabaseError)) throw error;
    const hint =
      error.code === lockNotAvailable
        ? 'a table was in use for too long; try again when it is quieter'
        : (describeProblem(error, url) ?? error.message);
    throw new UserError(`The migration ${migration.name} could not be applied, and nothing of it was: ${hint}`, {
      cause: error,
    });
  }
}

/**
 * How a database stands to the migrations. Nothing is changed.
 *
 * @throws {UserError} when one has failed or was changed since, when the database is ahead, or cannot be reached
 */
export function findState(
  database: DatabaseAddress,
  { folder = prismaFolder, mayBeNewer = false }: MigrationOptions = {},
): Promise<MigrationState> {
  return withDatabase(database, application, async (client) => {
    const state = await readState(client, folder);
    requireKnown(state, mayBeNewer);
    return state;
  });
}

/** Whether a database has every migration, by Prisma's own history. Fails as {@link findState} does. */
export async function isMigrated(database: DatabaseAddress, options: MigrationOptions = {}): Promise<boolean> {
  return (await findState(database, options)).work.length === 0;
}

/** What was done, for people. */
const nameOf = ({ kind, migration }: Work): string =>
  kind === 'apply' ? migration.name : `${migration.name} (as it is today)`;

/**
 * Applies what is missing, and brings what an earlier edition of a migration has made to today's form, each in a transaction of its own: one
 * that fails leaves nothing behind. Of two that begin together, the second waits and then has nothing to do.
 *
 * @returns the names of what was applied
 * @throws {UserError} when one fails or has failed, or was changed since it was applied; when the database is another program's, is
 * ahead, or is reached through a pooler that shares sessions; when another program migrates it for too long
 */
export async function applyMigrations(
  database: DatabaseAddress,
  options: MigrationOptions = {},
): Promise<readonly string[]> {
  const { folder = prismaFolder, mayBeNewer = false, patienceMs = lockPatienceMs } = options;
  // Nothing is asked of a pooler where there is nothing to do.
  if (await isMigrated(database, options)) return [];
  if (await sharesSessions(database))
    throw new UserError(
      'The address for migrations leads to a pooler that shares sessions. Set DATABASE_DIRECT_URL to the one past it (Neon: DATABASE_URL_UNPOOLED; Supabase: the session pooler, port 5432).',
    );
  return withDatabase(database, application, async (client) => {
    const applied: string[] = [];
    for (;;) {
      const name = await inLockedTransaction(
        client,
        async () => {
          await requireOwn(client);
          // Looked at under the lock: somebody else may have been here in the meantime.
          const state = await readState(client, folder);
          requireKnown(state, mayBeNewer);
          const [next] = state.work;
          if (next === undefined) return null;
          await runWork(client, next, database.url);
          return nameOf(next);
        },
        patienceMs,
      );
      if (name === null) return applied;
      applied.push(name);
    }
  });
}
