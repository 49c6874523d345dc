/** @jest-environment node */
import { type Harness, redirectUri, startHarness } from '@/simulator/test-harness';

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness.stop());
beforeEach(() => harness.control.reset());

const form = { 'content-type': 'application/x-www-form-urlencoded' };

async function decide(decision: string, account: string, changes: Record<string, string | null> = {}) {
  const fields = harness.authorizeQuery(changes);
  fields.set('account', account);
  fields.set('decision', decision);
  return harness.send('POST', '/authorize', { headers: form, body: fields.toString() });
}

describe('GET /authorize', () => {
  test('shows the four accounts in a form that needs no script', async () => {
    const page = await harness.send('GET', `/authorize?${harness.authorizeQuery()}`);
    expect(page.status).toBe(200);
    for (const text of [
      'Simulated Spotify',
      'Alex Example',
      'Sam Example',
      'Robin Example',
      'Kim Example',
      'Agree',
      'Cancel',
    ])
      expect(page.text).toContain(text);
    expect(page.text).toContain('value="alex" checked');
    expect(page.text).not.toContain('<script');
    const policy = page.headers.get('content-security-policy');
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain('form-action');
  });

  test('carries hostile text through the page without letting it become markup', async () => {
    const page = await harness.send('GET', `/authorize?${harness.authorizeQuery({ state: '"><img src=x>' })}`);
    expect(page.text).not.toContain('<img');
    expect(page.text).toContain('&quot;&gt;&lt;img src=x&gt;');
  });

  test.each([
    [{ client_id: 'somebody-else' }, 'INVALID_CLIENT: Invalid client'],
    [{ client_id: null }, 'INVALID_CLIENT: Invalid client'],
    [{ redirect_uri: null }, 'INVALID_CLIENT: Invalid redirect URI'],
    [{ redirect_uri: `${redirectUri}/` }, 'INVALID_CLIENT: Invalid redirect URI'],
    [{ redirect_uri: 'http://localhost:3000/api/spotify/callback' }, 'INVALID_CLIENT: Insecure redirect URI'],
  ])('%j ends on a page, with no way back to the app', async (changes, text) => {
    const page = await harness.send('GET', `/authorize?${harness.authorizeQuery(changes)}`);
    expect(page.status).toBe(400);
    expect(page.headers.get('location')).toBeNull();
    expect(page.text).toContain(text);
  });

  test.each([
    [{ response_type: 'token' }, '#error=unsupported_response_type&state=a-state'],
    [{ response_type: 'id' }, '?error=unsupported_response_type&state=a-state'],
    [{ response_type: null }, '?error=invalid_request&state=a-state'],
    [{ scope: 'user-read-playback-state user-read-minds' }, '?error=invalid_scope&state=a-state'],
    [{ code_challenge_method: 'plain' }, '?error=invalid_request&state=a-state'],
    [{ code_challenge_method: null }, '?error=invalid_request&state=a-state'],
    [{ code_challenge: 'short' }, '?error=invalid_request&state=a-state'],
    [{ response_type: 'id', state: null }, '?error=unsupported_response_type'],
  ])('%j goes back to the app with %s', async (changes, tail) => {
    const answer = await harness.send('GET', `/authorize?${harness.authorizeQuery(changes)}`);
    expect(answer.status).toBe(303);
    expect(answer.headers.get('location')).toBe(redirectUri + tail);
  });
});

describe('the consent form', () => {
  test('agreeing brings a code and the state back', async () => {
    const answer = await decide('agree', 'alex');
    const location = new URL(answer.headers.get('location') ?? '');
    expect(answer.status).toBe(303);
    expect(location.origin + location.pathname).toBe(redirectUri);
    expect(location.searchParams.get('state')).toBe('a-state');
    expect(location.searchParams.get('code')).toMatch(/^AQ[\w-]{100,}$/);
  });

  test('cancelling brings access_denied and the state back, and no cookie', async () => {
    const answer = await decide('cancel', 'alex');
    expect(answer.headers.get('location')).toBe(`${redirectUri}?error=access_denied&state=a-state`);
    expect(answer.headers.get('set-cookie')).toBeNull();
  });

  test('a forged form is judged like any other request', async () => {
    const answer = await decide('agree', 'alex', { redirect_uri: 'https://evil.example/' });
    expect(answer.status).toBe(400);
    expect(answer.headers.get('location')).toBeNull();
  });
});

const signedIn = async (account = 'sam'): Promise<string> => {
  const answer = await decide('agree', account);
  return answer.headers.get('set-cookie')?.split(';')[0] ?? '';
};
const again = (cookie: string, changes: Record<string, string | null> = {}) =>
  harness.send('GET', `/authorize?${harness.authorizeQuery(changes)}`, { headers: { cookie } });

describe('somebody who has agreed before', () => {
  test('keeps a cookie that the app never sees', async () => {
    const answer = await decide('agree', 'sam');
    const port = new URL(harness.simulator.url).port;
    expect(answer.headers.get('set-cookie')).toBe(
      `simulated_spotify_${port}=sam; Path=/authorize; HttpOnly; SameSite=Lax`,
    );
  });

  test('is bounced straight back for the same scopes or fewer', async () => {
    const cookie = await signedIn();
    const answer = await again(cookie, { scope: 'user-read-playback-state' });
    expect(answer.status).toBe(303);
    expect(answer.headers.get('location')).toContain(`${redirectUri}?code=`);
  });

  test('sees the page again with show_dialog=true, for more scopes, after revoking, or as somebody new', async () => {
    const cookie = await signedIn();
    expect((await again(cookie, { show_dialog: 'true' })).text).toContain('value="sam" checked');
    expect((await again(cookie, { scope: 'playlist-read-private' })).status).toBe(200);
    expect((await again('')).status).toBe(200);
    await harness.control.revokeGrants('sam');
    expect((await again(cookie)).status).toBe(200);
  });
});
