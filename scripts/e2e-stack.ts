import { freePort } from './free-port';
import { startInstance } from './instance';
import { buildApp, generateClient, needsBuild } from './prepare';
import { startSimulatorProcess } from './simulator-process';
import { fail } from './steps';
import { createTestDatabases, dropTestDatabases, openTestServer } from './test-server';

/**
 * PostgreSQL, a simulated Spotify and two instances of the built app, for the browser tests: prints where they are as one line of JSON and
 * stops them when its standard input ends.
 */
async function main(): Promise<void> {
  generateClient();
  // Any http address makes the same build.
  if (needsBuild('http://127.0.0.1')) buildApp('http://127.0.0.1');
  const server = await openTestServer();
  const [databaseUrl = ''] = await createTestDatabases(server, process.pid, ['e2e']);
  const port = await freePort();
  const simulator = await startSimulatorProcess({
    clientId: 'e2e-client',
    clientSecret: 'e2e-client-secret',
    controlSecret: 'e2e-control-secret',
    redirectUris: [`http://127.0.0.1:${port}/api/spotify/callback`],
  });
  // Some specs come through another loopback address; all browsers here are one address.
  const variables = { HOST: '0.0.0.0', RATE_LIMIT_FACTOR: '100', SPOTIFY_CALLS_PER_DAY: '1000000' };
  const instance = await startInstance({ databaseUrl, spotify: simulator.variables, port, variables });
  // A second one of the same deployment: what one does, the other has to show.
  const second = await startInstance({ databaseUrl, spotify: simulator.variables, appUrl: instance.url, variables });
  process.stdout.write(
    `${JSON.stringify({
      E2E_APP_URL: instance.url,
      E2E_SECOND_URL: second.url,
      E2E_SIMULATOR_URL: simulator.url,
      E2E_SIMULATOR_CONTROL_SECRET: simulator.controlSecret,
      E2E_DATABASE_URL: databaseUrl,
    })}\n`,
  );
  const stop = async (): Promise<void> => {
    await Promise.all([instance.stop(), second.stop()]);
    await simulator.stop();
    await dropTestDatabases(server, process.pid);
    await server.stop();
    process.exit(0);
  };
  process.stdin.on('end', () => void stop()).resume();
  process.on('SIGTERM', () => void stop());
  process.on('SIGINT', () => void stop());
}

await main().catch(fail);
