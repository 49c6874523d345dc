import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { Deployment } from '@/testing/deployments/deployment';
import { freePort } from './local/free-port';
import { buildApp, generateClient, needsBuild } from './local/app-build';
import { fail } from './local/steps';
import { openTestServer } from '@/testing/deployments/test-server';

/** The instance that a spec may restart: nobody else's pages are at it. */
const restarted = 2;

/**
 * Restarts that instance for whoever knows the path, as a new version of the app would be: asked to end, and started where it was.
 *
 * @returns the server, and the address to POST to
 */
async function offerRestart(deployment: Deployment): Promise<{ readonly server: Server; readonly url: string }> {
  const path = `/${randomUUID()}`;
  const port = await freePort();
  const restart = async (): Promise<void> => {
    await deployment.terminate(restarted);
    await deployment.startInstance(restarted);
  };
  const server = createServer((request, response) => {
    if (request.method !== 'POST' || request.url !== path) return void response.writeHead(404).end();
    restart().then(
      () => response.writeHead(204).end(),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return { server, url: `http://127.0.0.1:${port}${path}` };
}

/**
 * PostgreSQL, a simulated Spotify and three instances of the built app, for the browser tests: prints where they are as one line of JSON and
 * stops them when its standard input ends.
 */
async function main(): Promise<void> {
  await generateClient();
  if (needsBuild()) await buildApp();
  const server = await openTestServer();
  // Some specs come through another loopback address; all browsers here are one address.
  const variables = { HOST: '0.0.0.0', RATE_LIMIT_FACTOR: '100', SPOTIFY_CALLS_PER_DAY: '1000000', DEMO: 'on' };
  // Instances of the same deployment: what one does, the others have to show.
  const deployment = await Deployment.start({ server, label: 'e2e', instances: 3, variables });
  const restart = await offerRestart(deployment);
  process.stdout.write(
    `${JSON.stringify({
      E2E_APP_URL: deployment.url(0),
      E2E_SECOND_URL: deployment.url(1),
      E2E_RESTARTED_URL: deployment.url(restarted),
      E2E_RESTART_URL: restart.url,
      E2E_SIMULATOR_URL: deployment.simulator.url,
      E2E_SIMULATOR_CONTROL_SECRET: deployment.simulator.controlSecret,
      E2E_DATABASE_URL: deployment.databaseUrl,
    })}\n`,
  );
  const stop = async (): Promise<void> => {
    restart.server.close();
    await deployment.stop();
    await server.stop();
    process.exit(0);
  };
  process.stdin.on('end', () => void stop()).resume();
  process.on('SIGTERM', () => void stop());
  process.on('SIGINT', () => void stop());
}

await main().catch(fail);
