/** @jest-environment node */
import { type Harness, redirectUri, startHarness, verifier } from '@/simulator/test-harness';

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness.stop());
beforeEach(() => harness.control.reset());

const minute = 60_000;
const basicOf = (text: string) => ({ authorization: `Basic ${Buffer.from(text).toString('base64')}` });

const exchange = (code: string, changes: Record<string, string> = {}, headers: Record<string, string> = {}) =>
  harness.token(
    { grant_type: 'authorization_code', code, redirect_uri: redirectUri, code_verifier: verifier, ...changes },
    headers,
  );
const refresh = (token: string) => harness.token({ grant_type: 'refresh_token', refresh_token: token });
const me = (token: string) => harness.send('GET', '/v1/me', { headers: { authorization: `Bearer ${token}` } });

/** A field of a JSON answer as text. */
const field = (answer: { body: unknown }, name: string): string => {
  const value = new Map(Object.entries(answer.body ?? {})).get(name);
  return typeof value === 'string' ? value : '';
};

describe('code exchange', () => {
  test('gives an hour, the scopes and a refresh token, and is not to be stored', async () => {
    const answer = await exchange(await harness.agree());
    expect(answer.status).toBe(200);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.body).toEqual({
      access_token: expect.stringMatching(/^BQ/),
      token_type: 'Bearer',
      scope: 'user-read-playback-state user-modify-playback-state',
      expires_in: 3600,
      refresh_token: expect.stringMatching(/^AQ/),
    });
    expect((await me(field(answer, 'access_token'))).status).toBe(200);
  });

  test('a code works once', async () => {
    const code = await harness.agree();
    expect((await exchange(code)).status).toBe(200);
    const second = await exchange(code);
    expect(second.status).toBe(400);
    expect(second.body).toEqual({ error: 'invalid_grant', error_description: 'Invalid authorization code' });
  });

  test('a code expires', async () => {
    const code = await harness.agree();
    harness.now += minute;
    expect((await exchange(code)).body).toEqual({
      error: 'invalid_grant',
      error_description: 'Authorization code expired',
    });
  });

  test('another redirect URI is refused', async () => {
    const answer = await exchange(await harness.agree(), {
      redirect_uri: 'https://roomtone.example/api/spotify/callback',
    });
    expect(answer.body).toEqual({ error: 'invalid_grant', error_description: 'Invalid redirect URI' });
  });

  test('a wrong, missing or unasked verifier is refused', async () => {
    const refused = { error: 'invalid_grant', error_description: 'code_verifier was incorrect' };
    expect((await exchange(await harness.agree(), { code_verifier: `${verifier}x` })).body).toEqual(refused);
    const code = await harness.agree();
    expect((await harness.token({ grant_type: 'authorization_code', code, redirect_uri: redirectUri })).body).toEqual(
      refused,
    );
    const plain = await harness.agree('alex', { code_challenge: null, code_challenge_method: null });
    expect((await exchange(plain)).body).toEqual(refused);
  });

  test.each([
    ['stranger:harness-secret', 'Invalid client'],
    ['harness-client:wrong', 'Invalid client secret'],
    ['harness-client', 'Invalid client secret'],
  ])('credentials %s are refused with "%s", and the code stays good', async (credentials, description) => {
    const code = await harness.agree();
    const refused = await exchange(code, {}, basicOf(credentials));
    expect(refused.status).toBe(400);
    expect(refused.body).toEqual({ error: 'invalid_client', error_description: description });
    expect((await exchange(code)).status).toBe(200);
  });

  test('credentials in their form-encoded spelling are taken', async () => {
    expect((await exchange(await harness.agree(), {}, basicOf('harness%2Dclient:harness%2Dsecret'))).status).toBe(200);
  });

  test.each([
    [{ grant_type: 'password' }, 'unsupported_grant_type'],
    [{ code: 'x' }, 'unsupported_grant_type'],
    [{ grant_type: 'authorization_code', redirect_uri: redirectUri }, 'invalid_request'],
    [{ grant_type: 'refresh_token' }, 'invalid_request'],
  ])('%j is %s', async (form, error) => {
    const answer = await harness.token(form);
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ error });
  });

  test('JSON instead of a form is refused', async () => {
    const answer = await harness.token({ grant_type: 'refresh_token' }, { 'content-type': 'application/json' });
    expect(answer.body).toMatchObject({ error: 'invalid_request' });
  });
});

describe('refresh', () => {
  const scopes = ['user-read-playback-state'];

  test('leaves refresh_token out, and the old one stays good', async () => {
    const { refreshToken } = await harness.control.login('alex', scopes);
    const first = await refresh(refreshToken);
    expect(first.status).toBe(200);
    expect(first.body).not.toHaveProperty('refresh_token');
    expect((await refresh(refreshToken)).status).toBe(200);
    expect((await me(field(first, 'access_token'))).status).toBe(200);
  });

  test('with rotation brings a new one and ends the old at once', async () => {
    await harness.control.change({ refreshMode: 'rotate' });
    const { refreshToken } = await harness.control.login('alex', scopes);
    const next = field(await refresh(refreshToken), 'refresh_token');
    expect((await refresh(refreshToken)).body).toEqual({
      error: 'invalid_grant',
      error_description: 'Refresh token revoked',
    });
    expect((await refresh(next)).status).toBe(200);
  });

  test('an access token ends after its hour, a refreshed one goes on', async () => {
    const { accessToken, refreshToken } = await harness.control.login('alex', scopes);
    await harness.control.advanceClock({ clock: 'tokens', advanceMs: 60 * minute });
    const expired = await me(accessToken);
    expect(expired.status).toBe(401);
    expect(expired.body).toEqual({ error: { status: 401, message: 'The access token expired' } });
    expect((await me(field(await refresh(refreshToken), 'access_token'))).status).toBe(200);
  });

  test('ends six months after the consent, however often it was used', async () => {
    const { refreshToken } = await harness.control.login('alex', scopes);
    await harness.control.advanceClock({ clock: 'tokens', advanceMonths: 6, advanceMs: -1000 });
    expect((await refresh(refreshToken)).status).toBe(200);
    await harness.control.advanceClock({ clock: 'tokens', advanceMs: 1000 });
    expect((await refresh(refreshToken)).body).toEqual({
      error: 'invalid_grant',
      error_description: 'Refresh token expired',
    });
  });

  test('revoking ends the refresh token; an access token runs out by itself, or at once when asked', async () => {
    const tokens = await harness.control.login('alex', scopes);
    expect(await harness.control.revokeGrants('alex')).toBe(1);
    expect((await refresh(tokens.refreshToken)).body).toMatchObject({ error_description: 'Refresh token revoked' });
    expect((await me(tokens.accessToken)).status).toBe(200);
    await harness.control.revokeGrants('alex', { accessTokens: true });
    expect((await me(tokens.accessToken)).body).toEqual({ error: { status: 401, message: 'Invalid access token' } });
  });

  test('a made-up refresh token is refused', async () => {
    expect((await refresh('AQnonsense')).body).toEqual({
      error: 'invalid_grant',
      error_description: 'Invalid refresh token',
    });
  });

  test('can widen the scopes to everything the account ever granted', async () => {
    const narrow = await exchange(await harness.agree('alex', { scope: 'user-read-playback-state' }));
    await harness.agree('alex', { scope: 'playlist-read-private' });
    await harness.control.change({ refreshWidensScope: true });
    expect(field(await refresh(field(narrow, 'refresh_token')), 'scope')).toBe(
      'user-read-playback-state playlist-read-private',
    );
  });
});
