import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { isAlive } from '@/scripts/local/is-alive';
import { until } from '@/testing/until';
import type { Host } from './host/host';
import { labTest } from './lab-test';
import { withHost } from './made-up-build';

const notes = (): string => join(mkdtempSync(join(tmpdir(), 'roomtone-notes-')), 'notes');
const read = (file: string): string => (existsSync(file) ? readFileSync(file, 'utf8') : '');

const hello = { code: `module.exports = (req, res) => res.end('hello');` };

/** Writes a line into the file that NOTES names. */
const note = `const note = (text) => require('node:fs').appendFileSync(process.env.NOTES, text + '\\n');`;

function instancesOf(host: Host, path: string) {
  return host.deployment.pool(path)?.instances ?? [];
}

const stateOf = (pid: number): string =>
  spawnSync('ps', ['-o', 'state=', '-p', String(pid)], { encoding: 'utf8' }).stdout.trim();

async function text(host: Host, path: string, init?: RequestInit): Promise<string> {
  return (await fetch(`${host.url}${path}`, init)).text();
}

labTest('an instance is stopped as soon as nothing runs in it, and answers again', async () => {
  await withHost({ functions: { hello } }, {}, async (host) => {
    assert.equal(await text(host, '/hello'), 'hello');
    const [instance] = instancesOf(host, 'hello');
    assert.ok(instance);
    await until(() => instance.frozen && stateOf(instance.pid).startsWith('T'));
    assert.equal(await text(host, '/hello'), 'hello');
    await until(() => instance.freezes === 2);
    assert.equal(instancesOf(host, 'hello').length, 1);
  });
});

labTest('what was given to waitUntil runs to its end first; an open stream keeps its instance awake', async () => {
  const file = notes();
  const later = {
    code: `${note} module.exports = (req, res) => {
      const { waitUntil } = globalThis[Symbol.for('@vercel/request-context')].get();
      waitUntil(new Promise((done) => setTimeout(() => { note('done'); done(); }, 300)));
      res.end('answered');
    };`,
  };
  const stream = {
    code: `module.exports = (req, res) => { res.write('begun'); setInterval(() => res.write('.'), 20); };`,
  };
  await withHost({ functions: { later, stream } }, { variables: { NOTES: file } }, async (host) => {
    assert.equal(await text(host, '/later'), 'answered');
    const [instance] = instancesOf(host, 'later');
    assert.ok(instance);
    await until(() => instance.frozen);
    assert.equal(read(file), 'done\n');
    const response = await fetch(`${host.url}/stream`);
    const reader = response.body?.getReader();
    for (let length = 0; length < 20;) length += (await reader?.read())?.value?.length ?? 20;
    assert.equal(instancesOf(host, 'stream')[0]?.frozen, false);
    await reader?.cancel();
  });
});

labTest('a client that leaves ends the work only of a function that supports cancellation', async () => {
  const file = notes();
  const code = (name: string): string => `${note} module.exports = (req, res) => {
    res.write('begun');
    res.on('close', () => note('${name} ' + (res.writableFinished ? 'finished' : 'cancelled')));
    setTimeout(() => res.end('end'), 400);
  };`;
  const functions = {
    heard: { code: code('heard'), config: { supportsCancellation: true } },
    unheard: { code: code('unheard') },
  };
  await withHost({ functions }, { variables: { NOTES: file } }, async (host) => {
    for (const name of Object.keys(functions)) {
      const abort = new AbortController();
      const response = await fetch(`${host.url}/${name}`, { signal: abort.signal });
      await response.body?.getReader().read();
      abort.abort();
      await until(() => read(file).includes(`${name} `));
    }
    assert.equal(read(file), 'heard cancelled\nunheard finished\n');
  });
});

labTest('at the limit a stream is cut, and what has not answered is answered with 504', async () => {
  const functions = {
    stream: { code: `module.exports = (req, res) => { res.write('begun'); };` },
    silent: { code: `module.exports = () => undefined;`, config: { maxDuration: 1 } },
  };
  await withHost({ functions }, { platform: { limitMs: 300 } }, async (host) => {
    const response = await fetch(`${host.url}/stream`);
    await assert.rejects(response.text());
    const silent = await fetch(`${host.url}/silent`);
    assert.equal(silent.status, 504);
    assert.equal(silent.headers.get('x-vercel-error'), 'FUNCTION_INVOCATION_TIMEOUT');
  });
});

labTest(
  'more requests at a time than an instance takes start another; it is taken away with SIGTERM, and killed when it stays',
  async () => {
    const file = notes();
    const slow = {
      code: `${note} process.on('SIGTERM', () => { note('asked to end'); setInterval(() => 0, 1000); });
      module.exports = (req, res) => setTimeout(() => res.end(String(process.pid)), 300);`,
    };
    const platform = { concurrency: 2, idleMs: 400, graceMs: 3_000 };
    await withHost({ functions: { slow } }, { platform, variables: { NOTES: file } }, async (host) => {
      const pids = await Promise.all([1, 2, 3].map(() => text(host, '/slow')));
      assert.equal(new Set(pids).size, 2);
      await until(() => pids.every((pid) => !isAlive(Number(pid))), 20_000);
      assert.equal(read(file), 'asked to end\nasked to end\n');
      assert.deepEqual(instancesOf(host, 'slow'), []);
      assert.equal((await host.usage()).get('slow')?.most, 2);
    });
  },
);

labTest(
  'a request that leads back to its own deployment is refused, by fetch and by http; a bare socket is not seen',
  async () => {
    const functions = {
      hello,
      fetched: {
        code: `module.exports = async (req, res) => { const a = await fetch('https://' + req.headers.host + '/hello'); res.end(a.status + ' ' + a.headers.get('x-vercel-error')); };`,
      },
      requested: {
        code: `const { get } = require('node:https');
        module.exports = (req, res) => get('https://' + req.headers.host + '/hello', (a) => { a.resume(); res.end(String(a.statusCode)); });`,
      },
      bare: {
        code: `const tls = require('node:tls');
        module.exports = (req, res) => {
          const [host, port] = req.headers.host.split(':');
          const socket = tls.connect({ host, port }, () => socket.write('GET /hello HTTP/1.1\\r\\nhost: ' + req.headers.host + '\\r\\nconnection: close\\r\\n\\r\\n'));
          let text = '';
          socket.on('data', (chunk) => (text += chunk)).on('end', () => res.end(text.split('\\r\\n')[0]));
        };`,
      },
    };
    await withHost({ functions }, {}, async (host) => {
      assert.equal(await text(host, '/fetched'), '508 INFINITE_LOOP_DETECTED');
      assert.equal(await text(host, '/requested'), '508');
      assert.equal(await text(host, '/bare'), 'HTTP/1.1 200 OK');
    });
  },
);

labTest(
  'a new deployment takes what is new; what runs on the old one runs on, and then the old instance is asked to end',
  async () => {
    const file = notes();
    const functions = {
      which: {
        code: `${note} process.on('SIGTERM', () => { note('ended ' + process.env.WHICH); process.exit(); });
        const { existsSync } = require('node:fs');
        module.exports = (req, res) => {
          res.write(process.env.WHICH);
          if (!req.url.includes('stream')) return res.end();
          const timer = setInterval(() => { if (existsSync(process.env.NOTES + '.finish')) { clearInterval(timer); res.end(' finished'); } }, 20);
        };`,
      },
    };
    await withHost({ functions }, { variables: { NOTES: file, WHICH: 'old' } }, async (host) => {
      const stream = await fetch(`${host.url}/which?stream`);
      host.deploy({ variables: { WHICH: 'new', NOTES: file } });
      assert.equal(await text(host, '/which'), 'new');
      assert.equal(read(file), '');
      writeFileSync(`${file}.finish`, '');
      assert.equal(await stream.text(), 'old finished');
      await until(() => read(file) === 'ended old\n');
    });
  },
);

labTest(
  'requests are led as config.json says: middleware first, headers made true, rewrites, files, what is not there',
  async () => {
    const echo = `module.exports = (req, res) => res.end(JSON.stringify({ url: req.url, headers: req.headers }));`;
    const build = {
      functions: {
        'room/[code]': { code: echo },
        gone: { code: `module.exports = (req, res) => { res.statusCode = 200; res.end('no such page'); };` },
        _middleware: {
          code: `module.exports = async (request) => {
          if (new URL(request.url).pathname === '/elsewhere') return new Response(null, { status: 307, headers: { location: '/room/X' } });
          const names = [...request.headers.keys(), 'x-nonce'];
          const headers = new Headers({ 'x-middleware-next': '1', 'x-middleware-override-headers': names.join(','), 'x-csp': 'yes' });
          for (const [name, value] of request.headers) headers.set('x-middleware-request-' + name, value);
          headers.set('x-middleware-request-x-nonce', 'abc');
          return new Response(null, { headers });
        };`,
          config: { useWebApi: true },
        },
      },
      files: { 'style.css': 'p {}' },
      routes: [
        { src: '^/(.*)$', headers: { 'x-everywhere': '1' }, continue: true },
        { src: '^/((?!style).*)$', middlewarePath: '_middleware', continue: true, override: true },
        { handle: 'filesystem' },
        { handle: 'rewrite' },
        { src: '^/room/(?<code>[^/]+?)$', dest: '/room/[code]?nxtPcode=$code', check: true },
        { handle: 'hit' },
        { src: '/(.*)', headers: { 'x-matched-path': '/$1' }, continue: true, important: true },
        { handle: 'error' },
        { src: '/.*', dest: '/gone', status: 404 },
      ],
    };
    await withHost(build, {}, async (host) => {
      const response = await fetch(`${host.url}/room/ABC?a=1`, {
        headers: {
          'x-forwarded-for': '1.2.3.4',
          'x-vercel-ip-country': 'XX',
          'x-real-ip': '1.2.3.4',
          'x-forwarded-proto': 'http',
        },
      });
      const { url, headers } = JSON.parse(await response.text());
      assert.equal(url, '/room/ABC?a=1&nxtPcode=ABC');
      assert.deepEqual(
        [
          headers['x-forwarded-for'],
          headers['x-real-ip'],
          headers['x-forwarded-proto'],
          headers['x-forwarded-host'],
          headers['x-vercel-ip-country'],
        ],
        ['127.0.0.1', '127.0.0.1', 'https', new URL(host.url).host, undefined],
      );
      assert.deepEqual([headers['x-nonce'], headers['x-matched-path']], ['abc', '/room/[code]']);
      assert.deepEqual(
        [response.headers.get('x-csp'), response.headers.get('x-everywhere'), response.headers.get('x-matched-path')],
        ['yes', '1', '/room/[code]'],
      );
      const moved = await fetch(`${host.url}/elsewhere`, { redirect: 'manual' });
      assert.deepEqual([moved.status, moved.headers.get('location')], [307, '/room/X']);
      const style = await fetch(`${host.url}/style.css`);
      assert.deepEqual(
        [await style.text(), style.headers.get('content-type'), style.headers.get('x-csp')],
        ['p {}', 'text/css; charset=utf-8', null],
      );
      const nothing = await fetch(`${host.url}/nothing`);
      assert.deepEqual([nothing.status, await nothing.text()], [404, 'no such page']);
    });
  },
);

labTest('a function finds its own files and nothing else', async () => {
  const code = `module.exports = (req, res) => { try { require('zod'); res.end('found'); } catch (error) { res.end(error.code); } };`;
  await withHost({ functions: { alone: { code } } }, {}, async (host) => {
    assert.equal(await text(host, '/alone'), 'MODULE_NOT_FOUND');
  });
});
