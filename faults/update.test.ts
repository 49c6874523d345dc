import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from '@/scripts/local/free-port';
import { CheckoutCopy } from '@/testing/deployments/checkout-copy';
import { endPrograms, listening, siteVariables } from '@/testing/deployments/program';
import {
  createTestDatabases,
  dropTestDatabases,
  openTestServer,
  type TestServer,
} from '@/testing/deployments/test-server';
import { faultTest } from './fault';

let server: TestServer | null = null;
let copy: CheckoutCopy | null = null;

after(async () => {
  await endPrograms();
  copy?.remove();
  if (server !== null) await dropTestDatabases(server, process.pid);
  await server?.stop();
});

/** What a page loads of the build. */
function filesOf(page: string): readonly string[] {
  return [...new Set([...page.matchAll(/\/_next\/static\/[^"'\\ ]+/g)].map(([path]) => path))];
}

const shown = 'One host connects Spotify, everybody in the room holds the remote.';

faultTest('a build beside a running site takes nothing from it, and a failed one changes nothing', false, async () => {
  server = await openTestServer();
  const [databaseUrl = ''] = await createTestDatabases(server, process.pid, ['update']);
  const checkout = CheckoutCopy.make('own');
  copy = checkout;
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const variables = siteVariables(databaseUrl, port);
  const serve = async () => {
    const app = checkout.start('.builds/current/serve.js', [], variables);
    await listening(app);
    return app;
  };
  const page = async (): Promise<string> => (await fetch(url)).text();
  const missing = async (files: readonly string[]): Promise<readonly string[]> => {
    const answers = await Promise.all(files.map(async (file) => ({ file, status: (await fetch(url + file)).status })));
    return answers.filter(({ status }) => status !== 200).map(({ file }) => file);
  };

  const first = await serve();
  const open = filesOf(await page());
  assert.ok(open.length > 3);
  const source = join(checkout.folder, 'app', 'page.tsx');
  const original = readFileSync(source, 'utf8');
  const builds = () => readdirSync(join(checkout.folder, '.builds')).toSorted();

  /** A build, while the page that is open asks for everything it has, again and again. */
  const build = async () => {
    const done = checkout.run('scripts/run.js', ['scripts/build.ts'], {});
    let over = false;
    void done.finally(() => (over = true));
    while (!over) {
      assert.deepEqual(await missing(open), []);
      await delay(250);
    }
    return done;
  };

  const before = builds();
  writeFileSync(source, `${original}\nthis is no program`);
  const failed = await build();
  assert.equal(failed.code, 1);
  assert.match(failed.output, /The build failed\./);
  assert.deepEqual(builds(), before);

  writeFileSync(source, original.replace(shown, 'Another version.'));
  // What browsers load of the page is another file only where a part that runs there has changed.
  const form = join(checkout.folder, 'app', '_components', 'start-room-form.tsx');
  writeFileSync(form, readFileSync(form, 'utf8').replace('Starting…', 'On its way…'));
  const built = await build();
  assert.equal(built.code, 0, built.output);
  // The site goes on with what it has.
  assert.match(await page(), /One host connects Spotify/);

  const stopped = Date.now();
  first.child.kill('SIGTERM');
  assert.equal((await first.ended).code, 0);
  const second = await serve();
  assert.match(await page(), /Another version\./);
  process.stderr.write(`    an update: ${Date.now() - stopped} ms without a site\n`);
  const newer = filesOf(await page());
  assert.notDeepEqual(newer.toSorted(), open.toSorted());
  // A page from before the update still finds its files.
  assert.deepEqual(await missing([...open, ...newer]), []);
  second.child.kill('SIGTERM');
  assert.equal((await second.ended).code, 0);
});
