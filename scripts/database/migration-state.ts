import type pg from 'pg';
import { UserError } from '@/scripts/local/steps';
import { earlierEditions } from './earlier-editions';
import { type HistoryRecord, readHistory } from './history';
import { type Migration, readMigrations } from './migration-files';

/** Something that has to be done to a database, in a transaction of its own. */
export type Work =
  | { readonly kind: 'apply'; readonly migration: Migration }
  /** The database has an earlier edition of it. */
  | { readonly kind: 'repair'; readonly migration: Migration; readonly sql: string };

/** How a database stands to the migrations of a checkout. */
export interface MigrationState {
  /** What is to be done, in its order. */
  readonly work: readonly Work[];
  /** Migrations that the database has and the checkout does not know: it was made by a later version, or another branch. */
  readonly unknown: readonly string[];
}

function workFor(migration: Migration, record: HistoryRecord | undefined): Work | null {
  const { name, checksum } = migration;
  if (record === undefined) return { kind: 'apply', migration };
  if (record.checksum === checksum) return null;
  const earlier = earlierEditions[name]?.find((edition) => edition.checksum === record.checksum);
  if (earlier !== undefined) return { kind: 'repair', migration, sql: earlier.sql };
  throw new UserError(
    `The migration ${name} was changed after it was applied to this database. Restore its file, and put the change into a new migration.`,
  );
}

/**
 * Compares a database with the migrations of a folder.
 *
 * @throws {UserError} when a migration has failed, or was changed since it was applied
 */
export async function readState(client: pg.Client, folder: string): Promise<MigrationState> {
  const history = (await readHistory(client)) ?? [];
  const failed = history.find(({ finished }) => !finished);
  if (failed !== undefined)
    throw new UserError(
      `The migration ${failed.name} has failed on this database. Mend it by hand and set finished_at in its row of _prisma_migrations, or rolled_back_at to have it applied again.`,
    );
  const records = new Map(history.map((record) => [record.name, record]));
  const migrations = readMigrations(folder);
  const known = new Set(migrations.map(({ name }) => name));
  return {
    work: migrations.flatMap((migration) => workFor(migration, records.get(migration.name)) ?? []),
    unknown: history.map(({ name }) => name).filter((name) => !known.has(name)),
  };
}

/**
 * Whether this version may run on a database that a later one has migrated. Every migration leaves the queries of the version before as
 * they are, so going back by one is safe, but nobody knows here how far back it is: a person says so. Nothing is ever applied then.
 *
 * @throws {UserError} when it may not
 */
export function requireKnown({ work, unknown }: MigrationState, mayBeNewer: boolean): void {
  if (unknown.length === 0) return;
  const names = unknown.join(', ');
  if (!mayBeNewer)
    throw new UserError(
      `The database is ahead of this version, which does not know ${names}. Use the version that made them or a later one. To go back to the release before that one, set ALLOW_NEWER_DATABASE=1.`,
    );
  if (work.length > 0)
    throw new UserError(
      `The database and this version have gone different ways: it has ${names}, and lacks ${work.map(({ migration }) => migration.name).join(', ')}. Nothing is applied.`,
    );
}
