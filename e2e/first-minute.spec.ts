import type { Page } from '@playwright/test';
import { joinByLink, songTitle, startRoom } from './fixtures/steps';
import { expect, test } from './fixtures/test';

const insideInstagram =
  'Mozilla/5.0 (Linux; Android 13; SM-G991B Build/TP1A.220624.014; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/124.0.6367.82 Mobile Safari/537.36 Instagram 332.0.0.38.90 Android (33/13; 480dpi; 1080x2106; samsung; SM-G991B; o1s; exynos2100; en_GB; 600612141; IABMV/1)';

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

test('MB7 a page inside another app leads out of it before anybody joins or logs in', async ({ arrive }) => {
  const { page, complaints } = await arrive({ userAgent: insideInstagram });
  const wayOut = page.getByRole('link', { name: 'Open in your browser' });
  await page.goto('/');
  await expect(wayOut).toBeVisible();
  const code = await startRoom({ page, complaints });
  await expect(wayOut).toHaveAttribute('href', new RegExp(`^intent://[\\d.:]+/room/${code}#Intent;scheme=http;`));
  const guest = await arrive({ userAgent: insideInstagram });
  await guest.page.goto(`/room/${code}`);
  await expect(guest.page.getByText('This page is open inside Instagram,')).toBeVisible();
  await joinByLink(guest, code, 'Nora');
  await expect(guest.page.getByText('This page is open inside')).toHaveCount(0);
});

test('AD5 the host’s page hears whether a phone has come; nobody else’s does', async ({ host, guest }) => {
  const code = await startRoom(host);
  await joinByLink(guest, code, 'Nora');
  const answer = await host.page.request.get(`/room/${code}/phones`);
  const { invite } = await answer.json();
  expect(answer.status()).toBe(200);
  await host.page.getByRole('button', { name: 'Invite' }).click();
  const panel = host.page.getByRole('dialog', { name: 'Invite' });
  // A machine without a network has no such address.
  await expect(panel.getByText('No phone has come through this address yet.')).toHaveCount(invite.length > 0 ? 1 : 0);
  const refused = await guest.page.request.get(`/room/${code}/phones`);
  expect([refused.status(), (await refused.json()).code]).toEqual([403, 'host_only']);
});
