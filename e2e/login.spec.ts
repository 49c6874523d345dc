import { faults } from '@/simulator/control-client';
import { answerConsent, connectSpotify, expectLive, joinByLink, songTitle, startRoom } from './fixtures/steps';
import { appUrl, expect, test } from './fixtures/test';

test('LG4 agreed: the song is there, and the address holds neither code nor state', async ({ host, spotify }) => {
  await startRoom(host);
  await connectSpotify(host, spotify);
  await expect(host.page).toHaveURL(/\/room\/[A-Z0-9]{6}$/);
  await host.page.goBack();
  await expect(host.page).not.toHaveURL(/[?&](code|state)=/);
});

test('cancelled: nothing has changed, and it can be tried again', async ({ host, spotify }) => {
  await startRoom(host);
  await answerConsent(host, spotify.displayName, 'Cancel');
  await expect(host.page.getByRole('alert').filter({ hasText: 'you cancelled there' })).toBeVisible();
  await expect(host.page.getByRole('link', { name: 'Connect Spotify' })).toBeVisible();
  await connectSpotify(host, spotify);
});

test('LG2 wrong state: no token is asked for', async ({ host, spotify }) => {
  await startRoom(host);
  const before = (await spotify.control.calls({ path: '/api/token', account: spotify.key })).length;
  await host.page.getByRole('link', { name: 'Connect Spotify' }).click();
  await host.page.getByRole('radio', { name: spotify.displayName }).check();
  // What comes back is the state of nobody's login.
  await host.page.locator('input[name="state"]').evaluate((field) => field.setAttribute('value', 'x'.repeat(43)));
  await host.page.getByRole('button', { name: 'Agree' }).click();
  await expect(host.page.getByRole('alert').filter({ hasText: 'too old or came from another tab' })).toBeVisible();
  expect(await spotify.control.calls({ path: '/api/token', account: spotify.key })).toHaveLength(before);
});

test('not on the allow list: the host is told who can help', async ({ host }) => {
  await startRoom(host);
  await answerConsent(host, 'Robin', 'Agree');
  await expect(host.page.getByRole('alert').filter({ hasText: 'add it to the allow list' })).toBeVisible();
  await expect(host.page.getByRole('link', { name: 'Connect Spotify' })).toBeVisible();
});

test('token endpoint down: nothing has changed, and it works when it is back', async ({ host, spotify }) => {
  await startRoom(host);
  await spotify.control.addRule({
    when: { path: '/api/token', account: spotify.key },
    times: 1,
    ...faults.tokenOutage(),
  });
  await answerConsent(host, spotify.displayName, 'Agree');
  await expect(host.page.getByRole('alert').filter({ hasText: 'could not be connected just now' })).toBeVisible();
  // Spotify remembers the consent and sends the browser straight back.
  await host.page.getByRole('link', { name: 'Connect Spotify' }).click();
  await expect(songTitle(host.page)).toBeVisible();
});

test('TK1 the token passes its hour while the room is in use: one refresh, and nobody notices', async ({
  host,
  guest,
  spotify,
}) => {
  const code = await startRoom(host, { guestsCanPause: true });
  await connectSpotify(host, spotify);
  await joinByLink(guest, code, 'Bob');
  await spotify.control.expireTokens(spotify.key);
  await guest.page.getByRole('button', { name: 'Pause' }).click();
  await expect(host.page.getByRole('button', { name: 'Play', exact: true })).toBeVisible();
  await expect.poll(async () => (await spotify.control.player(spotify.key)).playing).toBe(false);
  const refreshes = await spotify.control.calls({ account: spotify.key, grantType: 'refresh_token' });
  expect(refreshes).toHaveLength(1);
  await expect(guest.page.getByRole('status').filter({ hasText: 'Spotify' })).toHaveCount(0);
});

test('TK4 a revoked grant: the room says so, and one press brings the remote back', async ({
  host,
  guest,
  spotify,
}) => {
  const code = await startRoom(host);
  await connectSpotify(host, spotify);
  await joinByLink(guest, code, 'Bob');
  await spotify.control.revokeGrants(spotify.key, { accessTokens: true });
  await expect(guest.page.getByText('Spotify asks the host to log in again.')).toBeVisible({ timeout: 15_000 });
  await expect(songTitle(guest.page)).toBeVisible();
  await answerConsent(host, spotify.displayName, 'Agree');
  await expectLive(host.page);
  await expect(guest.page.getByText('Spotify asks the host to log in again.')).toBeHidden();
});

test('LG7 the same Spotify account on another device gets the room', async ({ host, arrive, spotify }) => {
  const code = await startRoom(host);
  await connectSpotify(host, spotify);
  const phone = await arrive({ viewport: { width: 390, height: 844 } });
  await phone.page.goto('/');
  await phone.page.getByRole('link', { name: 'Log in with Spotify to get your room back' }).click();
  await phone.page.getByRole('radio', { name: spotify.displayName }).check();
  await phone.page.getByRole('button', { name: 'Agree' }).click();
  await phone.page.waitForURL(`${appUrl()}/room/${code}**`);
  await expect(phone.page.getByRole('button', { name: 'Settings' })).toBeVisible();
  // The laptop goes on as a guest, without a reload.
  await expect(host.page.getByRole('button', { name: 'Settings' })).toHaveCount(0);
  await expect(host.page.getByRole('button', { name: 'Leave' })).toBeVisible();
  await expect(host.page.getByText('You are a guest here now')).toBeVisible();
});

test('no room to get back: home says so, and can disconnect', async ({ guest, spotify }) => {
  const { page } = guest;
  await page.goto('/');
  await page.getByRole('link', { name: 'Log in with Spotify to get your room back' }).click();
  await page.getByRole('radio', { name: spotify.displayName }).check();
  await page.getByRole('button', { name: 'Agree' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'no room of this account' })).toBeVisible();
  await page.getByRole('button', { name: 'Disconnect Spotify' }).click();
  await page.getByRole('button', { name: 'Disconnect', exact: true }).click();
  await expect(page.getByRole('link', { name: 'Log in with Spotify to get your room back' })).toBeVisible();
});

test('LG8 disconnecting: the room stays, without music', async ({ host, guest, spotify }) => {
  const code = await startRoom(host);
  await connectSpotify(host, spotify);
  await joinByLink(guest, code, 'Bob');
  await host.page.getByRole('button', { name: 'Settings' }).click();
  await host.page.getByRole('button', { name: 'Disconnect Spotify' }).click();
  await host.page.getByRole('button', { name: 'Disconnect', exact: true }).click();
  await host.page.keyboard.press('Escape');
  await expect(host.page.getByRole('link', { name: 'Connect Spotify' })).toBeVisible();
  await expect(guest.page.getByText('Spotify is not connected.')).toBeVisible();
  // Spotify would silently take the same account again.
  await host.page.getByRole('link', { name: 'Use another Spotify account' }).first().click();
  await expect(host.page.getByRole('radio', { name: spotify.displayName })).toBeVisible();
});
