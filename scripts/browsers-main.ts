import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from './local/paths';
import { fail, step } from './local/steps';
import { requireOldChromium } from './old-chromium';

/**
 * The nearest builds of Chromium to the floor of the README, and older ones that televisions have. What the package has as 111 was built
 * before Chrome 111 could mix colours.
 */
const versions = ['92.0.0', '103.0.0', '108.0.0', '110.0.0', '112.0.0'];

/** Opens the app in real old browsers (SC10). They are downloaded first, 50 MB each. */
async function main(): Promise<void> {
  console.log('\n  Roomtone, old browsers\n');
  const programs: Record<string, string> = {};
  for (const version of versions)
    await step(`Chromium ${version}`, async () => void (programs[version] = requireOldChromium(version)));
  const cli = join(root, 'node_modules', '@playwright', 'test', 'cli.js');
  const projects = versions.map((version) => `--project=Chromium ${version}`);
  const { status } = spawnSync(process.execPath, [cli, 'test', ...projects], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, OLD_CHROMIUM: JSON.stringify(programs) },
  });
  process.exitCode = status ?? 1;
}

await main().catch(fail);
