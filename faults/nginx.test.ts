import assert from 'node:assert/strict';
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type IncomingMessage, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { after } from 'node:test';
import { freePort } from '@/scripts/local/free-port';
import { root } from '@/scripts/local/paths';
import { startInstance } from '@/testing/deployments/instance';
import {
  createTestDatabases,
  dropTestDatabases,
  openTestServer,
  type TestServer,
} from '@/testing/deployments/test-server';
import { enter, hostRoom } from '@/testing/people/party';
import { readEvents } from '@/testing/people/event-reader';
import { Person } from '@/testing/people/person';
import { until } from '@/testing/until';
import { faultTest } from './fault';

const program = ['nginx', '/usr/sbin/nginx'].find((path) => spawnSync(path, ['-v']).status === 0);
const site = 'party.example';

let server: TestServer | null = null;
const ends: (() => Promise<unknown>)[] = [];

after(async () => {
  for (const end of ends.toReversed()) await end();
  if (server !== null) await dropTestDatabases(server, process.pid);
  await server?.stop();
});

/** Somebody at an address of this machine who has typed the site's name; whatever they write of their own address. */
class Visitor extends Person {
  readonly #from: string;
  forwardedFor = '198.51.100.1';

  constructor(url: string, from = '127.0.0.1') {
    super(url);
    this.#from = from;
  }

  override get headers(): Readonly<Record<string, string>> {
    return { origin: `https://${site}`, 'x-forwarded-for': this.forwardedFor, ...super.headers };
  }

  /** As `fetch` would, which says no other name than the address's own. */
  protected override async carry(
    url: string,
    { method = 'GET', headers, body, signal }: RequestInit,
  ): Promise<Response> {
    const all = { ...Object.fromEntries(new Headers(headers)), host: site };
    const options = { method, headers: all, localAddress: this.#from, ...(signal == null ? {} : { signal }) };
    const asked = request(url, options).end(typeof body === 'string' ? body : undefined);
    const [answer] = (await once(asked, 'response')) as [IncomingMessage];
    const given = new Headers();
    for (const [name, values] of Object.entries(answer.headersDistinct))
      for (const value of values ?? []) given.append(name, value);
    const status = answer.statusCode ?? 0;
    // Node's stream of bytes is the web's.
    const content = Readable.toWeb(answer) as ReadableStream<Uint8Array>;
    return new Response(status === 204 ? null : content, { status, headers: given });
  }
}

async function listening(port: number): Promise<void> {
  await until(async () => (await fetch(`http://127.0.0.1:${port}/`).catch(() => null)) !== null);
}

/** Starts the real nginx with one `server`. */
async function startNginx(serverBlock: string, port: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'roomtone-nginx-'));
  // Its workers are nobody's.
  chmodSync(folder, 0o755);
  mkdirSync(join(folder, 'logs'));
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((name) => `${name}_temp_path ${folder}/${name};`)
    .join('\n');
  const config = `pid ${folder}/pid; error_log stderr; daemon off; events {} http { access_log off; ${temporary} ${serverBlock} }`;
  writeFileSync(join(folder, 'nginx.conf'), config);
  const child: ChildProcess = spawn(program ?? '', ['-p', folder, '-c', join(folder, 'nginx.conf')], {
    stdio: 'ignore',
  });
  ends.push(async () => {
    const exited = once(child, 'exit');
    child.kill('SIGQUIT');
    await exited;
    rmSync(folder, { recursive: true, force: true });
  });
  await listening(port);
}

/** The app behind nginx, with what is left of the example once certificates and names are this machine's. */
async function startSite(change: (example: string) => string): Promise<string> {
  server ??= await openTestServer();
  const [databaseUrl = ''] = await createTestDatabases(server, process.pid, [`nginx_${await freePort()}`]);
  const variables = { TRUSTED_HOPS: '1', SPOTIFY_CLIENT_ID: 'nginx', SPOTIFY_CLIENT_SECRET: 'nginx' };
  const app = await startInstance({ databaseUrl, spotify: {}, appUrl: `https://${site}`, variables });
  ends.push(() => app.stop());
  const port = await freePort();
  const example = readFileSync(join(root, 'deploy', 'nginx.conf'), 'utf8');
  const secure = example.slice(example.lastIndexOf('server {'));
  const here = secure
    .replace(/listen 443 ssl;/, `listen 127.0.0.1:${port}; listen 127.0.0.2:${port};`)
    .replace(/listen \[::\]:443 ssl;/, '')
    .replaceAll(/ssl_certificate.*;/g, '')
    .replace('http://127.0.0.1:3000', app.url)
    .replace('$scheme', 'https')
    .replaceAll('party.example.com', site);
  await startNginx(change(here), port);
  return `http://127.0.0.1:${port}`;
}

if (program === undefined) process.stderr.write('    nginx is not installed: its tests are left out.\n');
else {
  faultTest(
    'behind nginx, as the example has it: a room, events without delay, guests counted apart',
    true,
    async () => {
      const url = await startSite((example) => example);
      const room = await hostRoom(new Visitor(url));
      const guest = await enter(room.path, new Visitor(url), 'Gil');
      const stream = await readEvents(guest, room.path);
      ends.push(async () => stream.close());
      await until(() => stream.snapshot() !== undefined);
      const sent = performance.now();
      assert.equal((await room.host.send('PATCH', room.path, { json: { name: 'Loud' } })).status, 200);
      // Long before the stream says something by itself, which would push out what a proxy has kept.
      await until(() => stream.snapshot()?.room.name === 'Loud', 5_000);
      process.stderr.write(`    behind nginx: on the screen after ${Math.round(performance.now() - sent)} ms\n`);
      // A request has nginx's name, whatever a visitor calls it.
      const named = await guest.get(room.path, { headers: { 'x-request-id': 'what-a-visitor-writes' } });
      assert.match(named.headers.get('x-request-id') ?? '', /^[0-9a-f]{32}$/);
      // Codes that lead nowhere are counted by address: by the one that nginx saw, and not by what a visitor writes.
      const [stranger, neighbour] = [new Visitor(url), new Visitor(url, '127.0.0.2')];
      const statuses: number[] = [];
      while (!statuses.includes(429) && statuses.length < 500) {
        stranger.forwardedFor = `198.51.100.${statuses.length % 250}`;
        statuses.push((await stranger.get('/api/rooms/AAAAAA')).status);
      }
      assert.equal(statuses.at(-1), 429);
      assert.equal((await neighbour.get('/api/rooms/AAAAAA')).status, 404);
    },
  );

  faultTest('behind nginx with proxy_pass alone: the answer says what is missing', true, async () => {
    const url = await startSite((example) => example.replaceAll(/proxy_(set_header|http_version) .*;/g, ''));
    const { status, body } = await new Visitor(url).post('/api/rooms', {});
    assert.deepEqual([status, body.code], [409, 'use_app_url']);
    assert.match(body.detail, /proxy_set_header Host \$host/);
  });
}
