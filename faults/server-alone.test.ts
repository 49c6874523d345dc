import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { after } from 'node:test';
import { currentBuild } from '@/scripts/local/builds';
import { freePort } from '@/scripts/local/free-port';
import {
  createTestDatabases,
  dropTestDatabases,
  openTestServer,
  type TestServer,
} from '@/testing/deployments/test-server';
import { Person } from '@/testing/people/person';
import { until } from '@/testing/until';
import { faultTest } from './fault';

let server: TestServer | null = null;

after(async () => {
  if (server !== null) await dropTestDatabases(server, process.pid);
  await server?.stop();
});

/** What a unit's file or a container's environment says. */
async function environment(): Promise<Readonly<Record<string, string>>> {
  server ??= await openTestServer();
  const [databaseUrl = ''] = await createTestDatabases(server, process.pid, [`alone_${await freePort()}`]);
  const port = await freePort();
  return {
    PORT: String(port),
    HOST: '127.0.0.1',
    DATABASE_URL: databaseUrl,
    APP_URL: `http://127.0.0.1:${port}`,
    SESSION_SECRET: 'a-secret-of-this-run-only-which-is-long-enough',
    SPOTIFY_CLIENT_ID: 'alone',
    SPOTIFY_CLIENT_SECRET: 'alone',
  };
}

interface Alone {
  readonly child: ChildProcess;
  /** What it has printed so far. */
  readonly output: () => string;
  /** Resolves with its exit code. */
  readonly ended: Promise<number>;
  readonly url: string;
}

/** The server as systemd and containers start it: by itself, and without standard input. */
function startAlone(env: Readonly<Record<string, string>>, args: readonly string[] = []): Alone {
  const child = spawn(process.execPath, [join(currentBuild() ?? '', 'serve.js'), ...args], {
    cwd: '/',
    env: { PATH: process.env['PATH'] ?? '', NODE_ENV: 'production', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const ended = once(child, 'exit').then(([code]) => Number(code ?? -1));
  return { child, output: () => output, ended, url: `http://127.0.0.1:${env['PORT']}` };
}

async function listening({ child, output }: Alone): Promise<void> {
  await until(() => output().includes('{"port":') || child.exitCode !== null);
  assert.equal(child.exitCode, null, output());
}

faultTest('a server alone, without standard input, serves until SIGTERM and ends with 0', true, async () => {
  const alone = startAlone(await environment());
  await listening(alone);
  // A database is waited for on a busy machine, and a server that had ended would never answer.
  await until(async () => (await new Person(alone.url).get('/api/health')).body.status === 'ok', 30_000);
  alone.child.kill('SIGTERM');
  assert.equal(await alone.ended, 0);
});

faultTest('one that belongs to its parent ends with it', true, async () => {
  // Its standard input has ended from the beginning.
  const orphan = startAlone(await environment(), ['--until-stdin-ends']);
  assert.equal(await orphan.ended, 0);
});

faultTest('a server alone names what is missing in one line', true, async () => {
  const { SESSION_SECRET: _, ...incomplete } = await environment();
  const alone = startAlone(incomplete);
  assert.equal(await alone.ended, 1);
  assert.match(alone.output(), /^SESSION_SECRET is missing.*\n$/);
});

faultTest(
  'a proxy that passes no Host on is told of, on the page, in the answer, and once in the log',
  true,
  async () => {
    const alone = startAlone({ ...(await environment()), APP_URL: 'https://party.example', TRUSTED_HOPS: '1' });
    await listening(alone);
    const visitor = new Person(alone.url);
    const headers = { origin: 'https://party.example', 'x-forwarded-for': '203.0.113.9' };
    const answers = [
      await visitor.post('/api/rooms', {}, { headers }),
      await visitor.post('/api/rooms', {}, { headers }),
    ];
    for (const { status, body } of answers) {
      assert.deepEqual([status, body.code], [409, 'use_app_url']);
      assert.match(body.detail, /https:\/\/party\.example\. .*proxy_set_header Host \$host/);
    }
    const page = await visitor.get('/', { headers });
    assert.match(page.body, /proxy_set_header Host \$host/);
    assert.equal(page.headers.get('strict-transport-security'), 'max-age=31536000');
    alone.child.kill('SIGTERM');
    await alone.ended;
    assert.equal(alone.output().match(/proxy\.host_missing/g)?.length, 1);
  },
);
