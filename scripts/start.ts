import { printAddresses } from './local/addresses';
import { type Cluster, ensureDatabase, planPort, urlAt } from './local/embedded-postgres';
import {
  forSources,
  namesDatabase,
  readVariables,
  requireDatabase,
  requireEnv,
  type Variables,
} from './local/environment';
import { freePort, requireFreePort } from './local/free-port';
import { clusterName, databaseName } from './local/own-database';
import { superviseCluster } from './local/supervise-postgres';
import { namesSpotify } from '@/lib/server/runtime/env';
import { migrationPolicy } from './database/migration-policy';
import { applyMigrations, isMigrated } from './database/migrations';
import { dataPath } from './local/paths';
import { buildApp, generateClient, needsBuild, needsClient } from './local/app-build';
import { currentBuild } from './local/builds';
import { CheckoutLock } from './local/checkout-lock';
import { hasSecrets, loadSecrets, type Secrets } from './local/secrets';
import { type ServerProcess, startServerProcess } from './processes/server-process';
import { type SimulatorProcess, simulatorVariables, startSimulatorProcess } from './processes/simulator-process';
import { fail, UserError, step } from './local/steps';

/** Where the simulator is when its port is free, so that browsers find their logins there again. */
const simulatorPort = 3_900;

/** What is served: the sources; a build of them, which is made where it is missing; or what was built last, whatever has changed since. */
type Served = 'sources' | 'build' | 'last build';

interface Started {
  lock: CheckoutLock | null;
  cluster: Cluster | null;
  simulator: SimulatorProcess | null;
  server: ServerProcess | null;
}

async function stopAll(started: Started): Promise<void> {
  // In this order: the app still writes to the database while it ends.
  await started.server?.stop();
  await started.simulator?.stop();
  await started.cluster?.stop();
  await started.lock?.release();
}

/** What this start brings itself, with the ports it will be at: known before any of it runs, so that all can start at once. */
interface Plan {
  readonly variables: Variables;
  readonly secrets: Secrets;
  readonly appUrl: string;
  /** The port of the built-in PostgreSQL; null for one of the deployer's. */
  readonly postgresPort: number | null;
  /** The same for the simulated Spotify. */
  readonly simulatorPort: number | null;
}

function simulatorClient(secrets: Secrets) {
  return { clientId: secrets.simulatorClientId, clientSecret: secrets.simulatorClientSecret };
}

const simulatorUrl = (port: number): string => `http://127.0.0.1:${port}`;

async function plan(given: Variables, secrets: Secrets, appUrl: string): Promise<Plan> {
  const postgresPort = namesDatabase(given) ? null : await planPort(clusterName);
  const spotifyPort = namesSpotify(given) ? null : await freePort(simulatorPort);
  const variables = {
    SESSION_SECRET: secrets.sessionSecret,
    APP_URL: appUrl,
    ...given,
    ...(postgresPort !== null && { DATABASE_URL: urlAt(secrets.databasePassword, postgresPort)(databaseName) }),
    ...(spotifyPort !== null && simulatorVariables(simulatorUrl(spotifyPort), simulatorClient(secrets))),
  };
  return { variables, secrets, appUrl, postgresPort, simulatorPort: spotifyPort };
}

async function provideDatabase(started: Started, { secrets, postgresPort, variables }: Plan): Promise<void> {
  if (postgresPort !== null) {
    started.cluster = await step('Starting PostgreSQL', async () => {
      const options = { name: clusterName, password: secrets.databasePassword, port: postgresPort };
      const cluster = await superviseCluster(options);
      await ensureDatabase(cluster.url('postgres'), databaseName);
      return cluster;
    });
  }
  const database = requireDatabase(variables);
  const policy = migrationPolicy(variables);
  // A step of its own where there is something to do; most starts have nothing.
  if (!(await isMigrated(database, policy))) await step('Applying migrations', () => applyMigrations(database, policy));
}

async function provideSpotify(started: Started, { secrets, appUrl, simulatorPort: port }: Plan): Promise<void> {
  if (port === null) return;
  const options = {
    ...simulatorClient(secrets),
    controlSecret: secrets.simulatorControlSecret,
    redirectUris: [`${appUrl}/api/spotify/callback`],
    port,
    stateFile: dataPath('simulator.json'),
  };
  started.simulator = await step('Starting the simulated Spotify', () => startSimulatorProcess(options));
  if (started.simulator.url !== simulatorUrl(port))
    throw new UserError(`Port ${port} was taken by another program just now. Start again.`);
}

/** Stands in for what is not there yet, so that everything else can be checked before anything is started. */
function checkGiven(given: Variables, secrets: Secrets) {
  const assumed = {
    SESSION_SECRET: secrets.sessionSecret,
    ...(namesDatabase(given) ? {} : { DATABASE_URL: 'postgresql://embedded@127.0.0.1/roomtone' }),
    ...(namesSpotify(given) || given['SPOTIFY_CLIENT_SECRET'] !== undefined
      ? {}
      : { SPOTIFY_CLIENT_ID: 'simulated', SPOTIFY_CLIENT_SECRET: 'simulated' }),
  };
  return requireEnv({ ...assumed, ...given });
}

/**
 * Whether this site should say itself what it seals with: a disk that is new at every deployment would have a new secret each time, which
 * logs everybody out and makes the host's login unreadable. A laptop, and a site whose database is here too, keep theirs.
 */
function requireLastingSecret(given: Variables): void {
  const deployed = given['APP_URL']?.startsWith('https:') === true && namesDatabase(given);
  if (!deployed || given['SESSION_SECRET'] !== undefined || hasSecrets()) return;
  throw new UserError(
    'SESSION_SECRET is missing; a site with an https address and a database of its own has to keep it. Set it to the output of: openssl rand -base64 32.',
  );
}

/** Makes what is served from the sources, where it is missing. */
async function build(): Promise<void> {
  if (needsClient()) await step('Making the database client', generateClient);
  const before = currentBuild();
  try {
    await step('Building the app, once per change', () => buildApp());
  } catch (error) {
    if (before === null || !(error instanceof UserError)) throw error;
    throw new UserError(`${error.message}\nThe build before is whole. To serve that one: npm start -- --last-build`);
  }
}

async function serve(
  { variables }: Plan,
  provided: Promise<unknown>,
  served: Served,
  requireWanted: () => void,
): Promise<ServerProcess> {
  if (served === 'build' && needsBuild()) {
    // The build keeps this process from doing anything else.
    await provided;
    requireWanted();
    await build();
    requireWanted();
  }
  // Gets ready meanwhile, and listens when everything is there. Its line begins after the others: lines are printed in their order, so a step
  // that it waits for may not come after it.
  const starting = startServerProcess(variables, { dev: served === 'sources', listenAfter: provided });
  starting.catch(() => undefined);
  await provided;
  return step('Starting the server', () => starting);
}

async function start(started: Started, served: Served, requireWanted: () => void): Promise<void> {
  const given = served === 'sources' ? forSources(readVariables()) : readVariables();
  requireLastingSecret(given);
  const secrets = loadSecrets();
  const { appUrl, port, host } = checkGiven(given, secrets);
  started.lock = await CheckoutLock.take(appUrl);
  await requireFreePort(port, host);
  const planned = await plan(given, secrets, appUrl);
  const env = requireEnv(planned.variables);
  if (served === 'sources' && needsClient()) await step('Making the database client', generateClient);
  const parts = [provideDatabase(started, planned), provideSpotify(started, planned)];
  try {
    started.server = await serve(planned, Promise.all(parts), served, requireWanted);
  } catch (error) {
    // Nothing may appear after everything was stopped.
    await Promise.allSettled(parts);
    throw error;
  }
  const below = [started.server.pid, ...(started.simulator === null ? [] : [started.simulator.pid])];
  await started.lock.noteBelow(below, started.server.build);
  requireWanted();
  printAddresses(env);
}

/**
 * Sets up what is missing and serves the app until somebody ends it; then stops what it started, and nothing else.
 *
 * @param served the sources, with reloading, or a build
 */
async function startApp(served: Served): Promise<void> {
  const started: Started = { lock: null, cluster: null, simulator: null, server: null };
  const asked: { end: Promise<void> | null } = { end: null };
  const requireWanted = (): void => {
    if (asked.end !== null) throw new UserError('Ended before it had started.');
  };
  const starting = start(started, served, requireWanted);
  const stop = async (): Promise<void> => {
    await started.lock?.noteEnding();
    // What is half started could not be stopped yet.
    await starting.catch(() => undefined);
    await stopAll(started);
  };
  const end = (code: number): Promise<void> => (asked.end ??= stop().finally(() => process.exit(code)));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void end(0));
  try {
    await starting;
  } catch (error) {
    // Whoever asked for the end in the meantime needs no reason.
    await (asked.end ?? stopAll(started));
    throw error;
  }
  await end(await (started.server?.ended ?? Promise.resolve(1)));
}

console.log('\n  Roomtone\n');
const option = (name: string): boolean => process.argv.includes(name);
await startApp(option('--dev') ? 'sources' : option('--last-build') ? 'last build' : 'build').catch(fail);
