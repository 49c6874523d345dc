import { readVariables, requireEnv } from './local/environment';
import { applyMigrations } from './database/migrations';
import { buildApp, generateClient } from './local/app-build';
import { fail, step } from './local/steps';

/** The build of a deployed site: client, migrations where the database is known, app. Run by the platform. */
async function main(): Promise<void> {
  const variables = readVariables();
  await step('Making the database client', async () => generateClient());
  const url = variables['DATABASE_DIRECT_URL'] ?? variables['DATABASE_URL'];
  if (url !== undefined) await step('Applying migrations', () => applyMigrations(url));
  const { appUrl } = requireEnv(variables);
  await step('Building the app', async () => buildApp(appUrl));
}

await main().catch(fail);
