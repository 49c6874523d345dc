import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after } from 'node:test';
import { currentBuild } from '@/scripts/local/builds';
import { freePort } from '@/scripts/local/free-port';
import { endPrograms, listening, siteVariables, startProgram } from '@/testing/deployments/program';
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
  endPrograms();
  if (server !== null) await dropTestDatabases(server, process.pid);
  await server?.stop();
});

async function environment(): Promise<Readonly<Record<string, string>>> {
  server ??= await openTestServer();
  const [databaseUrl = ''] = await createTestDatabases(server, process.pid, [`alone_${await freePort()}`]);
  return siteVariables(databaseUrl, await freePort());
}

/** The server as systemd and containers start it: by itself, and somewhere else. */
function startAlone(env: Readonly<Record<string, string>>, args: readonly string[] = []) {
  const program = startProgram([join(currentBuild() ?? '', 'serve.js'), ...args], { cwd: '/', env });
  return { ...program, url: `http://127.0.0.1:${env['PORT']}` };
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
