import type { Page } from '@playwright/test';
import { addSongs, connectSpotify, expectLive, joinByLink, skipBar, songTitle, startRoom } from './fixtures/steps';
import { expect, type Person, test } from './fixtures/test';

/**
 * Does to a page what a browser does that translates it: every piece of text, and every later one, gives way to a copy in elements of its
 * own. A list of options cannot hold elements.
 */
function translate(page: Page): Promise<void> {
  return page.evaluate(() => {
    const wrap = (text: Text): void => {
      if (text.data.trim() === '' || text.parentElement?.closest('font, script, style, option') !== null) return;
      const [outer, inner] = [document.createElement('font'), document.createElement('font')];
      inner.textContent = text.data;
      outer.append(inner);
      text.replaceWith(outer);
    };
    const wrapAll = (root: Node): void => {
      if (root instanceof Text) return wrap(root);
      const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
      const texts: Text[] = [];
      for (let node = walker.nextNode(); node !== null; node = walker.nextNode())
        if (node instanceof Text) texts.push(node);
      texts.forEach(wrap);
    };
    wrapAll(document.body);
    new MutationObserver((changes) => {
      for (const { type, target, addedNodes } of changes)
        for (const node of type === 'characterData' ? [target] : addedNodes) wrapAll(node);
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
  });
}

/** What a page says, line by line. */
const textOf = (page: Page): Promise<string> => page.locator('body').innerText();

/** Opens the page beside itself, as it is without a translation: both have to say the same. */
async function expectTrue(page: Page): Promise<void> {
  const plain = await page.context().newPage();
  await plain.goto(page.url());
  await expectLive(plain);
  await expect.poll(() => textOf(page)).toBe(await textOf(plain));
  await plain.close();
}

async function openAndClose({ page }: Person, button: string | RegExp): Promise<void> {
  await page.getByRole('button', { name: button }).first().click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
}

const waiting = ({ page }: Person, title: string) =>
  page.getByRole('list', { name: 'Waiting songs' }).getByRole('listitem').filter({ hasText: title });

test('SC6 a guest’s translated page: numbers stay true, panels work, songs come and go', async ({
  host,
  guest,
  arrive,
  spotify,
}) => {
  const code = await startRoom(host);
  await connectSpotify(host, spotify);
  const other = await arrive();
  await joinByLink(other, code, 'Noor');
  await joinByLink(guest, code, 'Bob');
  await translate(guest.page);
  await skipBar(other.page).click();
  await expect(skipBar(guest.page)).toHaveText(/Skip, 1 of 2/);
  await expect(guest.page.getByText('Noor voted to skip')).toBeVisible();
  await skipBar(other.page).click();
  await skipBar(guest.page).click();
  await expect(skipBar(guest.page)).toHaveText(/Skip, 1 of 2.*Press again to undo/);
  await skipBar(guest.page).click();
  await expect(skipBar(guest.page)).toHaveText('Skip, 0 of 2');

  await addSongs(guest, ['Small Gravity', 'Dishes']);
  await addSongs(other, ['Low Tide']);
  await expect(guest.page.getByRole('heading', { name: 'Up next 3' })).toBeVisible();
  await waiting(other, 'Dishes').getByRole('button', { name: 'Vote for it' }).click();
  await expect(waiting(guest, 'Dishes').getByRole('group')).toHaveText('Score 1');
  await guest.page.getByRole('button', { name: 'Take out Small Gravity' }).click();
  await guest.page.getByRole('button', { name: 'Undo' }).click();
  await expect(guest.page.getByRole('heading', { name: 'Up next 3' })).toBeVisible();
  for (const button of [/^Invite/, /^People/, 'Played so far', 'Add a song']) await openAndClose(guest, button);

  await host.page.getByRole('button', { name: 'Next song' }).click();
  await expect(songTitle(guest.page)).toHaveText('Dishes');
  await host.page.getByRole('button', { name: 'Pause' }).click();
  await expect(guest.page.getByText('Paused', { exact: true })).toBeVisible();
  await guest.page.context().setOffline(true);
  await expect(guest.page.getByText('You are offline.')).toBeVisible();
  await guest.page.context().setOffline(false);
  await expectLive(guest.page);
  await expectTrue(guest.page);
});

test('SC6 a host’s translated page, and a TV’s', async ({ host, guest, arrive, spotify }) => {
  const code = await startRoom(host);
  await translate(host.page);
  await connectSpotify(host, spotify);
  await translate(host.page);
  await joinByLink(guest, code, 'Bob');
  const tv = await arrive({ viewport: { width: 1280, height: 720 } });
  await joinByLink(tv, code, 'TV');
  await tv.page.goto(`/room/${code}/display`);
  await expectLive(tv.page);
  await translate(tv.page);

  await skipBar(guest.page).click();
  await expect(tv.page.getByText('Skip, 1 of 2')).toBeVisible();
  await host.page.getByRole('button', { name: 'Settings' }).click();
  const settings = host.page.getByRole('dialog');
  await settings.getByRole('button', { name: 'More: Votes to skip' }).click();
  await expect(tv.page.getByText('Skip, 1 of 3')).toBeVisible();
  await settings.getByRole('button', { name: 'Undo' }).click();
  await expect(tv.page.getByText('Skip, 1 of 2')).toBeVisible();
  for (const title of ['What guests may add', 'Blocked songs and artists']) await settings.getByText(title).click();
  await settings.getByRole('radio', { name: /^Turns/ }).click();
  await settings.getByRole('button', { name: 'New code' }).click();
  await settings.getByRole('button', { name: 'Keep it' }).click();
  await host.page.keyboard.press('Escape');
  for (const button of ['Devices', /^Invite/, 'Played so far']) await openAndClose(host, button);

  await addSongs(guest, ['Small Gravity', 'Dishes']);
  await waiting(host, 'Dishes').getByRole('button', { name: 'Tools for Dishes' }).click();
  await host.page.getByRole('menuitem', { name: 'Move up' }).click();
  await host.page.keyboard.press('Escape');
  await expect(tv.page.getByText('Next, added by Bob')).toBeVisible();
  await host.page.getByRole('button', { name: 'Manage Bob' }).click();
  await host.page.getByRole('button', { name: 'Make co-host' }).click();
  await expect(host.page.getByText('Bob is a co-host.')).toBeVisible();
  await host.page.getByRole('button', { name: 'Next song' }).click();
  await expect(songTitle(host.page)).toHaveText('Dishes');
  await expect(tv.page.getByRole('heading', { level: 2 })).toHaveText('Dishes');
  await host.page.getByRole('button', { name: 'Pause' }).click();
  await expect(tv.page.getByText('Paused', { exact: true })).toBeVisible();
  await expectTrue(tv.page);
});
