import { devices } from '@playwright/test';
import { connectSpotify, joinByLink, skipBar, startRoom } from './fixtures/steps';
import { expect, test } from './fixtures/test';

const phone = { ...devices['Pixel 7'], viewport: { width: 390, height: 844 } };

test('on a phone nothing runs off the side, and everything is large enough for a thumb', async ({
  host,
  arrive,
  spotify,
}) => {
  const code = await startRoom(host, { guestsCanPause: true });
  await connectSpotify(host, spotify);
  const guest = await arrive(phone);
  await joinByLink(guest, code, 'Bob');
  await skipBar(guest.page).tap();
  await expect(skipBar(host.page)).toHaveText(/Skip, 1 of 2/);
  for (const path of [`/room/${code}`, '/privacy', '/terms', '/setup', '/pair#BCDFGH', '/tv']) {
    await guest.page.goto(path);
    await expect(guest.page.getByRole('heading', { level: 1 })).toBeVisible();
    const overflow = await guest.page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
  }
  await guest.page.goto(`/room/${code}`);
  for (const button of await guest.page.getByRole('button').all()) {
    const box = await button.boundingBox();
    expect(box?.height ?? 44).toBeGreaterThanOrEqual(44);
    expect(box?.width ?? 44).toBeGreaterThanOrEqual(44);
  }
});

test('Back closes a panel and stays in the room; so does anything else that closes it', async ({ host, guest }) => {
  const code = await startRoom(host);
  await joinByLink(guest, code, 'Bob');
  const { page } = guest;
  const panel = page.getByRole('dialog');
  await page.getByRole('button', { name: 'Invite' }).click();
  await expect(panel).toBeVisible();
  await page.goBack();
  await expect(panel).toBeHidden();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Kitchen');
  for (const name of ['Invite', 'People']) {
    await page.getByRole('button', { name }).click();
    await expect(panel).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(panel).toBeHidden();
  }
  // No step is left over: Back leads to where the room was entered from.
  await page.goBack();
  await expect(page).not.toHaveURL(/\/room\//);
});

test('leaving is asked once more', async ({ host, guest }) => {
  const code = await startRoom(host);
  await joinByLink(guest, code, 'Bob');
  await guest.page.getByRole('button', { name: 'Leave' }).click();
  await guest.page.getByRole('button', { name: 'Stay' }).click();
  await guest.page.getByRole('button', { name: 'Leave' }).click();
  await guest.page.getByRole('button', { name: 'Leave the room' }).click();
  await guest.page.waitForURL(/\/$/);
});

test('by keyboard alone: into a panel, out of it, and the room’s keys', async ({ host, guest, spotify }) => {
  const code = await startRoom(host);
  await connectSpotify(host, spotify);
  await joinByLink(guest, code, 'Bob');
  await expect(guest.page.getByRole('heading', { level: 1 })).toBeFocused();
  await guest.page.getByRole('button', { name: 'Invite' }).focus();
  await guest.page.keyboard.press('Enter');
  const panel = guest.page.getByRole('dialog', { name: 'Invite' });
  await expect(panel).toBeVisible();
  await expect(panel.getByText(code, { exact: true })).toBeVisible();
  await guest.page.keyboard.press('Escape');
  await expect(panel).toBeHidden();
  await expect(guest.page.getByRole('button', { name: 'Invite' })).toBeFocused();
  await guest.page.locator('body').click({ position: { x: 5, y: 400 } });
  await guest.page.keyboard.press('s');
  await expect(skipBar(guest.page)).toHaveAttribute('aria-pressed', 'true');
  await guest.page.keyboard.press('?');
  await expect(guest.page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
});
