import { defineConfig, devices } from '@playwright/test';
import { requireChromium } from './scripts/chromium';

// Workers read this file again, and use what was found.
const executablePath = (process.env['CHROMIUM_PATH'] ??= requireChromium());

/** Chromium tells its makers things, and looks for updates, unless it is told not to. */
const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Programs by their version, for `npm run test:browsers`; none otherwise. */
const oldChromium: Readonly<Record<string, string>> = JSON.parse(process.env['OLD_CHROMIUM'] ?? '{}');

export default defineConfig({
  testDir: './e2e',
  testMatch: '**/*.spec.ts',
  outputDir: '.data/e2e',
  // A test that passes the second time is one that fails sometimes: its cause is looked for instead.
  retries: 0,
  workers: 2,
  fullyParallel: true,
  forbidOnly: process.env['CI'] !== undefined,
  // As long as a starved machine may need: nothing here says how fast something is.
  timeout: 90_000,
  expect: { timeout: 20_000 },
  reporter: [['line'], ['json', { outputFile: '.data/e2e-results.json' }]],
  globalSetup: './e2e/global-setup.ts',
  use: {
    ...devices['Desktop Chrome'],
    launchOptions: { args, executablePath },
    screenshot: 'only-on-failure',
    trace: 'off',
  },
  projects: [
    { name: 'rooms', testIgnore: ['rate-limit.spec.ts', 'screenshots.spec.ts', 'old-browsers.spec.ts'] },
    // Spotify's rate limit holds for the whole deployment: nobody else may be in a room meanwhile.
    { name: 'rate limit', testMatch: 'rate-limit.spec.ts', dependencies: ['rooms'] },
    {
      // No test: it takes the pictures of docs/screenshots, for `npm run screenshots`.
      name: 'screenshots',
      testMatch: 'screenshots.spec.ts',
      use: {
        colorScheme: process.env['THEME'] === 'light' ? 'light' : 'dark',
        locale: 'en-GB',
        contextOptions: { reducedMotion: 'reduce' },
      },
    },
    ...Object.entries(oldChromium).map(([version, program]) => ({
      name: `Chromium ${version}`,
      testMatch: 'old-browsers.spec.ts',
      use: { launchOptions: { args: [...args, '--no-zygote'], executablePath: program } },
    })),
  ],
});
