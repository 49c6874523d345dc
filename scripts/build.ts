import { buildSite } from './build-site';
import { readVariables, requireEnv } from './local/environment';
import { buildApp, generateClient } from './local/app-build';
import { fail, step } from './local/steps';

/** The build of a deployed site, run by the platform. */
async function main(): Promise<void> {
  const variables = readVariables();
  const { appUrl } = requireEnv(variables);
  await buildSite(variables, async () => {
    await step('Making the database client', async () => generateClient());
    await step('Building the app', async () => buildApp(appUrl));
  });
}

await main().catch(fail);
