import type { Variables } from '@/scripts/local/environment';
import { UserError } from '@/scripts/local/steps';
import type { MigrationState } from './migration-state';
import type { MigrationOptions } from './migrations';

/** What the deployer allows where a database is not as this version would have it. */
export function migrationPolicy(variables: Variables): MigrationOptions {
  return { mayBeNewer: variables['ALLOW_NEWER_DATABASE'] === '1' };
}

/**
 * A preview's variables are often production's, and nothing tells the one database from the other: a branch of a database is a copy in
 * everything. So previews migrate only where the deployer says that their database is their own.
 *
 * @throws {UserError} when a preview would need migrations that it may not apply: names them
 */
export function requireMigratable(variables: Variables, { work }: MigrationState): void {
  const isPreview = variables['VERCEL_ENV'] !== undefined && variables['VERCEL_ENV'] !== 'production';
  if (!isPreview || work.length === 0 || variables['MIGRATE_PREVIEWS'] === '1') return;
  const names = work.map(({ migration }) => migration.name).join(', ');
  throw new UserError(
    `The database of this preview lacks ${names}. A preview applies no migrations, because its database may be production’s. Give previews a database of their own and set MIGRATE_PREVIEWS=1 for them.`,
  );
}
