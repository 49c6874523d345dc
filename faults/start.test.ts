import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after } from 'node:test';
import { ensureDatabase } from '@/scripts/local/embedded-postgres';
import { freePort } from '@/scripts/local/free-port';
import { type ControlClient, createControlClient } from '@/simulator/control-client';
import { CheckoutCopy } from '@/testing/deployments/checkout-copy';
import { endPrograms } from '@/testing/deployments/program';
import { dropTestDatabases, openTestServer, type TestServer } from '@/testing/deployments/test-server';
import { hostParty } from '@/testing/people/party';
import { Person } from '@/testing/people/person';
import { Screen } from '@/testing/people/screen';
import { until } from '@/testing/until';
import { faultTest } from './fault';

let server: TestServer | null = null;
const copies: CheckoutCopy[] = [];

after(async () => {
  await endPrograms();
  for (const copy of copies) copy.remove();
  if (server !== null) await dropTestDatabases(server, process.pid);
  await server?.stop();
});

function copy(): CheckoutCopy {
  const made = CheckoutCopy.make('linked');
  copies.push(made);
  return made;
}

/** A database without a table, on the tests' server. */
async function emptyDatabase(): Promise<string> {
  server ??= await openTestServer();
  const name = `roomtone_test_${process.pid}_empty_${await freePort()}`;
  await ensureDatabase(server.adminUrl, name);
  return server.url(name);
}

/** The commands of everything that a process has started, and of what that has. */
function commandsBelow(pid: number): readonly string[] {
  const { stdout } = spawnSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8' });
  const all = stdout.split('\n').map((line) => /^ *(\d+) +(\d+) (.*)$/.exec(line) ?? []);
  const below = (id: string): readonly string[] =>
    all.flatMap(([, own = '', parent, command = '']) => (parent === id ? [command, ...below(own)] : []));
  return below(String(pid));
}

/** Starts a copy, looks whether it serves, and ends it as a container's or a unit's end does. */
async function startAndEnd(
  checkout: CheckoutCopy,
  variables: Readonly<Record<string, string>>,
  meanwhile: (url: string, output: string) => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  const port = String(await freePort());
  const url = `http://127.0.0.1:${port}`;
  const started = checkout.start('scripts/run.js', ['scripts/start.ts'], {
    PORT: port,
    HOST: '127.0.0.1',
    ...variables,
  });
  await until(() => started.output().includes('Roomtone is at') || started.child.exitCode !== null, 60_000);
  assert.equal(started.child.exitCode, null, started.output());
  assert.equal((await fetch(`${url}/api/health`)).status, 200);
  const beside = commandsBelow(started.child.pid ?? 0);
  assert.ok(beside.some((command) => command.includes('serve.js')));
  // What compiled its programs has ended; nobody need have asked how.
  assert.deepEqual(
    beside.filter((command) => command.includes('esbuild') && !command.includes('<defunct>')),
    [],
  );
  await meanwhile(url, started.output());
  started.child.kill('SIGTERM');
  const { code, output } = await started.ended;
  assert.equal(code, 0, output);
  // RL-13: nothing was asked before it was there, or after it had gone, and nobody has to do anything.
  assert.equal(started.written.err(), '');
  // What others print breaks into no line of the start's own.
  assert.match(output, /^ {2}Starting the server … [\d.]+ s$/m);
}

faultTest('E1 a built copy that meets an empty database starts the first time, and ends with 0', true, async () => {
  await startAndEnd(copy(), { DATABASE_URL: await emptyDatabase() });
});

faultTest('E1 so does one without any data, and the next start goes on with the room that was left', true, async () => {
  const checkout = copy();
  const controlOf = (output: string): ControlClient => {
    const secrets = readFileSync(join(checkout.folder, '.data', 'secrets.json'), 'utf8');
    const [, url = ''] = /with its buttons, is at +(\S+)/.exec(output) ?? [];
    return createControlClient({ url, controlSecret: JSON.parse(secrets).simulatorControlSecret });
  };
  const screens: Screen[] = [];
  await startAndEnd(checkout, {}, async (url, output) => {
    await controlOf(output).press('alex', { press: 'play' });
    const { host, path } = await hostParty(new Person(url), 'alex');
    screens.push(new Screen({ person: host, urls: [url], first: 0, path }));
    const [song] = (await host.get(`${path}/search?q=a`)).body.tracks;
    assert.equal((await host.post(`${path}/queue`, { uri: song.uri })).status, 201);
    await until(() => screens[0]?.latest?.playback.status === 'playing');
  });
  await Promise.all(screens.map((screen) => screen.close()));
  // Nobody is there any more; songs wait, and the player is read.
  await startAndEnd(checkout, {}, async (_url, output) => {
    await until(async () => (await controlOf(output).calls({ method: 'GET' })).length > 0);
  });
});

faultTest('a site with an https address and a database of its own names the secret it needs', true, async () => {
  const checkout = copy();
  const site = { APP_URL: 'https://party.example', DATABASE_URL: await emptyDatabase() };
  const { code, output } = await checkout.run('scripts/run.js', ['scripts/start.ts'], site);
  assert.equal(code, 1);
  assert.match(output, /\n\nSESSION_SECRET is missing; .*\n$/);
  assert.equal(existsSync(join(checkout.folder, '.data', 'secrets.json')), false);
});

faultTest('a backup of no database is none: whoever forgot to name it is told so', true, async () => {
  const checkout = copy();
  const file = join(checkout.folder, 'it.backup');
  const { code, output } = await checkout.run('scripts/run.js', ['scripts/db-backup.ts', file], {});
  assert.equal(code, 1);
  assert.match(output, /No database is named.*Set DATABASE_URL/);
  assert.deepEqual([existsSync(file), existsSync(join(checkout.folder, '.data', 'postgres'))], [false, false]);
});

faultTest('one that has made its secret before the address was https keeps it', false, async () => {
  const checkout = copy();
  const databaseUrl = await emptyDatabase();
  await startAndEnd(checkout, { DATABASE_URL: databaseUrl });
  await startAndEnd(checkout, { DATABASE_URL: databaseUrl, APP_URL: 'https://party.example' });
});

faultTest('where nothing can be written one line says so', true, async () => {
  const { folder } = copy();
  const asRoot = process.getuid?.() === 0;
  // Root writes everywhere but where nobody can.
  if (!asRoot) chmodSync(folder, 0o555);
  const lock = asRoot
    ? `mount --bind '${folder}' '${folder}'; mount -o remount,bind,ro '${folder}'; cd '${folder}';`
    : '';
  const command = `${lock} exec '${process.execPath}' --conditions=react-server scripts/run.js scripts/start.ts`;
  const [program, args] = asRoot ? ['unshare', ['--mount', 'sh', '-c', command]] : ['sh', ['-c', command]];
  const child = spawn(program, args, { cwd: folder, env: { NODE_ENV: 'production', PATH: process.env['PATH'] ?? '' } });
  let output = '';
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const [code]: unknown[] = await once(child, 'exit');
  if (!asRoot) chmodSync(folder, 0o755);
  assert.equal(code, 1, output);
  assert.match(output, /^\n\S+\/\.data\S* cannot be written\. .*\n$/);
});
