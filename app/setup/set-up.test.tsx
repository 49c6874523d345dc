import { act } from '@testing-library/react';
import { RoomPage } from '@/testing/people/room-page';
import { makeView } from '@/testing/people/room-view';
import { SetUp } from './set-up';

let page: RoomPage;
beforeEach(() => {
  page = new RoomPage();
});
afterEach(() => page.close());

const clientId = '0123456789abcdef0123456789abcdef';
const redirectUri = 'http://app.example/api/spotify/callback';
const unused = { own: null, operator: true, allowed: true, redirectUri };
const chosen = { ...unused, own: { clientId } };
const atFirst = { used: unused, account: null, stranded: false, returnTo: '/', simulated: false, outcome: undefined };
const show = (change: Partial<Parameters<typeof SetUp>[0]> = {}) =>
  page.show(makeView(), <SetUp {...atFirst} {...change} />);
const field = (): HTMLInputElement => document.querySelector('input') ?? document.createElement('input');
const sent = (): string[] =>
  page.calls
    .filter(({ method }) => method !== 'GET')
    .map(({ method, path, body }) => `${method} ${path} ${JSON.stringify(body ?? null)}`);
const login = () => page.find('link', 'Log in with Spotify');

async function paste(text: string): Promise<void> {
  await page.type(field(), text);
  await page.press('Use this app');
}

test('AP9 the way: what to register, and then what to check', async () => {
  await show({ returnTo: '/room/BCD234' });
  expect(page.text).toContain(redirectUri);
  expect(page.find('link', 'developer.spotify.com/dashboard')?.getAttribute('href')).toBe(
    'https://developer.spotify.com/dashboard',
  );
  expect(login()).toBeNull();
  page.answer('PUT /api/spotify/app', { body: chosen });
  page.answer('GET /api/spotify/app', { body: chosen });
  await paste(`  ${clientId.toUpperCase()}\n`);
  expect(sent()).toEqual([`PUT /api/spotify/app {"clientId":"${clientId.toUpperCase()}"}`]);
  expect(page.text).toContain(`In use: your app ${clientId}.`);
  expect(login()?.getAttribute('href')).toBe(
    '/api/spotify/authorize?returnTo=/setup%3FreturnTo%3D%252Froom%252FBCD234',
  );
});

test.each([
  ['', 'Paste the client id here.'],
  [redirectUri, 'That is an address.'],
  [clientId.slice(1), 'that has 31'],
  [`${clientId.slice(1)}x`, 'the letters a to f'],
])('AP9 what cannot be a client id is said under the field, and asks nobody: %j', async (text, words) => {
  await show();
  if (text === '') await page.press('Use this app');
  else await paste(text);
  expect(page.find('alert', '')?.textContent).toContain(words);
  expect(page.calls).toEqual([]);
});

test('AP9 a refusal of the app’s is said there as well', async () => {
  page.answer('PUT /api/spotify/app', { status: 409, body: { code: 'own_app_off', detail: 'Not here.' } });
  await show();
  await paste(clientId);
  expect(page.find('alert', '')?.textContent).toBe('Not here.');
});

test('AP9 a login that did not come back: what Spotify said on its own page, and what mends it', async () => {
  await show({ used: chosen });
  expect(page.text).not.toContain('INVALID_CLIENT');
  // Somebody went back by hand, to the page as it was left.
  await act(async () => window.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: true })));
  for (const words of ['Invalid client', 'client secret looks just like it', 'Invalid redirect URI']) {
    expect(page.text).toContain(words);
  }
  await page.close();
  page = new RoomPage();
  await show({ used: chosen, stranded: true });
  expect(page.text).toContain('INVALID_CLIENT: Invalid redirect URI');
});

test.each([
  ['own_app_not_allowed', 'Log in with the account that made the app'],
  ['own_app_not_premium', 'needs an active Premium plan'],
  ['own_app_refused', 'Spotify does not know your app'],
  ['denied', 'you cancelled there'],
])('AP9 a login that failed is said at the check: %s', async (outcome, words) => {
  await show({ used: chosen, outcome });
  expect(page.find('alert', '')?.textContent).toContain(words);
  expect(login()).not.toBeNull();
});

test('AP9 it works: who is connected, and the way back; another app would change that, and is not taken for it', async () => {
  await show({ used: chosen, account: 'Alex', outcome: 'connected', returnTo: '/room/BCD234' });
  expect(page.text).toContain('It works: Alex is connected through your app.');
  expect(page.find('link', 'Back to the room')?.getAttribute('href')).toBe('/room/BCD234');
  expect(page.text).toContain('Another app disconnects it');
  const other = { ...chosen, own: { clientId: 'f'.repeat(32) } };
  page.answer('PUT /api/spotify/app', { body: other });
  page.answer('GET /api/spotify/app', { body: other });
  await paste('f'.repeat(32));
  expect(page.text).not.toContain('It works');
  expect(login()).not.toBeNull();
});

test('AP4 going back to the site’s app is asked once more, because what hangs on the own one is forgotten', async () => {
  await show({ used: chosen });
  await page.press('Use the app of this site');
  expect([sent(), page.text.includes('forgets its queue')]).toEqual([[], true]);
  await page.press('Keep mine');
  await page.close();
  page = new RoomPage();
  await show({ used: { ...unused, operator: false } });
  expect(page.text).toContain('This site has no Spotify app of its own.');
});
