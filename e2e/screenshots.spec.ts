import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { faults } from '@/simulator/control-client';
import { addSongs, answerConsent, expectLive, joinByLink, skipBar, startRoom } from './fixtures/steps';
import { expect, type Person, test } from './fixtures/test';

/*
 * Walks through the app as a host and three guests and takes a picture of every screen, on a phone and on a desktop. Of the project that
 * `npm run screenshots` runs:
 *
 *   npm run screenshots                           the pictures of the README, dark
 *   PICTURES=FOLDER THEME=light npm run screenshots   every picture, in that theme, into a folder
 */

const phone = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };
const desktop = { viewport: { width: 1280, height: 800 }, deviceScaleFactor: 1 };
const television = { width: 1280, height: 720 };

/** The account at the simulated Spotify whose music is shown. */
const account = 'Alex Example';

/** What the README shows; the others are for looking at while working on the screens. */
const inReadme = new Set([
  'home-phone',
  'home-desktop',
  'setup-desktop',
  'join-phone',
  'connect-desktop',
  'room-host-desktop',
  'room-guest-phone',
  'settings-desktop',
  'devices-desktop',
  'invite-phone',
  'search-phone',
  'queue-phone',
  'trouble-phone',
  'tv',
]);

const folder = process.env['PICTURES'];

async function shoot(page: Page, name: string): Promise<void> {
  if (folder === undefined && !inReadme.has(name)) return;
  await page.mouse.move(0, 0);
  // The ring around the button that was pressed last is for keyboards, not for pictures.
  await page.evaluate(async () => {
    if (document.activeElement instanceof HTMLButtonElement) document.activeElement.blur();
    await document.fonts.ready;
  });
  const path = join(folder ?? 'docs/screenshots', `${name}.png`);
  await page.screenshot({ path, animations: 'disabled', caret: 'initial' });
}

async function closePanel(page: Page): Promise<void> {
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
}

/** Opens a panel, takes its picture and closes it. */
async function shootPanel(page: Page, button: string, name: string): Promise<void> {
  await page.getByRole('button', { name: new RegExp(`^${button}`) }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  if (button === 'Devices') await expect(page.getByRole('dialog').getByRole('listitem').first()).toBeVisible();
  await shoot(page, name);
  await closePanel(page);
}

async function vote({ page }: Person, title: string): Promise<void> {
  const waiting = page.getByRole('list', { name: 'Waiting songs' }).getByRole('listitem');
  await waiting.filter({ hasText: title }).getByRole('button', { name: 'Vote for it' }).click();
}

test('every screen has its picture', async ({ arrive, spotify }) => {
  test.setTimeout(300_000);
  const { control } = spotify;

  const reader = await arrive(phone);
  await reader.page.goto('/');
  await shoot(reader.page, 'home-phone');
  await reader.page.getByRole('textbox', { name: 'Room code' }).fill('zzz');
  await reader.page.getByRole('button', { name: 'Join' }).click();
  await expect(reader.page.getByRole('alert').filter({ hasText: 'code' })).toBeVisible();
  await shoot(reader.page, 'home-wrong-code-phone');
  for (const [path, name] of [
    ['/privacy', 'privacy'],
    ['/terms', 'terms'],
    ['/room/ZZZZZZ', 'wrong-code'],
    ['/nowhere', 'not-found'],
  ] as const) {
    await reader.page.goto(path);
    await shoot(reader.page, `${name}-phone`);
  }

  const host = await arrive(desktop);
  await host.page.goto('/');
  await shoot(host.page, 'home-desktop');
  const owner = await arrive(desktop);
  await owner.page.goto('/setup');
  await owner.page
    .getByRole('heading', { name: 'Register the redirect URI' })
    .evaluate((step) => step.scrollIntoView());
  await shoot(owner.page, 'setup-desktop');
  await owner.page.context().close();
  const code = await startRoom(host, { name: 'Kitchen, Friday night', guestsCanPause: true });
  await shoot(host.page, 'connect-desktop');
  await host.page.setViewportSize(phone.viewport);
  await shoot(host.page, 'connect-phone');
  await host.page.setViewportSize(desktop.viewport);
  const early = await arrive(phone);
  await joinByLink(early, code, 'Noor');
  await shoot(early.page, 'connect-guest-phone');
  await early.page.context().close();

  await answerConsent(host, account, 'Cancel');
  await expectLive(host.page);
  await shoot(host.page, 'connect-denied-desktop');
  await answerConsent(host, account, 'Agree');
  await expectLive(host.page);
  const song = host.page.getByRole('region', { name: 'Now playing' });
  await expect(song.getByRole('link', { name: 'Open in Spotify' })).toBeVisible();
  await shoot(host.page, 'connected-desktop');
  await host.page.reload();
  await expectLive(host.page);

  const guest = await arrive(phone);
  await guest.page.goto(`/room/${code}`);
  await shoot(guest.page, 'join-phone');
  await joinByLink(guest, code, 'Ömer');
  const other = await arrive(phone);
  await joinByLink(other, code, 'Jo Weiß');
  await host.page.getByRole('button', { name: 'Settings' }).click();
  await host.page.getByRole('button', { name: 'More: Votes to skip' }).click();
  await closePanel(host.page);
  await shoot(guest.page, 'room-guest-before-phone');

  await addSongs(host, ['Orchid Thief', 'Salt on the Window']);
  await addSongs(guest, ['Small Gravity', 'Dishes']);
  await guest.page.getByRole('button', { name: 'Add a song' }).click();
  await guest.page.getByRole('textbox', { name: 'Song, artist or link' }).fill('low tide');
  await expect(guest.page.getByRole('button', { name: /^Add Low Tide/ }).first()).toBeVisible();
  await shoot(guest.page, 'search-phone');
  await closePanel(guest.page);
  await addSongs(other, ['Lanterns, Counted']);
  for (const person of [host, guest, other]) await vote(person, 'Small Gravity');
  await vote(host, 'Lanterns, Counted');
  await expect(guest.page.getByText('Your song is next.')).toBeVisible();
  await guest.page.getByRole('heading', { name: /^Up next/ }).evaluate((heading) => heading.scrollIntoView());
  await shoot(guest.page, 'queue-phone');
  await guest.page.evaluate(() => window.scrollTo(0, 0));
  await skipBar(guest.page).click();
  await expect(host.page.getByText('Ömer voted to skip')).toBeVisible();
  await shoot(host.page, 'room-host-desktop');
  await skipBar(other.page).click();
  await expect(guest.page.getByText(/and Jo Weiß|and you/i)).toBeVisible();
  await shoot(guest.page, 'room-guest-phone');
  await other.page.context().close();

  await host.page.setViewportSize(phone.viewport);
  await shoot(host.page, 'room-host-phone');
  for (const name of ['Settings', 'Devices', 'People'])
    await shootPanel(host.page, name, `${name.toLowerCase()}-phone`);
  await host.page.setViewportSize({ width: 768, height: 1024 });
  await shoot(host.page, 'room-host-tablet');
  await host.page.setViewportSize({ width: 844, height: 390 });
  await shoot(host.page, 'room-host-landscape');
  await host.page.setViewportSize(desktop.viewport);
  for (const name of ['Settings', 'Devices', 'Invite', 'Played so far'])
    await shootPanel(host.page, name, `${name.toLowerCase().replaceAll(' ', '-')}-desktop`);
  await host.page.locator('body').press('?');
  await expect(host.page.getByRole('dialog')).toBeVisible();
  await shoot(host.page, 'keys-desktop');
  await closePanel(host.page);
  await shootPanel(guest.page, 'Invite', 'invite-phone');
  await shootPanel(guest.page, 'People', 'people-guest-phone');
  await guest.page.setViewportSize(television);
  await guest.page.goto(`/room/${code}/display`);
  await expectLive(guest.page);
  await shoot(guest.page, 'tv');
  await guest.page.setViewportSize(phone.viewport);
  await guest.page.goto(`/room/${code}`);
  await expectLive(guest.page);

  // What goes wrong, and what is said then.
  await guest.page.context().setOffline(true);
  await expect(guest.page.getByText('You are offline')).toBeVisible();
  await shoot(guest.page, 'offline-phone');
  await guest.page.context().setOffline(false);
  await expectLive(guest.page);
  const rule = await control.addRule({ when: { path: '/v1/me/player/pause' }, ...faults.noActiveDevice() });
  await host.page.getByRole('button', { name: 'Pause' }).click();
  // It is over with the next read, which finds the music playing.
  await host.page.getByRole('status').filter({ hasText: 'device' }).waitFor({ timeout: 30_000 });
  await shoot(host.page, 'no-device-desktop');
  await control.removeRule(rule.id);
  await expect(guest.page.getByRole('button', { name: 'Pause' })).toBeVisible();
  await control.addRule({ when: {}, ...faults.rateLimited(1_200) });
  await expect(guest.page.getByRole('status').filter({ hasText: 'until' })).toBeVisible({ timeout: 30_000 });
  await shoot(guest.page, 'trouble-phone');
  await shoot(host.page, 'trouble-desktop');
  await control.clearRules();

  await host.page.getByRole('button', { name: 'Settings' }).click();
  await host.page.getByRole('button', { name: 'Disconnect Spotify' }).click();
  await host.page.getByRole('button', { name: 'Disconnect', exact: true }).click();
  await expect(host.page.getByRole('dialog').getByRole('link', { name: 'Connect Spotify' })).toBeVisible();
  await shoot(host.page, 'settings-disconnected-desktop');
  await host.page.getByRole('button', { name: 'End the room' }).click();
  await host.page.getByRole('button', { name: 'End it for everybody' }).click();
  await expect(guest.page.getByRole('heading', { name: 'This room has ended' })).toBeVisible();
  await shoot(guest.page, 'ended-phone');
});
