import { migrationPolicy, requireMigratable } from './database/migration-policy';
import { applyMigrations, findState } from './database/migrations';
import { namesDatabase, requireDatabase, requireEnv, type Variables } from './local/environment';
import { step } from './local/steps';

/**
 * A build, with the migrations of the database where one is named. The database is looked at first, so that what stands in the way is said at
 * once, and changed last: a build that fails, or a variable that is missing, leaves it as it was. In between, and until the new version
 * serves, the version before runs on the new schema.
 *
 * @throws {UserError} when a variable is missing or malformed, when the build fails, or the database cannot be migrated
 */
export async function buildSite(variables: Variables, build: () => Promise<void>): Promise<void> {
  // Elsewhere the configuration may be the start's.
  if (variables['VERCEL'] === '1') requireEnv(variables);
  if (!namesDatabase(variables)) return build();
  const database = requireDatabase(variables);
  const policy = migrationPolicy(variables);
  const state = await step('Looking at the database', () => findState(database, policy));
  requireMigratable(variables, state);
  await build();
  if (state.work.length === 0) return;
  const applied = await step('Applying migrations', () => applyMigrations(database, policy));
  console.log(`  Applied ${applied.join(', ')}.`);
}
