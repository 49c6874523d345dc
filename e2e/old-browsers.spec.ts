import type { BrowserContext } from '@playwright/test';
import { connectSpotify, expectLive, joinByLink, skipBar, songTitle, startRoom } from './fixtures/steps';
import { appUrl, expect, test } from './fixtures/test';

/*
 * In real old builds of Chromium, for `npm run test:browsers`. Below the floor of the README each page says so in one sentence; from the
 * floor on everything works.
 */

/** The floor of the README. */
const oldestSupported = 111;

const tooOld = /^This browser is too old for Roomtone/;
const television = { width: 1280, height: 720 };

const isOld = (version: string): boolean => Number.parseInt(version, 10) < oldestSupported;

async function start(context: BrowserContext): Promise<string> {
  const answer = await context.request.post('/api/rooms', { data: { name: 'Kitchen' }, headers: { origin: appUrl() } });
  return (await answer.json()).room.code;
}

test('SC10 below the floor every page says so, on a phone and on a TV', async ({ browser }) => {
  test.skip(!isOld(browser.version()), 'It is new enough.');
  const context = await browser.newContext({ baseURL: appUrl(), viewport: television });
  const page = await context.newPage();
  await page.goto('/');
  await expect(page.getByText(tooOld)).toBeInViewport();
  const code = await start(context);
  for (const path of [`/room/${code}`, `/room/${code}/display`, '/tv']) {
    await page.goto(path);
    await expect(page.getByText(tooOld)).toBeInViewport();
    await page.screenshot({ path: test.info().outputPath(`${path.replaceAll('/', '-')}.png`) });
  }
  await context.close();
});

test('SC10 from the floor on rooms work, on a phone and on a TV', async ({ browser, host, guest, arrive, spotify }) => {
  test.skip(isOld(browser.version()), 'It is too old.');
  const code = await startRoom(host);
  await connectSpotify(host, spotify);
  await joinByLink(guest, code, 'Bob');
  const tv = await arrive({ viewport: television });
  await tv.page.goto('/tv');
  const symbols = tv.page.locator('p[data-code]');
  await expect(symbols).toHaveText(/^[B-Z2-9]{6}$/);
  await expect(symbols).toBeInViewport({ ratio: 1 });
  await expect(tv.page.getByText(tooOld)).toBeHidden();
  await tv.page.screenshot({ path: test.info().outputPath('tv-code.png') });
  await host.page.goto(`/pair#${await symbols.textContent()}`);
  await host.page.getByRole('button', { name: 'Show it there' }).click();
  await expectLive(tv.page);
  await host.page.getByRole('link', { name: 'Back to the room' }).click();
  await expectLive(host.page);
  await skipBar(guest.page).click();
  await expect(tv.page.getByText('Skip, 1 of 2')).toBeInViewport();
  await expect(tv.page.getByText(code, { exact: true })).toBeInViewport({ ratio: 1 });
  await expect(tv.page.getByRole('img', { name: /^QR code/ })).toBeInViewport({ ratio: 1 });
  const before = (await songTitle(host.page).textContent()) ?? '';
  await host.page.getByRole('button', { name: 'Next song' }).click();
  await expect(tv.page.getByRole('heading', { level: 2 })).not.toHaveText(before);
  for (const { page } of [host, guest, tv]) await expect(page.getByText(tooOld)).toBeHidden();
  for (const button of [/^Invite/, 'Settings', 'Devices']) {
    await host.page.getByRole('button', { name: button }).first().click();
    await expect(host.page.getByRole('dialog')).toBeVisible();
    await host.page.keyboard.press('Escape');
  }
  await tv.page.screenshot({ path: test.info().outputPath('tv.png') });
});
