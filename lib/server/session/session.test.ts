import { createHash } from 'node:crypto';
import { sealData } from 'iron-session';
import { getPool } from '@/lib/server/db/connection/pool';
import { stopInstance } from '@/lib/server/lifecycle';
import { AppClient, makeRoom } from '@/testing/people/app-client';
import { cookieName, readCookie } from './cookie';
import { unsealSessionId } from './seal';

afterAll(stopInstance);

const first = 'k3Jw9vQe7Ls2Xn5Tb8Rd1Yf6Hg4Mc0Zp';
const second = 'Zq8Rt4Wm1Kx7Vb3Nh6Lc9Fd2Js5Gy0Pa';
const sid = 'A'.repeat(43);

/** The sealing module under those secrets, as another process would have it. */
async function sealing(secrets: string) {
  process.env['SESSION_SECRET'] = secrets;
  try {
    let loaded: typeof import('./seal') | null = null;
    await jest.isolateModulesAsync(async () => {
      loaded = await import('./seal');
      // The configuration is read with the first use.
      await loaded.sealSessionId(sid);
    });
    if (loaded === null) throw new Error('unreachable');
    const sealer: typeof import('./seal') = loaded;
    return sealer;
  } finally {
    process.env['SESSION_SECRET'] = first;
  }
}

describe('the cookie', () => {
  test.each([
    ['https://room.example', '__Host-roomtone_session'],
    ['http://127.0.0.1:3000', 'roomtone_session'],
    ['http://127.0.0.1:3001', 'roomtone_session_3001'],
    ['http://127.0.0.1', 'roomtone_session_80'],
  ])('at %s is %s', (appUrl, name) => {
    expect(cookieName(appUrl)).toBe(name);
  });

  test('SE-01 exactly these attributes', async () => {
    const response = await new AppClient().fetch('POST', '/api/rooms', { json: {} });
    expect(response.headers.getSetCookie()).toEqual([
      expect.stringMatching(
        /^roomtone_session=Fe26\.2\*[\w*.-]+~2; Path=\/; Max-Age=17280000; HttpOnly; SameSite=Lax$/,
      ),
    ]);
  });

  test('SE-01 on https it is Secure, and bound to its host by its name', async () => {
    const before = process.env['APP_URL'];
    process.env['APP_URL'] = 'https://room.example';
    await jest.isolateModulesAsync(async () => {
      const { sessionCookie, readCookie } = await import('./cookie');
      expect(sessionCookie('x')).toBe(
        '__Host-roomtone_session=x; Path=/; Max-Age=17280000; HttpOnly; SameSite=Lax; Secure',
      );
      expect(readCookie('roomtone_session=planted; __Host-roomtone_session=own')).toBe('own');
    });
    process.env['APP_URL'] = before;
  });

  test('SE-02 the database knows only its hash, of 32 random bytes', async () => {
    const { host, code } = await makeRoom();
    const value = readCookie(host.headers['cookie'] ?? null) ?? '';
    const sid = (await unsealSessionId(value)) ?? '';
    expect(Buffer.from(sid, 'base64url')).toHaveLength(32);
    const { rows } = await getPool().query<{ tokenHash: Buffer }>(
      `SELECT s."tokenHash" FROM "Session" s JOIN "Room" r ON r."hostSessionId" = s."id" WHERE r."code" = $1`,
      [code],
    );
    expect(rows.map(({ tokenHash }) => tokenHash.toString('hex'))).toEqual([
      createHash('sha256').update(sid).digest('hex'),
    ]);
  });
});

describe('SE-06 secrets rotate', () => {
  test('sessions live through adding a secret in front and dropping the old one', async () => {
    const [a, ba, b] = [await sealing(first), await sealing(`${second},${first}`), await sealing(second)];
    const [old, fresh] = [await a.sealSessionId(sid), await ba.sealSessionId(sid)];
    expect(await ba.unsealSessionId(old)).toBe(sid);
    expect(await ba.unsealSessionId(fresh)).toBe(sid);
    expect(await b.unsealSessionId(fresh)).toBe(sid);
    expect(await b.unsealSessionId(old)).toBeNull();
  });
});

describe('SE-07 a seal for something else', () => {
  test.each([
    { kind: 'login', sid },
    { sid },
    { kind: 'session', sid: 'short' },
    { kind: 'session', sid: { toString: () => sid } },
    'session',
  ])('%j opens nothing', async (content) => {
    const { unsealSessionId, sealSessionId } = await sealing(first);
    const id = /^Fe26\.2\*(\d+)\*/.exec(await sealSessionId(sid))?.[1] ?? '';
    const seal = await sealData(content, { password: { [id]: first }, ttl: 60 });
    expect(await unsealSessionId(seal)).toBeNull();
  });

  test('the version mark cannot be changed', async () => {
    const { sealSessionId, unsealSessionId } = await sealing(first);
    const seal = await sealSessionId(sid);
    expect(await unsealSessionId(seal)).toBe(sid);
    expect(await unsealSessionId(seal.replace(/~2$/, '~1'))).toBeNull();
    expect(await unsealSessionId(seal.replace(/~2$/, ''))).toBeNull();
  });
});

test('SE-08 no cookie makes a request fail', async () => {
  const room = await makeRoom();
  const values = [
    '',
    '*'.repeat(8),
    'Fe26.2*1*a*b*c*d*e*f~2',
    'Fe26.2********~2',
    '%E0%A4%A',
    '\\',
    '"',
    'x'.repeat(8_000),
    'Fe26.2*1*2*3*4*NaN*6*7~2',
    '=',
    'null',
  ];
  for (const value of values) {
    const headers = { cookie: `roomtone_session=${value}; other=1` };
    expect((await new AppClient().get('/api/me', { headers })).status).toBe(200);
    expect((await new AppClient().get(room.path, { headers })).status).toBe(403);
  }
});

test('SE-05 a session that has been idle for too long, or is too old, is a stranger', async () => {
  for (const change of [`"lastSeenAt" = now() - interval '31 days'`, `"expiresAt" = now() - interval '1 second'`]) {
    const { host, code } = await makeRoom();
    await getPool().query(
      `UPDATE "Session" SET ${change} WHERE "id" = (SELECT "hostSessionId" FROM "Room" WHERE "code" = $1)`,
      [code],
    );
    expect((await host.get('/api/me')).body.room).toBeNull();
  }
});

test('SE-09 looking opens no session', async () => {
  const room = await makeRoom();
  const count = async (): Promise<number> =>
    Number((await getPool().query(`SELECT count(*) FROM "Session"`)).rows[0].count);
  const before = await count();
  const client = new AppClient();
  for (const path of [
    '/api/me',
    '/api/health',
    '/api/spotify/status',
    room.path,
    `${room.path}/events`,
    '/api/spotify/callback?code=x&state=y',
  ]) {
    await client.get(path);
  }
  await client.post('/api/spotify/refresh');
  await client.send('DELETE', '/api/spotify/connection');
  await client.post(`${room.path}/playback/pause`);
  expect(client.cookies.size).toBe(0);
  expect(await count()).toBe(before);
});
