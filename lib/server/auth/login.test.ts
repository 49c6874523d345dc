import { getPool } from '@/lib/server/db/connection/pool';
import { faults } from '@/simulator/control-client';
import { AppClient, join, makeRoom } from '@/testing/people/app-client';
import { beginLogin, consent, logIn } from '@/testing/people/spotify-login';
import { expectProblem } from '@/testing/jest/matchers';
import { setUpSimulator } from '@/testing/engine/set-up-simulator';

const spotify = setUpSimulator();

const tokenCalls = async (): Promise<number> => (await spotify.control.calls({ path: '/api/token' })).length;
const location = async (client: AppClient, path: string): Promise<string> =>
  (await client.fetch('GET', path)).headers.get('location') ?? '';
const connected = async (client: AppClient): Promise<boolean> =>
  (await client.get('/api/spotify/status')).body.authenticated;
const countRows = async (table: string): Promise<number> =>
  Number((await getPool().query(`SELECT count(*) FROM "${table}"`)).rows[0].count);

describe('authorize', () => {
  test('sends the browser to Spotify with state and challenge, and tells nobody the verifier', async () => {
    const client = new AppClient();
    const response = await client.fetch('GET', '/api/spotify/authorize?returnTo=/room/BCD234');
    expect(response.status).toBe(303);
    const url = new URL(response.headers.get('location') ?? '');
    expect(url.origin + url.pathname).toBe(`${spotify.simulator.url}/authorize`);
    expect(Object.fromEntries(url.searchParams)).toEqual({
      client_id: 'test-client',
      response_type: 'code',
      redirect_uri: 'http://127.0.0.1:3000/api/spotify/callback',
      scope: 'user-read-playback-state user-modify-playback-state user-read-currently-playing',
      state: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge_method: 'S256',
    });
    expect(response.headers.get('referrer-policy')).toBe('no-referrer');
    expect(response.headers.getSetCookie()).toHaveLength(1);
  });

  test('asks at Spotify which account it shall be only where another one is wanted', async () => {
    const dialog = async (client: AppClient, query: string): Promise<string | null> => {
      const to = await location(client, `/api/spotify/authorize${query}`);
      return new URL(to).searchParams.get('show_dialog');
    };
    const client = new AppClient();
    await logIn(client, await spotify.account());
    expect(await dialog(client, '?returnTo=/')).toBeNull();
    expect(await dialog(client, '?returnTo=/&account=')).toBeNull();
    expect(await dialog(client, '?returnTo=/&account=another')).toBe('true');
    expect(await dialog(new AppClient(), '?account=another')).toBe('true');
    expect(await connected(client)).toBe(true);
  });

  test('OA-14 LG13 the six months of a grant are known, and its last 14 days ask for consent anew', async () => {
    const account = await spotify.account();
    const client = new AppClient();
    await logIn(client, account);
    const dialog = async (): Promise<string | null> => (await beginLogin(client)).searchParams.get('show_dialog');
    const newest = `SELECT "sessionId" FROM "SpotifyToken" ORDER BY "authorizedAt" DESC LIMIT 1`;
    const { sessionId } = (await getPool().query(newest)).rows[0];
    const age = (months: number, days: number): Promise<unknown> =>
      getPool().query(
        `UPDATE "SpotifyToken" SET "authorizedAt" = now() - make_interval(months => $1, days => $2) WHERE "sessionId" = $3`,
        [months, days, sessionId],
      );
    await age(5, 10);
    expect(await dialog()).toBeNull();
    await age(5, 20);
    expect(await dialog()).toBe('true');
    const { reconnectBy } = (await client.get('/api/spotify/status')).body;
    const days = (Date.parse(reconnectBy) - Date.now()) / 86_400_000;
    expect(days).toBeGreaterThan(7);
    expect(days).toBeLessThan(13);
    // Agreed to again, it is a new grant of six months.
    expect(await logIn(client, account)).toBe('/?spotify=connected');
    expect(Date.parse((await client.get('/api/spotify/status')).body.reconnectBy)).toBeGreaterThan(
      Date.now() + 180 * 86_400_000,
    );
    expect(await dialog()).toBeNull();
  });

  test('LG1 every start is another state and challenge', async () => {
    const client = new AppClient();
    const urls = await Promise.all(Array.from({ length: 20 }, () => beginLogin(client)));
    expect(new Set(urls.map((url) => url.searchParams.get('state'))).size).toBe(20);
    expect(new Set(urls.map((url) => url.searchParams.get('code_challenge'))).size).toBe(20);
  });

  test('LG1 five may be open; a sixth replaces the oldest', async () => {
    const account = await spotify.account();
    const client = new AppClient();
    const urls: URL[] = [];
    for (let index = 0; index < 6; index += 1) urls.push(await beginLogin(client));
    const [first, second] = urls;
    if (!first || !second) throw new Error('unreachable');
    expect(await location(client, await consent(first, account))).toBe('/?spotify=expired');
    expect(await location(client, await consent(second, account))).toBe('/?spotify=connected');
  });

  test.each([
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { 'sec-fetch-dest': 'image' },
    { 'sec-fetch-dest': 'empty' },
    { 'sec-fetch-dest': 'iframe' },
    { purpose: 'prefetch' },
    { 'sec-purpose': 'prefetch;prerender' },
    { 'next-router-prefetch': '1' },
    { rsc: '1' },
  ])('OA-01 nothing begins for %j', async (headers) => {
    const [sessions, attempts] = [await countRows('Session'), await countRows('LoginAttempt')];
    const client = new AppClient();
    expectProblem(await client.get('/api/spotify/authorize', { headers }), 403, 'cross_origin');
    expect(client.cookies.size).toBe(0);
    expect([await countRows('Session'), await countRows('LoginAttempt')]).toEqual([sessions, attempts]);
  });

  test('OA-06 no header of the request changes the redirect URI', async () => {
    const headers = {
      host: 'evil.example',
      'x-forwarded-host': 'evil.example',
      'x-forwarded-proto': 'https',
      forwarded: 'host=evil.example',
    };
    const response = await new AppClient().fetch('GET', '/api/spotify/authorize', { headers });
    const url = new URL(response.headers.get('location') ?? '');
    expect(url.searchParams.get('redirect_uri')).toBe('http://127.0.0.1:3000/api/spotify/callback');
  });
});

describe('HT5 rights beyond what a room needs', () => {
  const base = ['user-read-playback-state', 'user-modify-playback-state', 'user-read-currently-playing'];
  const reading = ['playlist-read-private', 'playlist-read-collaborative'];
  const saving = ['playlist-modify-private'];
  const asked = async (client: AppClient, query: string): Promise<URL> =>
    new URL(await location(client, `/api/spotify/authorize?returnTo=/${query}`));
  const scopesOf = (url: URL): readonly string[] => (url.searchParams.get('scope') ?? '').split(' ');
  const granted = async (client: AppClient): Promise<readonly string[]> =>
    (await client.get('/api/spotify/status')).body.scopes;

  test('are asked for with the feature that needs them, and Spotify shows them', async () => {
    const client = new AppClient();
    expect(scopesOf(await asked(client, ''))).toEqual(base);
    expect(scopesOf(await asked(client, '&for=playlists'))).toEqual([...base, ...reading]);
    expect(scopesOf(await asked(client, '&for=saving'))).toEqual([...base, ...saving]);
    for (const unknown of ['', 'email', 'toString', 'playlists%20saving']) {
      expect(scopesOf(await asked(client, `&for=${unknown}`))).toEqual(base);
    }
    const url = await asked(client, '&for=playlists');
    expect(url.searchParams.get('show_dialog')).toBeNull();
    expect(await (await fetch(url)).text()).toContain('See your private playlists');
  });

  test('once granted they are kept by every later login, but not asked of another account', async () => {
    const account = await spotify.account();
    const client = new AppClient();
    await logIn(client, account);
    expect(await granted(client)).toEqual(base);
    expect(await location(client, await consent(await asked(client, '&for=playlists'), account))).toBe(
      '/?spotify=connected',
    );
    expect(await granted(client)).toEqual([...base, ...reading]);
    await client.fetch('GET', await consent(await asked(client, '&for=saving'), account));
    expect(await granted(client)).toEqual([...base, ...reading, ...saving]);
    await logIn(client, account);
    expect(await granted(client)).toEqual([...base, ...reading, ...saving]);
    expect(scopesOf(await asked(client, '&account=another'))).toEqual(base);
    expect(scopesOf(await asked(client, '&account=another&for=saving'))).toEqual([...base, ...saving]);
  });

  test('a grant that has ended is asked for as it was', async () => {
    const account = await spotify.account();
    const client = new AppClient();
    await client.fetch('GET', await consent(await asked(client, '&for=saving'), account));
    await spotify.control.revokeGrants(account);
    await client.post('/api/spotify/refresh?force=1');
    expect(await connected(client)).toBe(false);
    expect(scopesOf(await asked(client, ''))).toEqual([...base, ...saving]);
  });

  test('without them the login counts all the same; refused, nothing changes', async () => {
    const account = await spotify.account();
    const client = new AppClient();
    await spotify.control.addRule({ when: { path: '/api/token' }, times: 1, ...faults.token({ scopes: base }) });
    expect(await location(client, await consent(await asked(client, '&for=playlists'), account))).toBe(
      '/?spotify=connected',
    );
    expect(await granted(client)).toEqual(base);
    expect(await location(client, await consent(await asked(client, '&for=saving'), account, 'cancel'))).toBe(
      '/?spotify=denied',
    );
    expect(await granted(client)).toEqual(base);
  });
});

describe('the callback', () => {
  test('agreed: connected, under a new cookie, at the page the login began on', async () => {
    const account = await spotify.account();
    const room = await makeRoom();
    const planted = new AppClient();
    for (const [name, value] of room.host.cookies) planted.cookies.set(name, value);
    expect(await logIn(room.host, account, `/room/${room.code}`)).toBe(`/room/${room.code}?spotify=connected`);
    const { body } = await room.host.get('/api/spotify/status');
    expect(body).toMatchObject({ authenticated: true, account: { displayName: expect.any(String) } });
    expect(body.scopes).toHaveLength(3);
    expect((await planted.get('/api/me')).body.room).toBeNull();
    const { snapshot } = (await room.host.get(room.path)).body;
    expect(snapshot.spotify).toEqual({ status: 'connected' });
    expect(snapshot.playback).toMatchObject({
      status: 'playing',
      playId: expect.any(String),
      track: { artworkUrl: expect.stringMatching(/^data:image/) },
    });
  });

  test('LG2 used twice, also at once: one token request', async () => {
    const account = await spotify.account();
    const client = new AppClient();
    const callback = await consent(await beginLogin(client), account);
    const before = await tokenCalls();
    const copy = new AppClient();
    for (const [name, value] of client.cookies) copy.cookies.set(name, value);
    const ends = await Promise.all([location(client, callback), location(copy, callback)]);
    expect(ends.toSorted()).toEqual(['/?spotify=connected', '/?spotify=expired']);
    const winner = (await connected(client)) ? client : copy;
    expect(await location(winner, callback)).toBe('/?spotify=expired');
    expect(await tokenCalls()).toBe(before + 1);
    expect(await connected(winner)).toBe(true);
  });

  test('LG2 state missing, empty, doubled, wrong, foreign or old: expired, and Spotify is not asked', async () => {
    const account = await spotify.account();
    const client = new AppClient();
    await logIn(client, account);
    const { host: stranger } = await makeRoom();
    const callback = await consent(await beginLogin(client), account);
    const url = new URL(callback, 'http://x');
    const [code, state] = [url.searchParams.get('code') ?? '', url.searchParams.get('state') ?? ''];
    const before = await tokenCalls();
    for (const query of [
      '',
      '?state=',
      `?code=${code}`,
      `?code=${code}&state=`,
      `?code=${code}&state=wrong`,
      `?code=${code}&state=${state}&state=${state}`,
      `?code=${code}&code=${code}&state=${state}`,
      '?error=access_denied',
      '?error=access_denied&state=wrong',
      `?code=${code}&state=${'x'.repeat(5_000)}`,
    ]) {
      expect(await location(client, `/api/spotify/callback${query}`)).toBe('/?spotify=expired');
    }
    expect(await location(stranger, callback)).toBe('/?spotify=expired');
    await beginLogin(stranger);
    expect(await location(stranger, callback)).toBe('/?spotify=expired');
    await getPool().query(`UPDATE "LoginAttempt" SET "expiresAt" = now() - interval '1 second'`);
    expect(await location(client, callback)).toBe('/?spotify=expired');
    expect(await tokenCalls()).toBe(before);
    expect(await connected(client)).toBe(true);
  });

  test('LG3 errors of Spotify, whose words are not shown', async () => {
    const client = new AppClient();
    for (const [error, outcome] of [
      ['access_denied', 'denied'],
      ['server_error', 'failed'],
      ['<script>', 'failed'],
    ] as const) {
      const state = (await beginLogin(client, '/room/BCD234')).searchParams.get('state') ?? '';
      const query = new URLSearchParams({ error, state, error_description: '<img src=x onerror=alert(1)>' });
      expect(await location(client, `/api/spotify/callback?${query.toString()}`)).toBe(
        `/room/BCD234?spotify=${outcome}`,
      );
    }
    const account = await spotify.account();
    expect(await location(client, await consent(await beginLogin(client), account, 'cancel'))).toBe('/?spotify=denied');
  });

  const notApproved = { kind: 'answer', status: 403, body: 'User not approved for app' } as const;
  const failures: readonly (readonly [
    string,
    string,
    string,
    Parameters<(typeof spotify)['control']['addRule']>[0],
  ])[] = [
    ['the token endpoint down', 'failed', '/api/token', { ...faults.tokenOutage() }],
    ['a page instead of a token', 'failed', '/api/token', { ...faults.tokenHtml() }],
    ['a refused code', 'failed', '/api/token', { ...faults.invalidGrant('Invalid authorization code') }],
    ['a refused client', 'failed', '/api/token', { ...faults.invalidClient(401) }],
    ['no refresh token', 'failed', '/api/token', { ...faults.token({ refreshToken: 'omit' }) }],
    ['a scope missing', 'failed', '/api/token', { ...faults.token({ scopes: ['user-read-playback-state'] }) }],
    ['no expiry', 'failed', '/api/token', { ...faults.token({ without: ['expires_in'] }) }],
    ['a negative expiry', 'failed', '/api/token', { ...faults.token({ fields: { expires_in: -1 } }) }],
    ['an absurd expiry', 'failed', '/api/token', { ...faults.token({ fields: { expires_in: 1e12 } }) }],
    ['another token type', 'failed', '/api/token', { ...faults.token({ fields: { token_type: 'mac' } }) }],
    ['the connection broken after the exchange', 'failed', '/api/token', { ...faults.resetAfter() }],
    ['a profile that fails', 'failed', '/v1/me', { ...faults.serverErrorHtml() }],
    ['a profile that is refused', 'failed', '/v1/me', { ...faults.accessTokenRefused() }],
    ['an account that is not on the allow list', 'not_allowed', '/v1/me', { ...faults.notRegistered() }],
    ['a 403 in other words', 'not_allowed', '/v1/me', { action: notApproved }],
    ['an owner without Premium', 'not_allowed', '/v1/me', { ...faults.ownerWithoutPremium() }],
  ];

  test.each(failures)('LG4 %s: %s, and what was stored stays', async (_what, outcome, path, rule) => {
    const account = await spotify.account();
    const client = new AppClient();
    await logIn(client, account);
    const before = (await client.get('/api/spotify/status')).body;
    const callback = await consent(await beginLogin(client), account);
    await spotify.control.addRule({ ...rule, when: { path, account }, times: 1 });
    expect(await location(client, callback)).toBe(`/?spotify=${outcome}`);
    expect((await client.get('/api/spotify/status')).body).toEqual(before);
  });

  test('LG5 two tabs at once: both count', async () => {
    const [a, b] = [await spotify.account(), await spotify.account()];
    const client = new AppClient();
    const [first, second] = [await consent(await beginLogin(client), a), await consent(await beginLogin(client), b)];
    expect(await location(client, first)).toBe('/?spotify=connected');
    expect(await location(client, second)).toBe('/?spotify=connected');
    expect(await connected(client)).toBe(true);
  });

  test('LG9 come back in a browser without a session: that is said, and the first one can still end the login', async () => {
    const account = await spotify.account();
    const client = new AppClient();
    const callback = await consent(await beginLogin(client, '/room/BCD234'), account);
    const before = await tokenCalls();
    const other = new AppClient();
    other.cookies.set('somebody_elses', 'cookie');
    expect(await location(other, callback)).toBe('/?spotify=other_browser');
    for (const query of [
      'state=wrong',
      'error=access_denied&state=y',
      'code=x&code=y&state=z',
      `state=${'x'.repeat(5_000)}`,
    ])
      expect(await location(other, `/api/spotify/callback?${query}`)).toBe('/?spotify=other_browser');
    expect(other.cookies.size).toBe(1);
    expect(await tokenCalls()).toBe(before);
    expect(await location(client, callback)).toBe('/room/BCD234?spotify=connected');
  });

  test('LG9 without one state, or with a cookie that opens nothing, it is expired', async () => {
    const client = new AppClient();
    for (const query of ['', 'code=x', 'state=', 'state=y&state=y', 'state=&state=y'])
      expect(await location(client, `/api/spotify/callback?${query}`)).toBe('/?spotify=expired');
    expect(client.cookies.size).toBe(0);
    for (const value of ['', 'nonsense', `Fe26.2*1*${'a'.repeat(64)}*b*c**d*e~2`]) {
      client.cookies.set('roomtone_session', value);
      expect(await location(client, '/api/spotify/callback?code=x&state=y')).toBe('/?spotify=expired');
    }
  });
});

describe('LG7 the host’s room on another device', () => {
  test('moves to the new session; the old one becomes a guest without tokens', async () => {
    const account = await spotify.account();
    const room = await makeRoom({ hostName: 'Mia' });
    await logIn(room.host, account);
    const phone = new AppClient();
    expect(await logIn(phone, account)).toBe(`/room/${room.code}?spotify=connected`);
    expect((await phone.get(room.path)).body.you).toMatchObject({ role: 'host', name: 'Mia' });
    expect((await room.host.get(room.path)).body.you.role).toBe('guest');
    expect(await connected(room.host)).toBe(false);
    expectProblem(await room.host.send('PATCH', room.path, { json: {} }), 403, 'host_only');
    expect((await phone.post(`${room.path}/playback/pause`)).status).toBe(204);
  });

  test('a guest of the room who is its host elsewhere keeps the own name', async () => {
    const account = await spotify.account();
    const room = await makeRoom({ hostName: 'Laptop' });
    await logIn(room.host, account);
    const phone = await join(room, 'Mia');
    await logIn(phone, account);
    expect((await phone.get(room.path)).body.you).toMatchObject({
      role: 'host',
      name: 'Mia',
      memberId: phone.memberId,
    });
  });

  test('a room with guests of its own is kept; one without is given up', async () => {
    const account = await spotify.account();
    const old = await makeRoom();
    await logIn(old.host, account);
    const busy = await makeRoom();
    await join(busy);
    expect(await logIn(busy.host, account)).toBe('/?spotify=connected');
    expect((await busy.host.get('/api/me')).body.room).toEqual({ code: busy.code, role: 'host' });
    const empty = await makeRoom();
    await logIn(empty.host, account);
    const { code } = (await empty.host.get('/api/me')).body.room;
    expect([old.code, busy.code]).toContain(code);
    expectProblem(await empty.host.get(empty.path), 410, 'room_ended');
  });

  test('another account leaves other rooms alone', async () => {
    const room = await makeRoom();
    await logIn(room.host, await spotify.account());
    const other = new AppClient();
    await logIn(other, await spotify.account());
    expect((await other.get('/api/me')).body.room).toBeNull();
    expect((await room.host.get(room.path)).body.you.role).toBe('host');
  });
});

describe('LG8 disconnecting', () => {
  test('forgets tokens and what was read, keeps the room, and is never a failure', async () => {
    const room = await makeRoom();
    await logIn(room.host, await spotify.account());
    expect((await room.host.send('DELETE', '/api/spotify/connection')).status).toBe(204);
    expect(await connected(room.host)).toBe(false);
    const { snapshot } = (await room.host.get(room.path)).body;
    expect(snapshot.spotify).toEqual({ status: 'not_connected' });
    expect(snapshot.playback).toMatchObject({ track: null, playId: null, device: null });
    expect((await room.host.send('DELETE', '/api/spotify/connection')).status).toBe(204);
    expect((await new AppClient().send('DELETE', '/api/spotify/connection')).status).toBe(204);
    const { rows } = await getPool().query(
      `SELECT count(*) FROM "SpotifyToken" t JOIN "Room" r ON r."hostSessionId" = t."sessionId" WHERE r."code" = $1`,
      [room.code],
    );
    expect(Number(rows[0].count)).toBe(0);
  });
});

test('TK-01 no token stands in the database in clear', async () => {
  const client = new AppClient();
  await logIn(client, await spotify.account());
  // The newest one: files share databases.
  const { rows } = await getPool().query(
    `SELECT "sealedAccess", "sealedRefresh" FROM "SpotifyToken" ORDER BY "authorizedAt" DESC LIMIT 1`,
  );
  expect(rows[0].sealedAccess).toMatch(/^v1\.[\w-]{8}\./);
  expect(rows[0].sealedRefresh).toMatch(/^v1\.[\w-]{8}\./);
});
