import { connectSpotify, expectLive, joinByLink, songTitle, startRoom } from './fixtures/steps';
import { expect, type Person, test } from './fixtures/test';

/** The link behind the QR code that a host is shown. */
async function showTransfer({ page }: Person): Promise<string> {
  await page.getByRole('button', { name: 'Settings' }).click();
  const made = page.waitForResponse((response) => response.url().endsWith('/transfer'));
  await page.getByRole('button', { name: 'Continue on another device' }).click();
  const { transfer } = await (await made).json();
  await expect(page.getByRole('img', { name: 'QR code that makes another device the host' })).toBeVisible();
  await page.keyboard.press('Escape');
  return new URL(transfer.url).pathname + new URL(transfer.url).hash;
}

/** Is the host of the room on this device from here on. */
async function takeOver({ page }: Person, link: string, code: string): Promise<void> {
  await page.goto(link);
  await page.getByRole('button', { name: 'Continue here' }).click();
  await page.waitForURL(`**/room/${code}`);
  await expectLive(page);
  await expect(page.getByRole('button', { name: 'Settings' })).toBeVisible();
}

test('TR2 the host moves from the computer to the phone and back while a song plays, and its token passes its hour', async ({
  host,
  guest,
  spotify,
  arrive,
}) => {
  const code = await startRoom(host);
  await connectSpotify(host, spotify);
  await joinByLink(guest, code, 'Bob');
  const phone = await arrive({ viewport: { width: 390, height: 844 } });
  await takeOver(phone, await showTransfer(host), code);
  await expect(host.page.getByRole('button', { name: 'Settings' })).toBeHidden();
  // What the phone presses after the hour of the token is done all the same.
  await spotify.control.expireTokens(spotify.key);
  await phone.page.getByRole('button', { name: 'Pause' }).click();
  await expect.poll(async () => (await spotify.control.player(spotify.key)).playing).toBe(false);
  await takeOver(host, await showTransfer(phone), code);
  await expect(phone.page.getByRole('button', { name: 'Settings' })).toBeHidden();
  await host.page.getByRole('button', { name: 'Play', exact: true }).click();
  await expect.poll(async () => (await spotify.control.player(spotify.key)).playing).toBe(true);
  const { itemName } = await spotify.control.player(spotify.key);
  for (const { page } of [host, phone, guest]) await expect(songTitle(page)).toHaveText(itemName ?? '');
});
