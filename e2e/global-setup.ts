import { z } from 'zod';
import { firstLine, startChild } from '@/scripts/processes/child';

/** Where what the specs drive is. */
const variablesLine = z.record(z.string().regex(/^E2E_/), z.string());

/** The programs may have to be built first. */
const patienceMs = 600_000;

/**
 * Starts what the specs drive, in a process of its own because Playwright compiles what it imports: PostgreSQL, one simulated Spotify, three
 * instances of the built app. Specs find it by `E2E_APP_URL`, `E2E_SECOND_URL`, `E2E_RESTARTED_URL`, `E2E_RESTART_URL`, `E2E_SIMULATOR_URL`, `E2E_SIMULATOR_CONTROL_SECRET` and
 * `E2E_DATABASE_URL`.
 *
 * @returns what stops it
 */
export default async function globalSetup(): Promise<() => Promise<void>> {
  const program = startChild({
    args: ['--import', 'tsx', '--conditions=react-server', 'scripts/e2e-stack.ts'],
    env: process.env,
    stderr: 'inherit',
  });
  Object.assign(process.env, await firstLine(program, variablesLine, patienceMs));
  program.stdout?.resume();
  return () =>
    new Promise((resolve) => {
      program.once('exit', () => resolve());
      // It stops when its standard input ends.
      program.stdin?.end();
    });
}
