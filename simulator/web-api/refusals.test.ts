/** @jest-environment node */
import { type Harness, startHarness } from '@/simulator/test-harness';

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness.stop());
beforeEach(() => harness.control.reset());

const error = (status: number, message: string, reason?: string) => ({
  error: { status, message, ...(reason === undefined ? {} : { reason }) },
});

async function withScopes(scopes: readonly string[], method: string, path: string, account = 'alex', body?: string) {
  const { accessToken } = await harness.control.login(account, scopes);
  const headers = { authorization: `Bearer ${accessToken}` };
  return harness.send(method, path, { headers, ...(body === undefined ? {} : { body }) });
}

describe('tokens', () => {
  test.each([
    [{}, 'No token provided'],
    [{ authorization: 'Bearer nonsense' }, 'Invalid access token'],
    [{ authorization: 'Basic YTpi' }, 'Invalid access token'],
  ])('%j is 401', async (headers, message) => {
    const answer = await harness.send('GET', '/v1/me', { headers });
    expect(answer.status).toBe(401);
    expect(answer.body).toEqual(error(401, message));
  });

  test('an access token that a test expires is refused, the next one is not', async () => {
    expect((await harness.api('GET', '/v1/me', undefined, 'sam')).status).toBe(200);
    expect(await harness.control.expireTokens('alex')).toBe(0);
    expect(await harness.control.expireTokens()).toBe(1);
    expect((await harness.api('GET', '/v1/me', undefined, 'sam')).body).toEqual(error(401, 'The access token expired'));
    expect((await withScopes([], 'GET', '/v1/me')).status).toBe(200);
  });
});

describe('scopes', () => {
  test.each(['/v1/me/player', '/v1/me/player/devices', '/v1/me/player/currently-playing', '/v1/me/player/queue'])(
    'GET %s without its scope is 401, which no refresh cures',
    async (path) => {
      expect((await withScopes([], 'GET', path)).body).toEqual(error(401, 'Permissions missing'));
    },
  );

  test.each([
    ['PUT', '/v1/me/player/pause'],
    ['GET', '/v1/me/playlists'],
    ['POST', '/v1/me/playlists'],
  ])('%s %s without its scope is 403', async (method, path) => {
    expect((await withScopes([], method, path)).body).toEqual(error(403, 'Insufficient client scope'));
  });

  test('search and profile need none', async () => {
    expect((await withScopes([], 'GET', '/v1/search?q=tide&type=track')).status).toBe(200);
    expect((await withScopes([], 'GET', '/v1/me')).status).toBe(200);
  });
});

describe('accounts', () => {
  const scopes = ['user-read-playback-state', 'user-modify-playback-state'];

  test('somebody not on the allow list gets plain text, on every call', async () => {
    for (const path of ['/v1/me', '/v1/me/player']) {
      const answer = await withScopes(scopes, 'GET', path, 'robin');
      expect(answer.status).toBe(403);
      expect(answer.body).toBeNull();
      expect(answer.text).toBe('User not registered in the Developer Dashboard');
    }
  });

  test('a free account reads and may not command', async () => {
    expect((await withScopes(scopes, 'GET', '/v1/me/player', 'kim')).status).toBe(200);
    expect((await withScopes(scopes, 'PUT', '/v1/me/player/pause', 'kim')).body).toEqual(
      error(403, 'Player command failed: Premium required', 'PREMIUM_REQUIRED'),
    );
  });

  test('an owner without Premium stops the whole app, as plain text', async () => {
    await harness.control.change({ ownerHasPremium: false });
    const answer = await withScopes(scopes, 'GET', '/v1/me');
    expect(answer.status).toBe(403);
    expect(answer.text).toMatch(/^Active premium subscription required for the owner of the app\./);
  });

  test('a test may bring accounts of its own', async () => {
    await harness.control.addAccount({ key: 'host-7', displayName: 'Seventh Host' });
    expect((await withScopes([], 'GET', '/v1/me', 'host-7')).body).toMatchObject({ display_name: 'Seventh Host' });
    expect((await withScopes(scopes, 'GET', '/v1/me/player', 'host-7')).body).toMatchObject({ is_playing: true });
  });
});

describe('answer profiles', () => {
  const gone = ['country', 'email', 'explicit_content', 'followers', 'product'];

  test('a new development-mode app does not get what was removed', async () => {
    const { body } = await withScopes([], 'GET', '/v1/me');
    expect(body).toMatchObject({ display_name: 'Alex Example', account_id: expect.stringMatching(/^\w{10}$/) });
    for (const name of gone) expect(body).not.toHaveProperty(name);
    expect((await withScopes([], 'GET', '/v1/search?q=tide&type=track')).text).not.toContain('available_markets');
  });

  test('an extended app gets everything, under old and new names', async () => {
    await harness.control.change({ profile: 'extended' });
    const { body } = await withScopes([], 'GET', '/v1/me');
    for (const name of gone) expect(body).toHaveProperty(name);
    expect((await withScopes([], 'GET', '/v1/search?q=tide&type=track&limit=50')).text).toContain('available_markets');
  });
});

describe('routes', () => {
  test.each([
    ['GET', '/v1/tracks?ids=1,2'],
    ['GET', '/v1/albums?ids=1'],
    ['GET', '/v1/browse/categories/x/playlists'],
    ['GET', '/v1/markets'],
    ['GET', '/v1/users/somebody'],
    ['POST', '/v1/users/somebody/playlists'],
    ['GET', '/v1/artists/x/top-tracks'],
    ['GET', '/v1/playlists/0000000000000000000000/tracks'],
  ])('%s %s was removed: 403', async (method, path) => {
    expect((await withScopes(['playlist-read-private'], method, path)).body).toEqual(error(403, 'Forbidden'));
  });

  test('an unknown route is 404, a wrong method 405', async () => {
    expect((await withScopes([], 'GET', '/v1/me/playerr')).status).toBe(404);
    expect((await withScopes([], 'POST', '/v1/me/player/pause')).status).toBe(405);
    expect((await harness.send('GET', '/api/token')).status).toBe(405);
    expect((await harness.send('GET', '/elsewhere')).status).toBe(404);
  });
});
