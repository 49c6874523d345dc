import assert from 'node:assert/strict';
import { type ChildProcess, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readdirSync, readFileSync, readSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { parse } from 'yaml';
import { z } from 'zod';
import { Person } from '@/testing/people/person';
import { hostParty } from '@/testing/people/party';
import { readEvents } from '@/testing/people/event-reader';
import { type ControlClient, createControlClient } from '@/simulator/control-client';
import { openTestServer, type TestServer } from '@/testing/deployments/test-server';
import { until } from '@/testing/until';
import { memoryOf, processesBelow, startContainer } from './image/container';
import { parseDockerfile } from './image/dockerfile';
import { buildStages, type Image } from './image/stages';
import { freePort } from './local/free-port';
import { isAlive } from './local/is-alive';
import { dataPath, root } from './local/paths';
import { fail, seconds, step, UserError } from './local/steps';
import { type SimulatorProcess, startSimulatorProcess } from './processes/simulator-process';

type Variables = Readonly<Record<string, string>>;

interface Running {
  readonly child: ChildProcess;
  /** What it has printed so far. */
  output(): string;
  /** Its first process, as this machine sees it. */
  pid(): number;
  /** Resolves with its exit code. */
  readonly ended: Promise<number>;
}

/** Starts a command of an image as a container would: as nobody, where nothing can be written, without input. */
function run(image: Image, command: readonly string[], variables: Variables): Running {
  const child = startContainer({ ...image, env: { ...image.env, ...variables }, command, to: 'run' });
  let output = '';
  child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const ended = once(child, 'exit').then(([code]) => Number(code ?? 1));
  return { child, output: () => output, pid: () => processesBelow(child.pid ?? 0)[0] ?? 0, ended };
}

async function runToEnd(image: Image, command: readonly string[], variables: Variables) {
  const running = run(image, command, variables);
  const code = await running.ended;
  return { code, output: running.output().trim() };
}

const composeSchema = z.object({ services: z.object({ migrate: z.object({ command: z.array(z.string()) }) }) });

/** What compose.yaml migrates with. */
function migrateCommand(): readonly string[] {
  const compose = parse(readFileSync(join(root, 'compose.yaml'), 'utf8'), { merge: true });
  return composeSchema.parse(compose).services.migrate.command;
}

const databaseName = 'roomtone_image';

async function remakeDatabase(server: TestServer): Promise<string> {
  const client = new pg.Client({ connectionString: server.adminUrl });
  await client.connect();
  await client.query(`DROP DATABASE IF EXISTS ${databaseName} WITH (FORCE)`);
  await client.query(`CREATE DATABASE ${databaseName}`);
  await client.end();
  return server.url(databaseName);
}

const mebibytes = (bytes: number): string => `${Math.round(bytes / 1_048_576)} MiB`;

function sizeOf(folder: string): number {
  return Number(spawnSync('du', ['-sb', folder], { encoding: 'utf8' }).stdout.split('\t')[0]);
}

function beginningOf(file: string): string {
  const bytes = Buffer.alloc(4);
  const descriptor = openSync(file, 'r');
  readSync(descriptor, bytes);
  closeSync(descriptor);
  return bytes.toString('latin1');
}

/** A container that serves, until it is asked to end. */
async function withApp<T>(image: Image, variables: Variables, work: (app: Running) => Promise<T>): Promise<T> {
  const app = run(image, image.command, variables);
  try {
    await until(() => app.output().includes('"port"') || app.child.exitCode !== null, 60_000);
    if (app.child.exitCode !== null) throw new UserError(`It ended instead of serving.\n${app.output()}`);
    return await work(app);
  } finally {
    const pid = app.pid();
    app.child.kill('SIGKILL');
    if (pid > 0) await until(() => !isAlive(pid));
  }
}

/** What runs on one kind of machine alone; there must be none in an image for two. */
function nativeFiles(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .filter((file) => /^(\u007FELF|MZ|\u00CF\u00FA\u00ED\u00FE)/.test(beginningOf(file)));
}

/** A room in it: host, guest, streams, a command; then the end, with the streams open. */
async function tryImage(image: Image, variables: Variables, url: string, spotify: ControlClient): Promise<void> {
  const started = Date.now();
  await withApp(image, variables, async (app) => {
    const startedAfter = seconds(started);
    const memory = (): string =>
      mebibytes(processesBelow(app.child.pid ?? 0).reduce((sum, pid) => sum + memoryOf(pid), 0));
    await step('  Its health check', async () => {
      const { code, output } = await runToEnd(image, image.healthCheck, variables);
      assert.equal(code, 0, output);
    });
    const before = memory();
    const streams = await step('  A page and its files, a room, a guest, a pause', async () => {
      const page = await (await fetch(url)).text();
      const files = [...page.matchAll(/"(\/_next\/static\/[^"\\]+)/g)].map(([, path = '']) => path);
      assert.ok(files.length > 3, page);
      for (const file of files) assert.equal((await fetch(url + file)).status, 200, file);
      const account = 'image-host';
      await spotify.addAccount({ key: account, displayName: 'Host' });
      await spotify.press(account, { press: 'play' });
      const party = await hostParty(new Person(url), account);
      const guest = new Person(url);
      assert.equal((await guest.post(`${party.path}/members`, { name: 'Gil' })).status, 201);
      const stream = await readEvents(guest, party.path);
      await until(() => stream.snapshot()?.memberCount === 2 && stream.snapshot()?.playback.status === 'playing');
      assert.equal((await party.host.post(`${party.path}/playback/pause`)).status, 204);
      await until(() => stream.snapshot()?.playback.status === 'paused');
      return [stream];
    });
    const after = memory();
    const count = processesBelow(app.child.pid ?? 0).length;
    const processes = count === 1 ? 'one process' : `${count} processes`;
    const ending = Date.now();
    process.kill(app.pid(), image.stopSignal === 'SIGTERM' ? 'SIGTERM' : 'SIGKILL');
    assert.equal(await app.ended, 0, app.output());
    const endedAfter = seconds(ending);
    await until(() => streams.every(({ closed }) => closed()));
    assert.doesNotMatch(app.output(), /EROFS|EACCES|read-only/i);
    const size = sizeOf(join(image.root, image.workdir));
    console.log(
      `\n  The image holds ${mebibytes(size)} besides Node. It served after ${startedAfter} and held ${before}, with a room ${after},`,
    );
    console.log(`  in ${processes} of its own; after ${image.stopSignal} it had ended with 0 in ${endedAfter}.\n`);
  });
}

async function tryRefusal(image: Image, variables: Variables): Promise<void> {
  const { SESSION_SECRET: _, ...incomplete } = variables;
  const { code, output } = await runToEnd(image, image.command, incomplete);
  assert.deepEqual([code, output.split('\n').length], [1, 1], output);
  assert.match(output, /^SESSION_SECRET is missing/);
}

/** The address decides what browsers are told, and not the machine that has built. */
async function tryHttps(image: Image, variables: Variables, url: string): Promise<void> {
  await withApp(image, { ...variables, APP_URL: 'https://party.example', TRUSTED_HOPS: '1' }, async () => {
    const answer = await new Person(url).get('/', { headers: { 'x-forwarded-for': '203.0.113.9' } });
    assert.equal(answer.headers.get('strict-transport-security'), 'max-age=31536000');
  });
}

/** Every step of the image, from its own Dockerfile, and what has to hold of it: for machines without a container engine. */
async function main(): Promise<void> {
  if (process.platform !== 'linux')
    throw new UserError('These steps need Linux; elsewhere a container engine does them.');
  console.log('\n  Roomtone, image\n');
  const folder = dataPath('image', 'stages', '.').replace(/\/$/, '');
  rmSync(folder, { recursive: true, force: true });
  const stages = parseDockerfile(readFileSync(join(root, 'Dockerfile'), 'utf8'));
  const image = await buildStages(stages, root, folder);
  assert.notEqual(image.user, 'root');
  assert.deepEqual(nativeFiles(join(image.root, image.workdir)), []);
  const server = await openTestServer();
  let simulator: SimulatorProcess | null = null;
  try {
    const [databaseUrl, port] = [await remakeDatabase(server), await freePort()];
    const url = `http://127.0.0.1:${port}`;
    const redirectUris = [`${url}/api/spotify/callback`];
    const client = {
      clientId: 'image-client',
      clientSecret: 'image-client-secret',
      controlSecret: 'image-control-secret',
    };
    simulator = await startSimulatorProcess({ ...client, redirectUris });
    const variables = {
      DATABASE_URL: databaseUrl,
      APP_URL: url,
      PORT: String(port),
      SESSION_SECRET: 'a-secret-of-this-run-only-which-is-long-enough',
      ...simulator.variables,
    };
    for (const said of [/^Applied /, /^The database is up to date/])
      await step('  Migrations, as compose.yaml runs them', async () => {
        const { code, output } = await runToEnd(image, migrateCommand(), { DATABASE_URL: databaseUrl });
        assert.equal(code, 0, output);
        assert.match(output, said);
      });
    await tryImage(image, variables, url, createControlClient(simulator));
    await step('  Without a secret: one line', () => tryRefusal(image, variables));
    await step('  The same image for an https address', () => tryHttps(image, variables, url));
  } finally {
    await simulator?.stop();
    await server.stop();
  }
  rmSync(folder, { recursive: true, force: true });
}

await main().catch(fail);
