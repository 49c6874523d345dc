import { readVariables, requireDatabase } from './local/environment';
import { migrationPolicy } from './database/migration-policy';
import { applyMigrations } from './database/migrations';
import { fail } from './local/steps';

/** Applies the migrations to the database, past its pooler. */
async function main(): Promise<void> {
  const variables = readVariables();
  const applied = await applyMigrations(requireDatabase(variables), migrationPolicy(variables));
  console.log(applied.length === 0 ? 'The database is up to date.' : `Applied ${applied.join(', ')}.`);
}

await main().catch(fail);
