import type { Page } from '@playwright/test';
import { songTitle, startRoom } from './fixtures/steps';
import { expect, test } from './fixtures/test';

/** The browser keeps no cookies and no storage, as it does when it was told to block them. */
async function blockCookies(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setDocumentCookieDisabled', { disabled: true });
  await page.addInitScript(() => {
    for (const name of ['localStorage', 'sessionStorage'])
      Object.defineProperty(window, name, {
        get: () => {
          throw new DOMException('Access is denied for this document.', 'SecurityError');
        },
      });
  });
}

test('MB6 a browser that keeps no cookies is told so, and leaves nobody behind', async ({ host, guest }) => {
  const code = await startRoom(host);
  const { page } = guest;
  await blockCookies(page);
  await page.goto(`/room/${code}`);
  await page.getByRole('textbox', { name: 'Your name' }).fill('Nora');
  const told = page.getByRole('alert').filter({ hasText: 'keeps no cookies' });
  for (let times = 0; times < 3; times += 1) {
    await page.getByRole('button', { name: 'Join the room' }).click();
    await expect(told).toBeVisible();
  }
  const { snapshot } = await (await host.page.request.get(`/api/rooms/${code}`)).json();
  expect(snapshot.memberCount).toBe(1);
  await page.goto('/');
  await page.getByRole('button', { name: 'Start the room' }).click();
  await expect(told).toBeVisible();
});

test('LG9 Spotify opens another browser: that one says so, and the first one goes on', async ({
  host,
  guest,
  spotify,
}) => {
  await startRoom(host, { name: 'Secret cellar' });
  await host.page.getByRole('link', { name: 'Connect Spotify' }).click();
  await guest.page.goto(host.page.url());
  await guest.page.getByRole('radio', { name: spotify.displayName }).check();
  await guest.page.getByRole('button', { name: 'Agree' }).click();
  await expect(
    guest.page.getByRole('alert').filter({ hasText: 'another browser than the one you began in' }),
  ).toBeVisible();
  await expect(guest.page.getByText('Secret cellar')).toHaveCount(0);
  await host.page.getByRole('radio', { name: spotify.displayName }).check();
  await host.page.getByRole('button', { name: 'Agree' }).click();
  await expect(songTitle(host.page)).toBeVisible();
});
