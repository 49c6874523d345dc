import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Env } from '@/lib/server/env';
import { printAddresses } from './addresses';
import { type Cluster, ensureDatabase, startCluster } from './embedded-postgres';
import { readVariables, requireEnv, type Variables } from './environment';
import { applyMigrations } from './migrations';
import { requireFreePort } from './free-port';
import { dataPath, root } from './paths';
import { buildApp, generateClient, needsBuild } from './prepare';
import { forgetRunning, noteRunning, requireNotRunning } from './running';
import { loadSecrets, type Secrets } from './secrets';
import { type ServerProcess, startServerProcess } from './server-process';
import { type SimulatorProcess, startSimulatorProcess } from './simulator-process';
import { step } from './steps';

/** Where the simulator is when its port is free, so that browsers find their logins there again. */
const simulatorPort = 3_900;

interface Started {
  cluster: Cluster | null;
  simulator: SimulatorProcess | null;
  server: ServerProcess | null;
}

async function stopAll(started: Started): Promise<void> {
  // In this order: the app still writes to the database while it ends.
  await started.server?.stop();
  await started.simulator?.stop();
  await started.cluster?.stop();
  forgetRunning();
}

async function provideDatabase(started: Started, secrets: Secrets): Promise<Variables> {
  const cluster = await step('Starting PostgreSQL', () =>
    startCluster({ name: 'postgres', password: secrets.databasePassword }),
  );
  started.cluster = cluster;
  await ensureDatabase(cluster.url('postgres'), 'roomtone');
  return { DATABASE_URL: cluster.url('roomtone') };
}

async function provideSpotify(started: Started, secrets: Secrets, appUrl: string): Promise<Variables> {
  const simulator = await step('Starting the simulated Spotify', () =>
    startSimulatorProcess({
      clientId: secrets.simulatorClientId,
      clientSecret: secrets.simulatorClientSecret,
      controlSecret: secrets.simulatorControlSecret,
      redirectUris: [`${appUrl}/api/spotify/callback`],
      port: simulatorPort,
      stateFile: dataPath('simulator.json'),
    }),
  );
  started.simulator = simulator;
  return simulator.variables;
}

/** Stands in for what is not there yet, so that everything else can be checked before anything is started. */
function checkGiven(given: Variables, secrets: Secrets): Env {
  const assumed = {
    SESSION_SECRET: secrets.sessionSecret,
    DATABASE_URL: 'postgresql://embedded@127.0.0.1/roomtone',
    ...(given['SPOTIFY_CLIENT_ID'] === undefined && given['SPOTIFY_CLIENT_SECRET'] === undefined
      ? { SPOTIFY_CLIENT_ID: 'simulated', SPOTIFY_CLIENT_SECRET: 'simulated' }
      : {}),
  };
  return requireEnv({ ...assumed, ...given });
}

async function start(started: Started, dev: boolean): Promise<void> {
  mkdirSync(join(root, '.data'), { recursive: true, mode: 0o700 });
  const secrets = loadSecrets();
  const given = readVariables();
  const assumed = checkGiven(given, secrets);
  const { appUrl } = assumed;
  await requireNotRunning();
  await requireFreePort(assumed.port, assumed.host);
  let variables: Variables = { SESSION_SECRET: secrets.sessionSecret, APP_URL: appUrl, ...given };
  if (given['DATABASE_URL'] === undefined) variables = { ...variables, ...(await provideDatabase(started, secrets)) };
  const env = requireEnv({ SPOTIFY_CLIENT_ID: 'simulated', SPOTIFY_CLIENT_SECRET: 'simulated', ...variables });
  await step('Applying migrations', () => applyMigrations(env.databaseUrl));
  await step('Making the database client', async () => generateClient());
  if (!dev && needsBuild(appUrl)) await step('Building the app, once per change', async () => buildApp(appUrl));
  if (given['SPOTIFY_CLIENT_ID'] === undefined)
    variables = { ...variables, ...(await provideSpotify(started, secrets, appUrl)) };
  const complete = requireEnv(variables);
  const server = await step('Starting the server', () => startServerProcess(variables, { dev }));
  started.server = server;
  noteRunning(appUrl);
  printAddresses(complete);
}

/**
 * Sets up what is missing and serves the app until somebody ends it; then stops what it started, and nothing else.
 *
 * @param dev serves the sources with reloading instead of a build
 */
export async function up(dev: boolean): Promise<void> {
  const started: Started = { cluster: null, simulator: null, server: null };
  let ending: Promise<void> | null = null;
  const end = (code: number): void => {
    ending ??= stopAll(started).finally(() => process.exit(code));
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => end(0));
  const parent = process.ppid;
  // Whoever started this was killed outright: nobody else will say when to end.
  setInterval(() => process.ppid === parent || end(0), 1_000).unref();
  try {
    await start(started, dev);
  } catch (error) {
    if (ending === null) await stopAll(started);
    throw error;
  }
  const code = await (started.server?.ended ?? Promise.resolve(1));
  end(code);
}
