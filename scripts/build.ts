import { buildSite } from './build-site';
import { readVariables, requireEnv } from './local/environment';
import { buildApp, generateClient } from './local/app-build';
import { fail, step } from './local/steps';

/** Said in the platform's log: both can change without a word, when a domain is added to a project for instance. */
function printAddress(appUrl: string): void {
  console.log(`  The site is at   ${appUrl}`);
  console.log(`  Redirect URI     ${appUrl}/api/spotify/callback   (to be registered with the Spotify app)\n`);
}

/** The build of a deployed site, run by the platform. */
async function main(): Promise<void> {
  const variables = readVariables();
  const { appUrl } = requireEnv(variables);
  printAddress(appUrl);
  await buildSite(variables, async () => {
    await step('Making the database client', async () => generateClient());
    await step('Building the app', async () => buildApp(appUrl));
  });
}

await main().catch(fail);
