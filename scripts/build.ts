import { buildSite } from './build-site';
import { readVariables, requireEnv } from './local/environment';
import { buildApp, buildForPlatform, generateClient } from './local/app-build';
import { fail, step } from './local/steps';

/** Said in the platform's log: both can change without a word, when a domain is added to a project for instance. */
function printAddress(appUrl: string): void {
  console.log(`  The site is at   ${appUrl}`);
  console.log(`  Redirect URI     ${appUrl}/api/spotify/callback   (to be registered with the Spotify app)\n`);
}

/**
 * The build: client, app, and migrations where a database is named. On Vercel it lies where the platform looks for it. Elsewhere it is a folder
 * of its own, made beside whatever is served meanwhile, or with `--into=FOLDER` in that folder, as for an image.
 */
async function main(): Promise<void> {
  const variables = readVariables();
  if (variables['VERCEL'] === '1') printAddress(requireEnv(variables).appUrl);
  const into = process.argv.find((argument) => argument.startsWith('--into='))?.slice('--into='.length);
  await buildSite(variables, async () => {
    await step('Making the database client', generateClient);
    if (variables['VERCEL'] === '1') await buildForPlatform();
    else await step('Building the app', async () => void (await buildApp(into)));
  });
}

await main().catch(fail);
