import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Browser, type BrowserContextOptions, chromium, type Page } from '@playwright/test';
import startStack from '@/e2e/global-setup';
import { type ControlClient, createControlClient, faults } from '@/simulator/control-client';
import { requireChromium } from './chromium';
import { root } from './local/paths';
import { fail } from './local/steps';

/*
 * Walks through the app as a host and three guests and takes a picture of every screen, on a phone and on a desktop:
 *
 *   node --import tsx scripts/screenshots.ts                the pictures of the README, dark
 *   node --import tsx scripts/screenshots.ts FOLDER light   every picture, in that theme, into a folder
 */

const phone = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };
const desktop = { viewport: { width: 1280, height: 800 }, deviceScaleFactor: 1 };
const television = { viewport: { width: 1280, height: 720 }, deviceScaleFactor: 1 };

/** What the README shows; the others are for looking at while working on the screens. */
const shown = new Set([
  'home-phone',
  'home-desktop',
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

interface Studio {
  readonly appUrl: string;
  readonly control: ControlClient;
  readonly enter: (options: BrowserContextOptions) => Promise<Page>;
  readonly shoot: (page: Page, name: string) => Promise<void>;
}

function variable(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is missing.`);
  return value;
}

const live = (page: Page): Promise<unknown> => page.waitForSelector('main[data-connection="live"]');

/** Opens a panel, takes its picture and closes it. */
async function shootPanel({ shoot }: Studio, page: Page, button: string, name: string): Promise<void> {
  await page.getByRole('button', { name: new RegExp(`^${button}`) }).click();
  await page.getByRole('dialog').waitFor();
  if (button === 'Devices') await page.getByRole('dialog').getByRole('listitem').first().waitFor();
  await shoot(page, name);
  await closePanel(page);
}

async function joinRoom({ enter }: Studio, url: string, name: string, options: BrowserContextOptions): Promise<Page> {
  const page = await enter(options);
  await page.goto(url);
  await page.getByRole('textbox', { name: 'Your name' }).fill(name);
  await page.getByRole('button', { name: 'Join the room' }).click();
  await live(page);
  return page;
}

/** Adds songs as people do; the search stays open for the next one. */
async function addSongs(page: Page, titles: readonly string[]): Promise<void> {
  await page.getByRole('button', { name: 'Add a song' }).click();
  for (const title of titles) {
    await page.getByRole('textbox', { name: 'Song, artist or link' }).fill(title);
    await page.getByRole('button', { name: new RegExp(`^Add ${title},`) }).click();
    await page.getByText(/^Added/).waitFor();
  }
}

async function closePanel(page: Page): Promise<void> {
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
}

/** Songs that wait, with votes. */
async function fillQueue({ shoot }: Studio, host: Page, guest: Page, other: Page): Promise<void> {
  await addSongs(host, ['Orchid Thief', 'Salt on the Window']);
  await closePanel(host);
  await addSongs(guest, ['Small Gravity', 'Dishes']);
  await guest.getByRole('textbox', { name: 'Song, artist or link' }).fill('low tide');
  await guest
    .getByRole('button', { name: /^Add Low Tide/ })
    .first()
    .waitFor();
  await shoot(guest, 'search-phone');
  await closePanel(guest);
  await addSongs(other, ['Lanterns, Counted']);
  await closePanel(other);
  const vote = (page: Page, title: string) =>
    page
      .getByRole('list', { name: 'Waiting songs' })
      .getByRole('listitem')
      .filter({ hasText: title })
      .getByRole('button', { name: 'Vote for it' })
      .click();
  for (const page of [host, guest, other]) await vote(page, 'Small Gravity');
  await vote(host, 'Lanterns, Counted');
  await guest.getByText('Your song is next.').waitFor();
  await guest.getByRole('heading', { name: /^Up next/ }).evaluate((heading) => heading.scrollIntoView());
  await shoot(guest, 'queue-phone');
  await guest.evaluate(() => window.scrollTo(0, 0));
}

/** The way in: home, a new room, Spotify. @returns the host's page and the room's address */
async function open(studio: Studio): Promise<{ host: Page; url: string }> {
  const { enter, shoot, appUrl } = studio;
  const small = await enter(phone);
  await small.goto(appUrl);
  await shoot(small, 'home-phone');
  await small.getByRole('textbox', { name: 'Room code' }).fill('zzz');
  await small.getByRole('button', { name: 'Join' }).click();
  await small.getByRole('alert').filter({ hasText: 'code' }).waitFor();
  await shoot(small, 'home-wrong-code-phone');

  const host = await enter(desktop);
  await host.goto(appUrl);
  await shoot(host, 'home-desktop');
  await host.getByRole('textbox', { name: 'Room name' }).fill('Kitchen, Friday night');
  await host.getByRole('textbox', { name: 'Your name' }).fill('Mia');
  await host.getByRole('switch', { name: 'Guests can pause' }).click();
  await host.getByRole('button', { name: 'Start the room' }).click();
  await host.waitForURL('**/room/*');
  await live(host);
  const url = host.url();
  await shoot(host, 'connect-desktop');
  await host.setViewportSize(phone.viewport);
  await shoot(host, 'connect-phone');
  await host.setViewportSize(desktop.viewport);
  const waiting = await joinRoom(studio, url, 'Noor', phone);
  await shoot(waiting, 'connect-guest-phone');
  await waiting.context().close();

  await host.getByRole('link', { name: 'Connect Spotify' }).click();
  await host.getByRole('button', { name: 'Cancel' }).click();
  await live(host);
  await shoot(host, 'connect-denied-desktop');
  await host.getByRole('link', { name: 'Connect Spotify' }).click();
  await host.getByRole('button', { name: 'Agree' }).click();
  await host.waitForURL('**/room/*');
  await live(host);
  await host.getByRole('region', { name: 'Now playing' }).getByRole('link', { name: 'Open in Spotify' }).waitFor();
  await shoot(host, 'connected-desktop');
  await host.reload();
  await live(host);
  return { host, url };
}

/** The room as it is most of the time. @returns a guest's page */
async function party(studio: Studio, host: Page, url: string): Promise<Page> {
  const { enter, shoot } = studio;
  const joining = await enter(phone);
  await joining.goto(url);
  await shoot(joining, 'join-phone');
  const guest = await joinRoom(studio, url, 'Ömer', phone);
  const other = await joinRoom(studio, url, 'Jo Weiß', phone);
  await host.getByRole('button', { name: 'Settings' }).click();
  await host.getByRole('button', { name: 'More: Votes to skip' }).click();
  await host.keyboard.press('Escape');
  await shoot(guest, 'room-guest-before-phone');
  await fillQueue(studio, host, guest, other);
  await guest.getByRole('button', { name: /^Skip, / }).click();
  await host.getByText('Ömer voted to skip').waitFor();
  await shoot(host, 'room-host-desktop');
  await other.getByRole('button', { name: /^Skip, / }).click();
  await guest.getByText(/and Jo Weiß|and you/i).waitFor();
  await shoot(guest, 'room-guest-phone');
  await other.context().close();

  await host.setViewportSize(phone.viewport);
  await shoot(host, 'room-host-phone');
  for (const name of ['Settings', 'Devices', 'People'])
    await shootPanel(studio, host, name, `${name.toLowerCase()}-phone`);
  await host.setViewportSize({ width: 768, height: 1024 });
  await shoot(host, 'room-host-tablet');
  await host.setViewportSize({ width: 844, height: 390 });
  await shoot(host, 'room-host-landscape');
  await host.setViewportSize(desktop.viewport);
  for (const name of ['Settings', 'Devices', 'Invite', 'Played so far'])
    await shootPanel(studio, host, name, `${name.toLowerCase().replaceAll(' ', '-')}-desktop`);
  await host.locator('body').press('?');
  await host.getByRole('dialog').waitFor();
  await shoot(host, 'keys-desktop');
  await host.keyboard.press('Escape');
  await shootPanel(studio, guest, 'Invite', 'invite-phone');
  await shootPanel(studio, guest, 'People', 'people-guest-phone');

  await guest.setViewportSize(television.viewport);
  await guest.goto(`${url}/display`);
  await live(guest);
  await shoot(guest, 'tv');
  await guest.setViewportSize(phone.viewport);
  await guest.goto(url);
  await live(guest);
  return guest;
}

/** What goes wrong, and what is said then. */
async function trouble({ control, shoot }: Studio, host: Page, guest: Page): Promise<void> {
  await guest.context().setOffline(true);
  await guest.getByText('You are offline').waitFor();
  await shoot(guest, 'offline-phone');
  await guest.context().setOffline(false);
  await live(guest);

  const rule = await control.addRule({ when: { path: '/v1/me/player/pause' }, ...faults.noActiveDevice() });
  await host.getByRole('button', { name: 'Pause' }).click();
  await host.getByRole('status').filter({ hasText: 'device' }).waitFor();
  await shoot(host, 'no-device-desktop');
  await control.removeRule(rule.id);
  await guest.getByRole('button', { name: 'Pause' }).waitFor();

  await control.addRule({ when: {}, ...faults.rateLimited(1_200) });
  await guest.getByRole('status').filter({ hasText: 'until' }).waitFor();
  await shoot(guest, 'trouble-phone');
  await shoot(host, 'trouble-desktop');
  await control.clearRules();
}

/** Pages beside the room, and the end of it. */
async function leaveAll({ shoot, appUrl, enter }: Studio, host: Page, guest: Page): Promise<void> {
  const reader = await enter(phone);
  for (const [path, name] of [
    ['/privacy', 'privacy'],
    ['/terms', 'terms'],
    ['/room/ZZZZZZ', 'wrong-code'],
    ['/nowhere', 'not-found'],
  ] as const) {
    await reader.goto(appUrl + path);
    await shoot(reader, `${name}-phone`);
  }
  await host.getByRole('button', { name: 'Settings' }).click();
  await host.getByRole('button', { name: 'Disconnect Spotify' }).click();
  await host.getByRole('button', { name: 'Disconnect', exact: true }).click();
  await host.getByRole('dialog').getByRole('link', { name: 'Connect Spotify' }).waitFor();
  await shoot(host, 'settings-disconnected-desktop');
  await host.getByRole('button', { name: 'End the room' }).click();
  await host.getByRole('button', { name: 'End it for everybody' }).click();
  await guest.getByRole('heading', { name: 'This room has ended' }).waitFor();
  await shoot(guest, 'ended-phone');
}

async function openStudio(browser: Browser, folder: string, names: ReadonlySet<string> | null): Promise<Studio> {
  const colorScheme = process.argv[3] === 'light' ? 'light' : 'dark';
  mkdirSync(folder, { recursive: true });
  return {
    appUrl: variable('E2E_APP_URL'),
    control: createControlClient({
      url: variable('E2E_SIMULATOR_URL'),
      controlSecret: variable('E2E_SIMULATOR_CONTROL_SECRET'),
    }),
    enter: async (options) => {
      const context = await browser.newContext({ ...options, colorScheme, locale: 'en-GB', reducedMotion: 'reduce' });
      const page = await context.newPage();
      // A picture of a page that complains is of no use.
      page.on('pageerror', (error) => process.stderr.write(`${page.url()}: ${error.message}\n`));
      page.on('console', (message) => {
        if (message.type() === 'error') process.stderr.write(`${page.url()}: ${message.text()}\n`);
      });
      return page;
    },
    shoot: async (page, name) => {
      if (names !== null && !names.has(name)) return;
      await page.mouse.move(0, 0);
      // The ring around the button that was pressed last is for keyboards, not for pictures.
      await page.evaluate(async () => {
        if (document.activeElement instanceof HTMLButtonElement) document.activeElement.blur();
        await document.fonts.ready;
      });
      await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled', caret: 'initial' });
    },
  };
}

async function main(): Promise<void> {
  const folder = process.argv[2];
  const stop = process.env['E2E_APP_URL'] === undefined ? await startStack() : null;
  const browser = await chromium.launch({
    executablePath: requireChromium(),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
  const studio = await openStudio(
    browser,
    folder === undefined ? join(root, 'docs', 'screenshots') : resolve(folder),
    folder === undefined ? shown : null,
  );
  try {
    const { host, url } = await open(studio);
    const guest = await party(studio, host, url);
    await trouble(studio, host, guest);
    await leaveAll(studio, host, guest);
  } finally {
    await browser.close();
    await stop?.();
  }
}

await main().catch(fail);
