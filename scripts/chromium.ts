import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { basename, delimiter, join } from 'node:path';
import { chromium } from '@playwright/test';
import { UserError } from './local/steps';

/** The shell without windows first: it does the same in two thirds of the time. */
const names = [
  'chromium-headless-shell',
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome',
];

/** Debian's packages of it; older releases have only the second. */
const debianPackages = ['chromium-headless-shell', 'chromium'];

function onPath(): string | null {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  for (const name of names) {
    const found = folders.map((folder) => join(folder, name)).find(existsSync);
    if (found !== undefined) return found;
  }
  return null;
}

function findChromium(): string | null {
  const given = process.env['CHROMIUM_PATH'];
  if (given !== undefined && existsSync(given)) return given;
  const own = chromium.executablePath();
  return onPath() ?? (own !== '' && existsSync(own) ? own : null);
}

/** Runs an installer, and says so: it changes more than this checkout. */
function tryInstall(program: string, args: readonly string[]): boolean {
  console.log(`    ${[basename(program), ...args].join(' ')}`);
  const result = spawnSync(program, args, { stdio: 'ignore', timeout: 300_000 });
  return result.status === 0;
}

/**
 * A Chromium for the tests: the system's or Playwright's own; else one is installed, which the terminal says: from Playwright where it can be
 * downloaded, or, for root, as Debian's package.
 *
 * @throws {UserError} with what to install
 */
export function requireChromium(): string {
  const found = findChromium();
  if (found !== null) return found;
  console.log('\n\n  No Chromium was found, and one is installed on this machine for the browser tests.');
  console.log('  To avoid that, end this with Ctrl-C and set CHROMIUM_PATH to a Chromium of yours. Running:');
  if (tryInstall(process.execPath, [join('node_modules', '@playwright', 'test', 'cli.js'), 'install', 'chromium'])) {
    const downloaded = findChromium();
    if (downloaded !== null) return downloaded;
  }
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    tryInstall('apt-get', ['update']);
    debianPackages.some((name) => tryInstall('apt-get', ['install', '-y', '--no-install-recommends', name]));
  }
  const installed = findChromium();
  if (installed !== null) return installed;
  throw new UserError(
    'The browser tests need Chromium: install it (Debian: apt-get install chromium), or set CHROMIUM_PATH.',
  );
}
