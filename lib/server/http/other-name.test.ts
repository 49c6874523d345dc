import { leadFromOtherName } from './other-name';

const site = { APP_URL: 'https://party.example' };

/** Where somebody is sent who opens that path with those headers; null for nowhere. */
function leads(
  headers: Record<string, string>,
  {
    path = '/room/ABC234?x=1',
    method = 'GET',
    source = site,
  }: { readonly path?: string; readonly method?: string; readonly source?: Readonly<Record<string, string>> } = {},
): string | null {
  return leadFromOtherName({ method, headers: new Headers(headers), path }, source)?.location ?? null;
}

const other = { host: 'roomtone.vercel.app', 'sec-fetch-dest': 'document' };
const there = 'https://party.example/room/ABC234?x=1';

test('AD1 another name of the site leads to the same path at APP_URL', () => {
  expect(leads(other)).toBe(there);
  expect(leads({ host: 'party.example:8443' })).toBe(there);
  expect(leads(other, { method: 'HEAD' })).toBe(there);
});

test('AD1 the branch’s address of a preview is the right one, the deployment’s leads to it', () => {
  const source = {
    VERCEL: '1',
    VERCEL_ENV: 'preview',
    VERCEL_URL: 'room-abc-me.vercel.app',
    VERCEL_BRANCH_URL: 'room-git-x-me.vercel.app',
    ...site,
  };
  expect(leads({ host: 'room-abc-me.vercel.app' }, { source, path: '/' })).toBe('https://room-git-x-me.vercel.app/');
  expect(leads({ host: 'room-git-x-me.vercel.app' }, { source })).toBeNull();
});

test.each([
  ['the right name', { host: 'party.example' }],
  ['the right name, in capitals', { host: 'Party.Example' }],
  ['a proxy that tells it', { host: 'app.fly.dev', 'x-forwarded-host': 'party.example' }],
  ['an address in place of a name', { host: '10.0.0.7:3000' }],
  ['the same in IPv6', { host: '[fd00::7]:3000' }],
  ['an upstream’s name', { host: 'roomtone:3000' }],
  ['a name inside a network', { host: 'app.svc.cluster.local' }],
  ['no name at all', {}],
  ['who was sent here just now', { ...other, cookie: 'a=b; roomtone_sent=1' }],
  ['a script’s request', { ...other, 'sec-fetch-dest': 'empty' }],
  ['a page’s own navigation', { ...other, rsc: '1' }],
  ['a prefetch', { ...other, 'next-router-prefetch': '1' }],
])('AD1 nobody is sent anywhere by %s', (_, headers) => {
  expect(leads(headers)).toBeNull();
});

test('AD1 a form is never sent on, and a laptop leads nobody away', () => {
  expect(leads(other, { method: 'POST' })).toBeNull();
  expect(leads({ host: '192.168.1.20:3000' }, { source: {} })).toBeNull();
  expect(leads({ host: 'laptop.example:3000' }, { source: { APP_URL: 'http://127.0.0.1:3000' } })).toBeNull();
});

test.each(['//evil.example/x', String.raw`/\evil.example`, 'https://evil.example/', ''])(
  'AD1 a path that could be another site’s is none: %s',
  (path) => {
    expect(leads(other, { path })).toBe('https://party.example/');
  },
);

test('AD1 who is sent away is remembered for a moment, so that a proxy that hides the name sends nobody round', () => {
  const answer = leadFromOtherName({ method: 'GET', headers: new Headers({ host: 'app.fly.dev' }), path: '/' }, site);
  expect(answer?.setCookie).toMatch(/^roomtone_sent=1; Path=\/; Max-Age=5; HttpOnly; SameSite=Lax$/);
  const cookie = answer?.setCookie.split(';')[0] ?? '';
  expect(leads({ host: 'app.fly.dev', cookie })).toBeNull();
});
