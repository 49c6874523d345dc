import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { freePort } from '@/scripts/local/free-port';
import { endPrograms, listening, siteVariables } from '@/testing/deployments/program';
import {
  createTestDatabases,
  dropTestDatabases,
  openTestServer,
  type TestServer,
} from '@/testing/deployments/test-server';
import { Person } from '@/testing/people/person';
import { until } from '@/testing/until';
import { faultTest } from './fault';
import { startAlone } from './server-alone';

let server: TestServer | null = null;

after(async () => {
  await endPrograms();
  if (server !== null) await dropTestDatabases(server, process.pid);
  await server?.stop();
});

async function environment(): Promise<Readonly<Record<string, string>>> {
  server ??= await openTestServer();
  const [databaseUrl = ''] = await createTestDatabases(server, process.pid, [`alone_${await freePort()}`]);
  return siteVariables(databaseUrl, await freePort());
}

faultTest('a server alone, without standard input, serves until SIGTERM and ends with 0', true, async () => {
  const alone = startAlone(await environment());
  await listening(alone);
  // A database is waited for on a busy machine, and a server that had ended would never answer.
  await until(async () => (await new Person(alone.url).get('/api/health')).body.status === 'ok', 30_000);
  alone.child.kill('SIGTERM');
  assert.equal((await alone.ended).code, 0);
});

faultTest('one that belongs to its parent ends with it', true, async () => {
  // Its standard input has ended from the beginning.
  const orphan = startAlone(await environment(), ['--until-stdin-ends']);
  assert.equal((await orphan.ended).code, 0);
});

faultTest('a server alone names what is missing in one line', true, async () => {
  const { SESSION_SECRET: _, ...incomplete } = await environment();
  const alone = startAlone(incomplete);
  const { code, output } = await alone.ended;
  assert.equal(code, 1);
  assert.match(output, /^SESSION_SECRET is missing.*\n$/);
});

/** Loaded before the program: notes what nobody catches, before anybody else hears of it. */
const watching = `data:text/javascript,${encodeURIComponent(
  `import { appendFileSync } from 'node:fs';
   process.on('uncaughtExceptionMonitor', (error) => appendFileSync(process.env.UNCAUGHT, error.message + '\\n'));`,
)}`;

faultTest('one whose log nobody reads any more goes on serving, and nothing fails for it', true, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'roomtone-alone-'));
  const noted = join(folder, 'uncaught');
  writeFileSync(noted, '');
  const variables = { ...(await environment()), LOG_LEVEL: 'debug', UNCAUGHT: noted };
  const alone = startAlone({ ...variables, NODE_OPTIONS: `--import=${watching}` });
  await listening(alone);
  alone.child.stdout?.destroy();
  alone.child.stderr?.destroy();
  // Each is a line of the log.
  const visitor = new Person(alone.url);
  for (let asked = 0; asked < 5; asked += 1) {
    assert.equal((await visitor.get('/api/me')).status, 200);
    const cookie = { headers: { cookie: 'roomtone_session=nothing' } };
    assert.equal((await visitor.get('/api/me', cookie)).status, 200);
  }
  alone.child.kill('SIGTERM');
  assert.equal((await alone.ended).code, 0);
  assert.equal(readFileSync(noted, 'utf8'), '');
  rmSync(folder, { recursive: true });
});

/** On a signal that the server does not know, an error that nobody catches, of both kinds. */
const failing = `data:text/javascript,${encodeURIComponent(
  `process.on('SIGUSR2', () => {
     setTimeout(() => { throw new RangeError('canary message'); });
     Promise.reject(new RangeError('canary message'));
   });`,
)}`;

faultTest('what nobody catches is a line of the log without its message, and the server goes on', true, async () => {
  const alone = startAlone({ ...(await environment()), NODE_OPTIONS: `--import=${failing}` });
  await listening(alone);
  // A page, so that all of Next is there.
  assert.equal((await fetch(alone.url)).status, 200);
  alone.child.kill('SIGUSR2');
  await until(() => alone.output().match(/instance\.error_uncaught","error":"RangeError"/g)?.length === 2);
  assert.equal((await new Person(alone.url).get('/api/me')).status, 200);
  alone.child.kill('SIGTERM');
  assert.equal((await alone.ended).code, 0);
  assert.doesNotMatch(alone.output(), /canary/);
  // Nothing of Next's either: a log is lines of JSON.
  for (const line of alone.output().trim().split('\n')) assert.match(line, /^\{.*\}$/);
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
