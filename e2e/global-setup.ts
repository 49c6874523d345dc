import { spawn } from 'node:child_process';

/** What the program in scripts/e2e-stack.ts prints when everything runs. */
function firstLine(program: ReturnType<typeof spawn>): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    program.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      const line = /^(\{.*)\n/m.exec(text)?.[1];
      if (line !== undefined) resolve(line);
    });
    program.once('exit', () => reject(new Error('The programs under test did not start; the lines above say why.')));
  });
}

/**
 * Starts what the specs drive, in a process of its own because Playwright compiles what it imports: PostgreSQL, one simulated Spotify, three
 * instances of the built app. Specs find it by `E2E_APP_URL`, `E2E_SECOND_URL`, `E2E_RESTARTED_URL`, `E2E_RESTART_URL`, `E2E_SIMULATOR_URL`, `E2E_SIMULATOR_CONTROL_SECRET` and
 * `E2E_DATABASE_URL`.
 *
 * @returns what stops it
 */
export default async function globalSetup(): Promise<() => Promise<void>> {
  const program = spawn(process.execPath, ['--import', 'tsx', '--conditions=react-server', 'scripts/e2e-stack.ts'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const variables: unknown = JSON.parse(await firstLine(program));
  Object.assign(process.env, variables);
  return () =>
    new Promise((resolve) => {
      program.once('exit', () => resolve());
      // Its standard input ending is its word to stop.
      program.stdin?.end();
    });
}
