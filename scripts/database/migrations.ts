import { createHash, randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { z } from 'zod';
import { root } from '@/scripts/local/paths';
import { UserError } from '@/scripts/local/steps';

/** Where the schema and its migrations are. */
export const prismaFolder = join(root, 'prisma');

/** Held while migrations are applied, so that two instances that start together do not apply them twice. */
export const lockKey = 7_266_868_373;

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

interface Migration {
  /** Its folder's name, which begins with the time when it was made. */
  readonly name: string;
  readonly sql: string;
  readonly checksum: string;
}

/** The migrations of a folder, in the order in which they are applied. */
export function readMigrations(folder: string): readonly Migration[] {
  return readdirSync(join(folder, 'migrations'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .toSorted()
    .map((name) => {
      const sql = readFileSync(join(folder, 'migrations', name, 'migration.sql'), 'utf8');
      return { name, sql, checksum: sha256(sql) };
    });
}

/** Names the present migrations: a database made from them is good as long as this stays the same. */
export function migrationsHash(): string {
  return sha256(JSON.stringify(readMigrations(prismaFolder))).slice(0, 12);
}

/** Prisma's own history table, as its engine makes it: its tools understand a database that was migrated here, and the other way round. */
const historyTable = `CREATE TABLE IF NOT EXISTS _prisma_migrations (
  id VARCHAR(36) PRIMARY KEY NOT NULL,
  checksum VARCHAR(64) NOT NULL,
  finished_at TIMESTAMPTZ,
  migration_name VARCHAR(255) NOT NULL,
  logs TEXT,
  rolled_back_at TIMESTAMPTZ,
  started_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  applied_steps_count INTEGER NOT NULL DEFAULT 0
)`;

const undefinedTable = '42P01';

const historySchema = z.array(z.object({ name: z.string(), checksum: z.string(), finished: z.boolean() }));

/** What the database says was applied, in whichever way; what was rolled back counts as never applied. */
async function readHistory(client: pg.Client): Promise<z.infer<typeof historySchema>> {
  try {
    const { rows } = await client.query(
      `SELECT migration_name AS "name", checksum, finished_at IS NOT NULL AS "finished"
       FROM _prisma_migrations WHERE rolled_back_at IS NULL`,
    );
    return historySchema.parse(rows);
  } catch (error) {
    if (error instanceof pg.DatabaseError && error.code === undefinedTable) return [];
    throw error;
  }
}

/** The migrations that a database does not have yet. */
async function findMissing(client: pg.Client, folder: string): Promise<readonly Migration[]> {
  const history = await readHistory(client);
  const failed = history.find(({ finished }) => !finished);
  if (failed !== undefined)
    throw new UserError(
      `The migration ${failed.name} has failed on this database. Mend it by hand and set finished_at in its row of _prisma_migrations, or rolled_back_at to have it applied again.`,
    );
  const applied = new Map(history.map(({ name, checksum }) => [name, checksum]));
  return readMigrations(folder).filter(({ name, checksum }) => {
    const known = applied.get(name);
    if (known !== undefined && known !== checksum)
      throw new UserError(
        `The migration ${name} was changed after it was applied to this database. Restore its file, and put the change into a new migration.`,
      );
    return known === undefined;
  });
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

async function apply(client: pg.Client, { name, sql, checksum }: Migration): Promise<void> {
  const startedAt = new Date();
  try {
    await client.query('BEGIN');
    await client.query(sql);
    await client.query(
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
       VALUES ($1, $2, $3, $4, clock_timestamp(), 1)`,
      [randomUUID(), checksum, name, startedAt],
    );
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    if (!(error instanceof pg.DatabaseError)) throw error;
    throw new UserError(`The migration ${name} could not be applied, and nothing of it was: ${error.message}`);
  }
}

async function withClient<T>(databaseUrl: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/**
 * Whether a database has every migration, by Prisma's own history.
 *
 * @throws {UserError} when one has failed, or was changed since
 */
export function isMigrated(databaseUrl: string, folder = prismaFolder): Promise<boolean> {
  return withClient(databaseUrl, async (client) => (await findMissing(client, folder)).length === 0);
}

/**
 * Applies what is missing, each migration in a transaction of its own: one that fails leaves nothing behind. Of two that begin together,
 * the second waits and then has nothing to do.
 *
 * @returns the names of what was applied
 * @throws {UserError} when one fails or has failed, or was changed since it was applied; when the database is another program's
 */
export async function applyMigrations(databaseUrl: string, folder = prismaFolder): Promise<readonly string[]> {
  // Without a lock where there is nothing to do: a pooler that shares sessions would keep it.
  if (await isMigrated(databaseUrl, folder)) return [];
  return withClient(databaseUrl, async (client) => {
    await client.query('SELECT pg_advisory_lock($1)', [lockKey]);
    const missing = await findMissing(client, folder);
    await requireOwn(client);
    if (missing.length > 0) await client.query(historyTable);
    for (const migration of missing) await apply(client, migration);
    return missing.map(({ name }) => name);
  });
}
