/** @jest-environment node */
import { faults } from './faults';
import { type Harness, redirectUri, startHarness, verifier } from '@/simulator/test-harness';

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness.stop());
beforeEach(() => harness.control.reset({ keepGrants: true }));

const next = { method: 'POST', path: '/v1/me/player/next' };
const pressNext = () => harness.api('POST', '/v1/me/player/next');
const song = async () => (await harness.control.player('alex')).itemName;

const open = (headers: Record<string, string>) => harness.send('GET', '/control/settings', { headers });

describe('the control endpoint', () => {
  test('asks its secret', async () => {
    expect((await open({})).status).toBe(401);
    expect((await open({ authorization: 'Bearer wrong' })).status).toBe(401);
    expect((await open({ authorization: 'Bearer harness-control-secret' })).status).toBe(200);
  });

  test('says what is wrong with a request', async () => {
    await expect(harness.control.press('nobody', { press: 'play' })).rejects.toThrow('There is no account');
    const headers = { authorization: 'Bearer harness-control-secret' };
    const answer = await harness.send('PATCH', '/control/settings', { headers, body: '{"lagMs":-1,"speed":2}' });
    expect(answer.status).toBe(400);
    expect(answer.text).toContain('lagMs');
    expect(answer.text).toContain('speed');
    expect((await harness.send('GET', '/control/nothing', { headers })).status).toBe(404);
  });
});

describe('faults', () => {
  test('a short rate limit in JSON and in plain text, with and without Retry-After', async () => {
    await harness.control.addRule({ times: 1, ...faults.rateLimited(7) });
    await harness.control.addRule({ times: 1, ...faults.rateLimitedText() });
    const [asJson, asText, after] = [await pressNext(), await pressNext(), await pressNext()];
    expect([asJson.status, asJson.headers.get('retry-after')]).toEqual([429, '7']);
    expect(asJson.body).toEqual({ error: { status: 429, message: 'API rate limit exceeded' } });
    expect([asText.status, asText.headers.get('retry-after'), asText.text]).toEqual([429, null, 'Too many requests']);
    expect(after.status).toBeLessThan(300);
  });

  test('the long quota', async () => {
    await harness.control.addRule({ when: { path: '/v1/*' }, ...faults.quotaExceeded() });
    const answer = await harness.api('GET', '/v1/me');
    expect(answer.headers.get('retry-after')).toBe('48925');
    expect(answer.body).toEqual({ error: { status: 429, message: 'Too many requests', reason: 'QUOTA_EXCEEDED' } });
  });

  test('server errors in JSON and HTML, empty and refused answers', async () => {
    for (const fault of [faults.serverError(500), faults.serverErrorHtml(502), faults.emptyBody(202)])
      await harness.control.addRule({ times: 1, ...fault });
    await harness.control.addRule({ times: 1, ...faults.accessTokenRefused() });
    expect((await pressNext()).body).toMatchObject({ error: { status: 500 } });
    expect((await pressNext()).headers.get('content-type')).toContain('text/html');
    expect(await pressNext()).toMatchObject({ status: 202, text: '' });
    expect((await pressNext()).body).toEqual({ error: { status: 401, message: 'Access token missing' } });
    expect(await song()).toBe('Low Tide');
  });

  test('a connection that breaks before the effect, and one that breaks after it', async () => {
    await harness.control.addRule({ when: next, times: 1, ...faults.resetBefore() });
    await harness.control.addRule({ when: next, times: 1, ...faults.resetAfter() });
    await expect(pressNext()).rejects.toThrow();
    expect(await song()).toBe('Low Tide');
    await expect(pressNext()).rejects.toThrow();
    expect(await song()).toBe('Two Left Shoes');
    const calls = await harness.control.calls(next);
    expect(calls.map(({ outcome, executed, status }) => ({ outcome, executed, status }))).toEqual([
      { outcome: 'reset', executed: false, status: null },
      { outcome: 'reset', executed: true, status: null },
    ]);
  });

  test('an error answer to a command that was executed', async () => {
    await harness.control.addRule({ when: next, times: 1, ...faults.serverError(503), executed: true });
    expect((await pressNext()).status).toBe(503);
    expect(await song()).toBe('Two Left Shoes');
  });

  test('a call that hangs until it is released, and one whose client gives up', async () => {
    await harness.control.addRule({ when: next, times: 2, ...faults.hang() });
    const released = pressNext();
    await harness.control.waitForCalls({ ...next, outcome: 'open' });
    expect(await harness.control.release()).toBe(1);
    expect((await released).status).toBeLessThan(300);

    const { accessToken } = await harness.control.login('alex', ['user-modify-playback-state']);
    const leaving = new AbortController();
    const left = fetch(`${harness.simulator.url}${next.path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${accessToken}` },
      signal: leaving.signal,
    });
    await harness.control.waitForCalls({ ...next, outcome: 'open' });
    leaving.abort();
    await expect(left).rejects.toThrow();
    const [given] = await harness.control.waitForCalls({ ...next, outcome: 'client_left' });
    expect(given).toMatchObject({ executed: false, status: null });
    expect(await song()).toBe('Two Left Shoes');
  });

  test('a slow answer is an answer', async () => {
    await harness.control.addRule({ when: next, times: 1, ...faults.slow(5) });
    expect((await pressNext()).status).toBeLessThan(300);
  });

  test('one account can fail while the other works', async () => {
    await harness.control.addRule({ when: { account: 'sam' }, ...faults.serverError() });
    expect((await harness.api('GET', '/v1/me', undefined, 'sam')).status).toBe(503);
    expect((await harness.api('GET', '/v1/me')).status).toBe(200);
  });
});

const exchange = async () =>
  harness.token({
    grant_type: 'authorization_code',
    code: await harness.agree(),
    redirect_uri: redirectUri,
    code_verifier: verifier,
  });

describe('faults of the token endpoint', () => {
  test('no refresh token, fewer scopes, a wrong expires_in', async () => {
    await harness.control.addRule({
      when: { grantType: 'authorization_code' },
      ...faults.token({ refreshToken: 'omit', scopes: ['user-read-playback-state'], fields: { expires_in: -5 } }),
    });
    const { body } = await exchange();
    expect(body).not.toHaveProperty('refresh_token');
    expect(body).toMatchObject({ scope: 'user-read-playback-state', expires_in: -5 });
    await harness.control.clearRules();
    await harness.control.addRule(faults.token({ without: ['expires_in', 'scope'] }));
    expect(Object.keys((await exchange()).body ?? {}).toSorted()).toEqual([
      'access_token',
      'refresh_token',
      'token_type',
    ]);
  });

  test('refusals, pages and outages, which leave the grant as it was', async () => {
    const { refreshToken } = await harness.control.login('alex', []);
    const refresh = () => harness.token({ grant_type: 'refresh_token', refresh_token: refreshToken });
    const when = { path: '/api/token', grantType: 'refresh_token' };
    for (const fault of [faults.invalidGrant(), faults.invalidClient(401), faults.tokenHtml(), faults.tokenOutage()])
      await harness.control.addRule({ when, times: 1, ...fault });
    expect((await refresh()).body).toMatchObject({ error: 'invalid_grant' });
    expect(await refresh()).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
    expect((await refresh()).headers.get('content-type')).toContain('text/html');
    expect((await refresh()).status).toBe(503);
    expect((await refresh()).status).toBe(200);
  });

  test('a rotation whose answer is lost ends the old token all the same', async () => {
    const { refreshToken } = await harness.control.login('alex', []);
    await harness.control.change({ refreshMode: 'rotate' });
    const refresh = () => harness.token({ grant_type: 'refresh_token', refresh_token: refreshToken });
    await harness.control.addRule({ when: { path: '/api/token' }, times: 1, ...faults.resetAfter() });
    await expect(refresh()).rejects.toThrow();
    expect((await refresh()).body).toMatchObject({ error_description: 'Refresh token revoked' });
  });
});

describe('the log of calls', () => {
  test('names caller, order and outcome, and holds no token, code, secret or state', async () => {
    await harness.control.clearCalls();
    await harness.send('GET', `/authorize?${harness.authorizeQuery()}`);
    const code = await harness.agree('sam');
    const answer = await harness.token({
      grant_type: 'authorization_code',
      code,
      redirect_uri: redirectUri,
      code_verifier: verifier,
    });
    await harness.api('PUT', '/v1/me/player/play', { uris: ['nonsense'] });
    const calls = await harness.control.calls();
    expect(calls).toMatchObject([
      { method: 'GET', path: '/authorize', query: { client_id: 'harness-client', state: '(hidden)' }, status: 200 },
      { method: 'POST', path: '/authorize', account: 'sam', status: 303 },
      { path: '/api/token', account: 'sam', grantType: 'authorization_code', status: 200, executed: true },
      { path: '/v1/me/player/play', account: 'alex', body: '{"uris":["nonsense"]}', status: 400, executed: false },
    ]);
    expect(calls.map(({ sequence }) => sequence)).toEqual(
      [0, 1, 2, 3].map((place) => (calls[0]?.sequence ?? 0) + place),
    );
    const text = JSON.stringify(calls);
    for (const secret of [
      code,
      verifier,
      'a-state',
      'harness-secret',
      ...(answer.text.match(/[AB]Q[\w-]{50,}/g) ?? []),
    ])
      expect(text).not.toContain(secret);
  });

  test('counts tokens, so that a test sees a refreshed one in use', async () => {
    const ordinalOf = async () => (await harness.control.calls({ path: '/v1/me' })).at(-1)?.tokenOrdinal ?? 0;
    const use = (token: string) => harness.send('GET', '/v1/me', { headers: { authorization: `Bearer ${token}` } });
    await use((await harness.control.login('alex', [])).accessToken);
    const first = await ordinalOf();
    await use((await harness.control.login('alex', [])).accessToken);
    expect(await ordinalOf()).toBe(first + 1);
  });

  test('waits for calls, and gives up when they do not come', async () => {
    const waiting = harness.control.waitForCalls(next, 2);
    await pressNext();
    await pressNext();
    expect(await waiting).toHaveLength(2);
    await expect(harness.control.waitForCalls({ path: '/v1/never' }, 1, 5)).rejects.toThrow('there were 0');
  });
});

describe('clocks', () => {
  test('letting a token age does not change the song, and the other way round', async () => {
    await harness.control.player('alex');
    await harness.control.advanceClock({ clock: 'tokens', advanceMs: 3_600_000 });
    expect(await song()).toBe('Low Tide');
    await harness.control.reset({ keepGrants: true });
    await harness.control.player('alex');
    await harness.control.advanceClock({ clock: 'players', advanceMs: 210_000 });
    expect(await song()).toBe('Two Left Shoes');
    expect((await harness.api('GET', '/v1/me')).status).toBe(200);
  });

  test('skew shows in the Date header and in timestamp', async () => {
    await harness.control.change({ clockSkewMs: 300_000 });
    const answer = await harness.api('GET', '/v1/me/player');
    expect(Date.parse(answer.headers.get('date') ?? '')).toBe(harness.now + 300_000);
    expect(answer.body).toMatchObject({ timestamp: harness.now + 300_000 });
  });
});
