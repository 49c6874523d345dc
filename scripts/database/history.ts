import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { z } from 'zod';
import type { Migration } from './migration-files';

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

const recordSchema = z.object({ name: z.string(), checksum: z.string(), finished: z.boolean() });

/** What the history says of one migration. */
export type HistoryRecord = z.infer<typeof recordSchema>;

/**
 * What the database says was applied, in whichever way; what was rolled back counts as never applied. Null where nothing ever was. Fails
 * no transaction that it is asked in.
 */
export async function readHistory(client: pg.Client): Promise<readonly HistoryRecord[] | null> {
  const { rows: found } = await client.query<{ there: boolean }>(
    `SELECT to_regclass('_prisma_migrations') IS NOT NULL AS "there"`,
  );
  if (found[0]?.there !== true) return null;
  const { rows } = await client.query(
    `SELECT migration_name AS "name", checksum, finished_at IS NOT NULL AS "finished"
     FROM _prisma_migrations WHERE rolled_back_at IS NULL ORDER BY migration_name`,
  );
  return z.array(recordSchema).parse(rows);
}

/** Notes a migration as applied, in the transaction that applies it. */
export async function noteApplied(client: pg.Client, { name, checksum }: Migration, startedAt: Date): Promise<void> {
  await client.query(historyTable);
  await client.query(
    `INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
     VALUES ($1, $2, $3, $4, clock_timestamp(), 1)`,
    [randomUUID(), checksum, name, startedAt],
  );
}

/** Notes that a database has today's edition of a migration, in the transaction that leads there from an earlier one. */
export async function noteRepaired(client: pg.Client, { name, checksum }: Migration): Promise<void> {
  await client.query(
    'UPDATE _prisma_migrations SET checksum = $2 WHERE migration_name = $1 AND rolled_back_at IS NULL',
    [name, checksum],
  );
}
