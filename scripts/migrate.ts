import { readVariables } from './local/environment';
import { applyMigrations } from './database/migrations';
import { fail, UserError } from './local/steps';

/** Applies the migrations to DATABASE_URL (or DATABASE_DIRECT_URL, where a pooler would be in the way). */
async function main(): Promise<void> {
  const variables = readVariables();
  const url = variables['DATABASE_DIRECT_URL'] ?? variables['DATABASE_URL'];
  if (url === undefined) throw new UserError('DATABASE_URL is missing; set it to the database to migrate.');
  const applied = await applyMigrations(url);
  console.log(applied.length === 0 ? 'The database is up to date.' : `Applied ${applied.join(', ')}.`);
}

await main().catch(fail);
