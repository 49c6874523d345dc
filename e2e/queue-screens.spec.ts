import { devices, type Page } from '@playwright/test';
import { addSongs, connectSpotify, expectLive, joinByLink, startRoom } from './fixtures/steps';
import { expect, test } from './fixtures/test';

const waiting = (page: Page) => page.getByRole('list', { name: 'Waiting songs' }).getByRole('listitem');
const titles = (page: Page) => waiting(page).getByRole('link');
const searchField = (page: Page) => page.getByRole('textbox', { name: 'Song, artist or link' });

test('by keyboard alone: search, add, move, take out, and take that back', async ({ host, spotify }) => {
  const { page } = host;
  await startRoom(host);
  await connectSpotify(host, spotify);
  await page.locator('body').press('/');
  await expect(searchField(page)).toBeFocused();
  for (const title of ['Toaster', 'Pigeon', 'Spoon']) {
    await searchField(page).fill(title);
    await expect(page.getByRole('button', { name: new RegExp(`^Add ${title},`) })).toBeVisible();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect(page.getByText(/^Added/)).toBeFocused();
    await page.keyboard.press('ArrowUp');
    await expect(searchField(page)).toBeFocused();
  }
  await page.keyboard.press('Escape');
  await expect(titles(page)).toHaveText([/Toaster/, /Pigeon/, /Spoon/]);

  await page.getByRole('button', { name: 'Tools for Spoon' }).focus();
  await page.keyboard.press('Enter');
  const up = page.getByRole('menuitem', { name: 'Move up' });
  await expect(page.getByRole('menu')).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect(up).toBeFocused();
  // The menu stays for the next step.
  await page.keyboard.press('Enter');
  await expect(titles(page)).toHaveText([/Toaster/, /Spoon/, /Pigeon/]);
  await up.press('Enter');
  await expect(titles(page)).toHaveText([/Spoon/, /Toaster/, /Pigeon/]);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Tools for Spoon' })).toBeFocused();

  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: 'Take out' }).press('Enter');
  await expect(titles(page)).toHaveText([/Toaster/, /Pigeon/]);
  await expect(page.getByRole('button', { name: 'Undo' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(titles(page)).toHaveText([/Spoon/, /Toaster/, /Pigeon/]);
  // Closing what had closed already would have left the room.
  await expectLive(page);
});

test('QU8 QU9 a song waits for the host, and whose song is not taken is told so', async ({ host, guest, spotify }) => {
  const code = await startRoom(host);
  await connectSpotify(host, spotify);
  await joinByLink(guest, code, 'Bob');
  await host.page.getByRole('button', { name: 'Settings' }).click();
  await host.page.getByRole('switch', { name: 'Ask me first' }).click();
  await expect(host.page.getByText('Guests’ songs wait for you.')).toBeVisible();
  await host.page.keyboard.press('Escape');
  await addSongs(guest, ['Toaster']);
  await addSongs(guest, ['Pigeon']);
  await expect(waiting(guest.page).filter({ hasText: 'waits for the host' })).toHaveCount(2);
  await host.page.getByRole('button', { name: 'Approve Toaster' }).click();
  await expect(guest.page.getByRole('button', { name: 'Vote for it' })).toHaveCount(1);
  await host.page.getByRole('button', { name: 'Tools for Pigeon' }).click();
  await host.page.getByRole('menuitem', { name: 'Take out' }).click();
  await expect(guest.page.getByText('The host did not take “Pigeon”.')).toBeVisible();
  await guest.page.getByRole('button', { name: 'OK' }).click();
  await guest.page.reload();
  await expectLive(guest.page);
  await expect(guest.page.getByText('The host did not take “Pigeon”.')).toHaveCount(0);
});

test('HT2 open pages follow the room to its new code, also one that was away', async ({ host, guest, arrive }) => {
  const code = await startRoom(host);
  await joinByLink(guest, code, 'Bob');
  const away = await arrive();
  await joinByLink(away, code, 'Ada');
  await away.page.context().setOffline(true);
  await expect(away.page.getByText('You are offline.')).toBeVisible();
  await host.page.getByRole('button', { name: 'Settings' }).click();
  await host.page.getByRole('button', { name: 'New code' }).click();
  await host.page.getByRole('button', { name: 'Make a new code' }).click();
  await expect(host.page.getByText('The room’s code is')).toBeVisible();
  await host.page.keyboard.press('Escape');
  await expect(host.page.getByRole('dialog')).toHaveCount(0);
  await expect(host.page).not.toHaveURL(new RegExp(code));
  const fresh = host.page.url().slice(-6);
  await expect(guest.page).toHaveURL(new RegExp(`/room/${fresh}$`));
  await guest.page.reload();
  await expectLive(guest.page);
  await away.page.context().setOffline(false);
  await expect(away.page).toHaveURL(new RegExp(`/room/${fresh}$`), { timeout: 15_000 });
  await expectLive(away.page);
  await away.page.goto(`/room/${code}`);
  await expect(away.page.getByRole('heading', { name: 'That code does not work' })).toBeVisible();
});

test('HT1 HT3 a locked room says so to newcomers; a co-host gets the remote without a reload', async ({
  host,
  guest,
  arrive,
  spotify,
}) => {
  const code = await startRoom(host);
  await connectSpotify(host, spotify);
  await joinByLink(guest, code, 'Bob');
  await host.page.getByRole('button', { name: 'Manage Bob' }).click();
  await host.page.getByRole('button', { name: 'Make co-host' }).click();
  await expect(guest.page.getByRole('button', { name: 'Next song' })).toBeVisible();
  await expect(guest.page.getByRole('button', { name: 'Settings' })).toHaveCount(0);
  await host.page.getByRole('button', { name: 'Settings' }).click();
  await host.page.getByRole('switch', { name: 'Lock the room' }).click();
  const stranger = await arrive();
  await stranger.page.goto(`/room/${code}`);
  await stranger.page.getByRole('textbox', { name: 'Your name' }).fill('Eve');
  await stranger.page.getByRole('button', { name: 'Join the room' }).click();
  await expect(stranger.page.getByText('Ask them to unlock the room')).toBeVisible();
});

test('on a phone the queue, its menu and the search are large enough for a thumb, and Back closes them', async ({
  host,
  arrive,
  spotify,
}) => {
  const code = await startRoom(host);
  await connectSpotify(host, spotify);
  const guest = await arrive({ ...devices['Pixel 7'], viewport: { width: 360, height: 640 } });
  await joinByLink(guest, code, 'Bob');
  const { page } = guest;
  await page.getByRole('button', { name: 'Add a song' }).click();
  await searchField(page).fill('low tide');
  await expect(page.getByRole('button', { name: /^Add / }).first()).toBeVisible();
  const expectLargeEnough = async (): Promise<void> => {
    for (const target of await page.locator('button:visible, [role="menuitem"]:visible').all()) {
      const box = await target.boundingBox();
      expect(box?.height ?? 44).toBeGreaterThanOrEqual(44);
      expect(box?.width ?? 44).toBeGreaterThanOrEqual(44);
    }
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
  };
  await expectLargeEnough();
  await page.getByRole('button', { name: /^Add / }).first().tap();
  await expect(page.getByText(/^Added/)).toBeVisible();
  await page.goBack();
  await expect(waiting(page)).toHaveCount(1);
  await host.page.getByRole('button', { name: 'Manage Bob' }).click();
  await host.page.getByRole('button', { name: 'Make co-host' }).click();
  await page.getByRole('button', { name: /^Tools for/ }).tap();
  await expect(page.getByRole('menu')).toBeVisible();
  await expectLargeEnough();
  await page.goBack();
  await expect(page.getByRole('menu')).toHaveCount(0);
  await expectLive(page);
});
