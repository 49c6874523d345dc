import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, request as send, type RequestListener } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { noteUnavailablePage } from '@/lib/server/runtime/unavailable-pages';
import { answerRequests } from './answer-requests';
import { ownAnswer, type Site } from './own-answers';

const laptop: Site = { appUrl: new URL('http://127.0.0.1:3000'), hasStandIn: false, dev: false };

interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
}

/** The server's answers around an app that says yes to everything, and what the app was asked. */
async function serve(site: Partial<Site> = {}, app: RequestListener = (_request, response) => response.end('the app')) {
  const seen: Seen[] = [];
  const answer = answerRequests({ ...laptop, ...site, port: 3_000, trustedHops: 0 }, async (request, response) => {
    seen.push({ method: request.method ?? '', url: request.url ?? '', headers: { ...request.headers } });
    app(request, response);
  });
  const server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  // A TCP server's address is one.
  const { port } = server.address() as AddressInfo;
  const ask = async (method: string, path: string, headers: Record<string, string> = {}) => {
    const [response] = await once(
      send({ port, method, path, headers: { host: '127.0.0.1:3000', ...headers } }).end(),
      'response',
    );
    response.resume();
    await once(response, 'end');
    return { status: response.statusCode as number, headers: response.headers as IncomingHttpHeaders };
  };
  const close = async (): Promise<void> => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  };
  return { seen, port, ask, close };
}

let served: Awaited<ReturnType<typeof serve>>;
afterEach(() => served.close());

const refused = ['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND'];

describe('WB-05 pages take GET and HEAD alone', () => {
  test.each([
    '/',
    '/room/ABC234',
    '/apiary',
    '/api/../room/ABC234',
    '/_next/static/a.js',
    '/simulated-spotify/authorize',
  ])('%s is asked of the app for nothing else', async (path) => {
    served = await serve();
    for (const method of refused) {
      const { status, headers } = await served.ask(method, path);
      expect([method, status, headers.allow, headers.connection]).toEqual([method, 405, 'GET, HEAD', 'close']);
    }
    expect(served.seen).toEqual([]);
    for (const method of ['GET', 'HEAD']) expect((await served.ask(method, path)).status).toBe(200);
  });

  test('nothing of a body is waited for, and the connection ends', async () => {
    served = await serve();
    const socket = connect(served.port, '127.0.0.1');
    let all = '';
    socket.on('data', (part) => (all += String(part)));
    socket.write('POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 9500000\r\n\r\nnot all of it');
    await once(socket, 'close');
    expect(all).toMatch(/^HTTP\/1\.1 405 /);
    expect(served.seen).toEqual([]);
  });

  test('the whole address in the first line is the same address', async () => {
    served = await serve();
    expect((await served.ask('POST', 'http://127.0.0.1:3000/room/ABC234')).status).toBe(405);
    expect((await served.ask('POST', 'http://127.0.0.1:3000/api/rooms?x=1')).status).toBe(200);
    expect((await served.ask('OPTIONS', '*')).status).toBe(405);
    expect(served.seen).toMatchObject([{ method: 'POST', url: '/api/rooms?x=1' }]);
  });

  test('the API, and the forms of the stand-in where it is, go to the app', async () => {
    served = await serve({ hasStandIn: true });
    for (const path of [
      '/api',
      '/api/rooms',
      '/api/nothing?x',
      '/simulated-spotify/authorize',
      '/simulated-spotify/',
    ]) {
      expect([path, (await served.ask('POST', path)).status]).toEqual([path, 200]);
    }
    expect((await served.ask('TRACE', '/api/me')).status).toBe(200);
    expect(served.seen.at(-1)).toMatchObject({ method: 'OPTIONS', url: '/api/me' });
    expect((await served.ask('POST', '/simulated-spotifyx')).status).toBe(405);
  });

  test('what Next fails on is not found', async () => {
    served = await serve();
    expect((await served.ask('GET', '/api/rooms/%E0%A4%A')).status).toBe(404);
    expect((await served.ask('GET', '/room/%E0%A4%A')).status).toBe(200);
    expect(served.seen).toMatchObject([{ url: '/nothing-at-this-address' }]);
  });
});

test('WB-04 the API is never taken for a page of Next’s, and a login begins by no such request', async () => {
  served = await serve();
  const headers = {
    rsc: '1',
    'next-router-prefetch': '1',
    'next-router-state-tree': 'x',
    'next-url': '/',
    'next-action': 'x',
  };
  await served.ask('GET', '/api/spotify/authorize', headers);
  await served.ask('GET', '/room/ABC234', headers);
  const [api, page] = served.seen;
  expect(Object.keys(api?.headers ?? {}).filter((name) => name === 'rsc' || name.startsWith('next-'))).toEqual([]);
  expect(api?.headers['x-purpose']).toBe('prefetch');
  expect(page?.headers).toMatchObject(headers);
});

describe('WB-06 what the server answers itself carries the headers of all others', () => {
  const listed = {
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'x-frame-options': 'DENY',
    'permissions-policy':
      'camera=(), microphone=(), geolocation=(), payment=(), usb=(), interest-cohort=(), browsing-topics=()',
  };

  test.each([
    ['POST', '/', '127.0.0.1:3000', 405],
    ['GET', '/api/%E0%A4%A', '127.0.0.1:3000', 404],
    ['GET', '/privacy', 'localhost:3000', 307],
  ])('%s %s', async (method, path, host, status) => {
    served = await serve();
    const answer = await served.ask(method, path, { host });
    expect(answer.status).toBe(status);
    expect(answer.headers).toMatchObject({
      ...listed,
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      'cross-origin-opener-policy': 'same-origin',
      'cache-control': 'no-store',
    });
    expect(answer.headers['strict-transport-security']).toBeUndefined();
  });

  test('https is said to stay; a browser that would complain hears of no isolation', async () => {
    served = await serve({ appUrl: new URL('https://party.example') });
    expect((await served.ask('POST', '/', { host: 'party.example' })).headers).toMatchObject({
      'strict-transport-security': 'max-age=31536000',
      'cross-origin-opener-policy': 'same-origin',
    });
    await served.close();
    served = await serve();
    const lan = await served.ask('POST', '/', { host: '192.168.1.20:3000' });
    expect(lan.headers['cross-origin-opener-policy']).toBeUndefined();
  });
});

describe('the tools of Next’s development server', () => {
  const tools = [
    '/__nextjs_restart_dev',
    '/__nextjs_launch-editor?file=x',
    '/_next/mcp',
    '/_next/./mcp',
    '/_next//mcp',
    '/%5f_nextjs_restart_dev',
    '//x/__nextjs_restart_dev',
    '/\\x\\__nextjs_launch-editor',
    '/x/../__nextjs_original-stack-frames',
  ];

  const answerTo = (target: string, site: Partial<Site>, isLocal: boolean) =>
    ownAnswer({ method: 'POST', target, headers: {}, isLocal }, { ...laptop, ...site })?.status;

  test.each(tools)('%s is for this computer alone', (target) => {
    expect(answerTo(target, { dev: true }, false)).toBe(403);
    expect(answerTo(target, { dev: true }, true)).toBeUndefined();
    expect(answerTo(target, { dev: false }, true)).toBe(405);
  });

  test('this computer is who connects from it, whatever is written', async () => {
    served = await serve({ dev: true });
    expect((await served.ask('POST', '/_next/mcp', { 'x-forwarded-for': '203.0.113.9' })).status).toBe(200);
    expect((await served.ask('POST', '/room/ABC234')).status).toBe(405);
  });
});

test('EV8 a page that cannot be made just now is 503, and only that one', async () => {
  served = await serve({}, (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://x');
    response.setHeader('x-request-id', pathname);
    if (searchParams.has('away')) noteUnavailablePage(pathname);
    response.statusCode = searchParams.has('well') ? 200 : 500;
    response.end('x');
  });
  const ask = async (path: string) => {
    const { status, headers } = await served.ask('GET', path);
    return [status, headers['retry-after']];
  };
  expect(await ask('/a?away')).toEqual([503, '5']);
  expect(await ask('/a')).toEqual([500, undefined]);
  expect(await ask('/b?away&well')).toEqual([200, undefined]);
});
