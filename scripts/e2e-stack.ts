import { Deployment } from './deployment';
import { buildApp, generateClient, needsBuild } from './prepare';
import { fail } from './steps';
import { openTestServer } from './test-server';

/**
 * PostgreSQL, a simulated Spotify and two instances of the built app, for the browser tests: prints where they are as one line of JSON and
 * stops them when its standard input ends.
 */
async function main(): Promise<void> {
  generateClient();
  // Any http address makes the same build.
  if (needsBuild('http://127.0.0.1')) buildApp('http://127.0.0.1');
  const server = await openTestServer();
  // Some specs come through another loopback address; all browsers here are one address.
  const variables = { HOST: '0.0.0.0', RATE_LIMIT_FACTOR: '100', SPOTIFY_CALLS_PER_DAY: '1000000' };
  // Two instances of the same deployment: what one does, the other has to show.
  const deployment = await Deployment.start({ server, label: 'e2e', instances: 2, variables });
  process.stdout.write(
    `${JSON.stringify({
      E2E_APP_URL: deployment.url(0),
      E2E_SECOND_URL: deployment.url(1),
      E2E_SIMULATOR_URL: deployment.simulator.url,
      E2E_SIMULATOR_CONTROL_SECRET: deployment.simulator.controlSecret,
      E2E_DATABASE_URL: deployment.databaseUrl,
    })}\n`,
  );
  const stop = async (): Promise<void> => {
    await deployment.stop();
    await server.stop();
    process.exit(0);
  };
  process.stdin.on('end', () => void stop()).resume();
  process.on('SIGTERM', () => void stop());
  process.on('SIGINT', () => void stop());
}

await main().catch(fail);
