import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './fixtures/test';

const always = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'x-frame-options': 'DENY',
  'permissions-policy':
    'camera=(), microphone=(), geolocation=(), payment=(), usb=(), interest-cohort=(), browsing-topics=()',
};

test('WB-06 every answer carries its headers: pages, API, redirects, failures, files', async ({ request, host }) => {
  await host.page.goto('/');
  const script = await host.page.locator('script[src]').first().getAttribute('src');
  const base = new URL(host.page.url()).origin;
  for (const path of [
    '/',
    '/privacy',
    '/setup',
    '/room/ZZZZZZ',
    '/nothing',
    '/api/me',
    '/api/nothing',
    '/api/rooms/%E0%A4%A',
    '/api/spotify/callback',
    script ?? '',
  ]) {
    const response = await request.get(base + path, { maxRedirects: 0 });
    const headers = response.headers();
    expect(headers, path).toMatchObject(always);
    expect(headers['x-powered-by'], path).toBeUndefined();
    // SE-09: nobody gets a session for looking.
    expect(headers['set-cookie'], path).toBeUndefined();
  }
});

test('browsers isolate a page only where they trust its address; elsewhere they would complain', async ({
  request,
  host,
}) => {
  await host.page.goto('/');
  const { origin, host: own } = new URL(host.page.url());
  const isolation = async (asked: string) =>
    (await request.get(`${origin}/privacy`, { headers: { host: asked } })).headers()['cross-origin-opener-policy'];
  expect(await isolation(own)).toBe('same-origin');
  expect(await isolation('192.168.1.20:3000')).toBeUndefined();
});

test('addresses and methods that Next fails on are answered like the others', async ({ request, host }) => {
  for (const path of ['/%F0%9F', '/room/%E0%A4%A']) {
    await host.page.goto(path);
    await expect(host.page.getByRole('heading', { name: 'There is nothing here' })).toBeVisible();
  }
  const base = new URL(host.page.url()).origin;
  for (const [path, method, status, code] of [
    ['/api/rooms/%E0%A4%A', 'GET', 404, 'not_found'],
    ['/api/me', 'TRACE', 405, 'method_not_allowed'],
    ['/', 'PROPFIND', 405, 'method_not_allowed'],
  ] as const) {
    const response = await request.fetch(base + path, { method });
    expect([response.status(), await response.json()]).toMatchObject([status, { status, code }]);
  }
});

test('WB-05 a page takes nothing; WB-04 the API answers by itself, whatever of Next’s a request names', async ({
  request,
  host,
}) => {
  await host.page.goto('/');
  const base = new URL(host.page.url()).origin;
  for (const path of ['/', '/room/ABC234', '/nothing']) {
    const response = await request.post(base + path, { data: 'x'.repeat(20_000), failOnStatusCode: false });
    expect([path, response.status(), response.headers()['allow']]).toEqual([path, 405, 'GET, HEAD']);
  }
  for (const method of ['GET', 'POST'] as const) {
    const headers = { rsc: '1', 'next-router-prefetch': '1' };
    const response = await request.fetch(`${base}/api/me`, { method, headers, maxRedirects: 0 });
    expect([response.status(), response.headers()['content-type']]).toEqual(
      method === 'GET' ? [200, 'application/json'] : [405, 'application/problem+json'],
    );
  }
});

test('WB-06 the policy of a page has a nonce of its own, which all its scripts carry and no request can choose', async ({
  request,
  host,
}) => {
  await host.page.goto('/');
  const base = new URL(host.page.url()).origin;
  const forged = { 'content-security-policy': "script-src 'nonce-chosen'", 'x-nonce': 'chosen' };
  const seen = new Set<string>();
  for (const headers of [{}, {}, forged]) {
    const response = await request.get(`${base}/`, { headers });
    const policy = response.headers()['content-security-policy'] ?? '';
    const nonce = /script-src 'nonce-([^']+)' 'strict-dynamic'/.exec(policy)?.[1] ?? '';
    expect(policy).toContain("object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe-eval');
    const html = await response.text();
    const scripts = html.match(/<script\b[^>]*>/g) ?? [];
    expect(scripts.length).toBeGreaterThan(0);
    for (const tag of scripts) expect(tag).toContain(`nonce="${nonce}"`);
    expect(html).not.toContain('chosen');
    seen.add(nonce);
  }
  expect(seen.size).toBe(3);
});

test('WB-02 no header or address of Next’s own opens a room to strangers', async ({ request, host }) => {
  await host.page.goto('/');
  const base = new URL(host.page.url()).origin;
  const made = await request.post(`${base}/api/rooms`, { data: { name: 'Secret name of a room' } });
  const { room } = await made.json();
  const stranger = {
    cookie: '',
    'x-middleware-subrequest': 'proxy:proxy:proxy:proxy:proxy',
    rsc: '1',
    'next-action': 'x',
  };
  for (const path of [
    `/room/${room.code}`,
    `/room/${room.code}.rsc`,
    `/room/${room.code}/display`,
    `/api/rooms/${room.code}`,
  ]) {
    for (const method of ['GET', 'POST'] as const) {
      const response = await request.fetch(base + path, {
        method,
        headers: stranger,
        maxRedirects: 0,
        failOnStatusCode: false,
      });
      expect(await response.text()).not.toContain('memberId');
    }
  }
  expect((await request.get(`${base}/_next/image?url=%2Ficon.svg&w=64&q=75`)).status()).toBeGreaterThanOrEqual(400);
});

test('TK-03 nothing secret is in what browsers load', () => {
  const folder = '.builds/current/.next/static';
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => /\.(js|css)$/.test(file));
  const all = files.map((file) => readFileSync(join(folder, file), 'utf8')).join('\n');
  for (const word of [
    'SESSION_SECRET',
    // What reads the configuration; a page may name a variable of it to whoever runs the site.
    'SPOTIFY_ACCOUNTS_URL',
    'DATABASE_URL',
    'sealedRefresh',
    'keptRefresh',
    'code_verifier',
    'ZodError',
  ]) {
    expect(all).not.toContain(word);
  }
});
