import { NextRequest } from 'next/server';
import { config, proxy } from './proxy';

function answer(headers: Record<string, string> = {}): { readonly csp: string; readonly forwarded: string } {
  const response = proxy(new NextRequest('http://127.0.0.1:3000/', { headers }));
  return {
    csp: response.headers.get('content-security-policy') ?? '',
    forwarded: response.headers.get('x-middleware-request-content-security-policy') ?? '',
  };
}

describe('AD1 other names of a deployed site', () => {
  const open = (url: string) => proxy(new NextRequest(url, { headers: { host: new URL(url).host } }));
  beforeEach(() => {
    process.env['APP_URL'] = 'https://party.example';
  });
  afterEach(() => {
    process.env['APP_URL'] = 'http://127.0.0.1:3000';
  });

  it('lead to it, and nobody remembers that for longer than a moment', () => {
    const { status, headers } = open('https://roomtone.vercel.app/room/ABC234?spotify=connected');
    expect([status, headers.get('location')]).toEqual([307, 'https://party.example/room/ABC234?spotify=connected']);
    expect(headers.get('cache-control')).toBe('no-store');
  });

  it('are not what it is called itself', () => {
    const { status, headers } = open('https://party.example/room/ABC234');
    expect([status, headers.get('location')]).toEqual([200, null]);
  });

  it('are no matter of the API, which answers by every name', () => {
    const reaches = (path: string) => config.matcher.some(({ source }) => new RegExp(`^${source}$`).test(path));
    for (const path of [
      '/api',
      '/api/me',
      '/api/spotify/callback',
      '/_next/static/a.js',
      '/simulated-spotify/authorize',
    ]) {
      expect([path, reaches(path)]).toEqual([path, false]);
    }
    expect(['/', '/room/ABC234', '/privacy', '/apiary'].map(reaches)).toEqual([true, true, true, true]);
  });
});

test.each(['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])(
  'WB-05 a page takes no %s, with or without a body',
  (method) => {
    const body = method === 'OPTIONS' ? undefined : 'x';
    const { status, headers } = proxy(new NextRequest('http://127.0.0.1:3000/', { method, ...(body && { body }) }));
    expect([status, headers.get('allow')]).toEqual([405, 'GET, HEAD']);
  },
);

const nonceOf = (csp: string): string | undefined => /'nonce-([^']+)'/.exec(csp)?.[1];

describe('WB-06 the content security policy of documents', () => {
  it('lets run only what carries the nonce, frames nothing and sends forms nowhere else', () => {
    const { csp } = answer();
    expect(csp).toMatch(/script-src 'nonce-[\w+/]+={0,2}' 'strict-dynamic'(;|$)/);
    for (const rule of ["object-src 'none'", "base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'"]) {
      expect(csp).toContain(rule);
    }
    expect(csp).not.toContain('unsafe-eval');
  });

  it.each([
    [{ SPOTIFY_SIMULATED: '0' }, false],
    [{ SPOTIFY_SIMULATED: '1' }, true],
    [{ DEMO: 'on' }, true],
    [{ VERCEL: '1', VERCEL_ENV: 'preview' }, true],
    [{ VERCEL: '1', VERCEL_ENV: 'production' }, false],
  ])(
    'takes pictures from Spotify and from nowhere else outside; its own only of made-up songs: %j',
    (given, inline) => {
      const replaced = jest.replaceProperty(process, 'env', { ...process.env, SPOTIFY_SIMULATED: '0', ...given });
      const sources = /img-src ([^;]+)/.exec(answer().csp)?.[1]?.split(' ');
      replaced.restore();
      expect(sources).toEqual([
        "'self'",
        ...(inline ? ['data:'] : []),
        'https://*.scdn.co',
        'https://*.spotifycdn.com',
      ]);
    },
  );

  it('gives every document a nonce of its own', () => {
    const nonces = new Set(Array.from({ length: 50 }, () => nonceOf(answer().csp)));
    expect(nonces.size).toBe(50);
  });

  it('believes no policy that a client sends, so that nobody chooses the nonce', () => {
    const { csp, forwarded } = answer({
      'content-security-policy': "script-src 'nonce-mine'",
      'content-security-policy-report-only': "script-src 'nonce-mine'",
    });
    expect(forwarded).toBe(csp);
    expect(csp).not.toContain('mine');
  });
});

test('EV8 a page has an id, which it is answered and logged under; a client’s own is not taken', () => {
  const id = (headers: Record<string, string>) => {
    const response = proxy(new NextRequest('http://127.0.0.1:3000/', { headers }));
    return [response.headers.get('x-request-id'), response.headers.get('x-middleware-request-x-request-id')];
  };
  const [answered, logged] = id({ 'x-request-id': 'a-clients-own' });
  expect(answered).toMatch(/^[\w-]{36}$/);
  expect(logged).toBe(answered);
  process.env['TRUSTED_HOPS'] = '1';
  expect(id({ 'x-request-id': 'a-proxys-id' })).toEqual(['a-proxys-id', 'a-proxys-id']);
  delete process.env['TRUSTED_HOPS'];
});
