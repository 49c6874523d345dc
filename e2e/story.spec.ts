import { connectSpotify, expectLive, joinByLink, skipBar, songTitle, startRoom } from './fixtures/steps';
import { expect, test } from './fixtures/test';

test('a host connects Spotify, a friend joins by the link, and both hold the remote', async ({
  host,
  guest,
  spotify,
}) => {
  const code = await startRoom(host, { name: 'Kitchen, Friday', guestsCanPause: true });
  await connectSpotify(host, spotify);
  const first = await spotify.control.player(spotify.key);
  await expect(songTitle(host.page)).toHaveText(first.itemName ?? '');
  await expect(host.page.getByRole('img', { name: /^Cover of / })).toBeVisible();
  await expect(host.page).not.toHaveURL(/spotify=/);

  await joinByLink(guest, code, 'Bob');
  await expect(guest.page.getByRole('heading', { level: 1 })).toHaveText('Kitchen, Friday');
  await expect(songTitle(guest.page)).toHaveText(first.itemName ?? '');
  await expect(host.page.getByText('2 here')).toBeVisible();

  // The guest pauses; both follow, and so does the speaker.
  await guest.page.getByRole('button', { name: 'Pause' }).click();
  await expect(host.page.getByRole('button', { name: 'Play', exact: true })).toBeVisible();
  for (const { page } of [host, guest]) await expect(page.getByText('Paused', { exact: true })).toBeVisible();
  await expect.poll(async () => (await spotify.control.player(spotify.key)).playing).toBe(false);
  await host.page.getByRole('button', { name: 'Play', exact: true }).click();
  await expect(guest.page.getByRole('button', { name: 'Pause' })).toBeVisible();

  // A vote shows on both; the host's press makes it enough.
  await expect(skipBar(guest.page)).toHaveText(/Skip, 0 of 2/);
  await skipBar(guest.page).click();
  await expect(skipBar(guest.page)).toHaveAttribute('aria-pressed', 'true');
  await expect(skipBar(guest.page)).toContainText('Press again to undo');
  await expect(skipBar(host.page)).toHaveText(/Skip, 1 of 2/);
  await expect(host.page.getByText('Bob voted to skip.')).toBeVisible();
  await skipBar(host.page).click();
  await expect(songTitle(host.page)).not.toHaveText(first.itemName ?? '');
  const second = await spotify.control.player(spotify.key);
  await expect(songTitle(host.page)).toHaveText(second.itemName ?? '');
  await expect(songTitle(guest.page)).toHaveText(second.itemName ?? '');
  await expect(skipBar(guest.page)).toHaveText(/Skip, 0 of 2/);
  const skips = await spotify.control.calls({ account: spotify.key, path: '/v1/me/player/next' });
  expect(skips).toHaveLength(1);

  // The song ends by itself, and both show the next.
  await spotify.control.press(spotify.key, { press: 'seek', positionMs: (second.durationMs ?? 0) - 3_000 });
  await expect(songTitle(host.page)).not.toHaveText(second.itemName ?? '', { timeout: 15_000 });
  const third = await spotify.control.player(spotify.key);
  await expect(songTitle(host.page)).toHaveText(third.itemName ?? '');
  await expect(songTitle(guest.page)).toHaveText(third.itemName ?? '');
});

test('a press on the host’s own phone shows on every screen', async ({ host, guest, spotify }) => {
  const code = await startRoom(host);
  await connectSpotify(host, spotify);
  await joinByLink(guest, code, 'Bob');
  await spotify.control.press(spotify.key, { press: 'pause' });
  await expect(host.page.getByRole('button', { name: 'Play', exact: true })).toBeVisible();
  await spotify.control.press(spotify.key, { press: 'next' });
  const { itemName } = await spotify.control.player(spotify.key);
  // Paused rooms are looked at every 15 s.
  await expect(songTitle(guest.page)).toHaveText(itemName ?? '', { timeout: 20_000 });
});

test('a guest who may not pause is told so, and has no button for it', async ({ host, guest, spotify }) => {
  const code = await startRoom(host);
  await connectSpotify(host, spotify);
  await joinByLink(guest, code, 'Bob');
  await expect(guest.page.getByText('Only the host can pause here.')).toBeVisible();
  await expect(guest.page.getByRole('button', { name: 'Pause' })).toHaveCount(0);
  await host.page.getByRole('button', { name: 'Settings' }).click();
  await host.page.getByRole('switch', { name: 'Guests can pause' }).click();
  await expect(guest.page.getByRole('button', { name: 'Pause' })).toBeVisible();
});

test('SC4 settings: typed as meant, refused at their field, taken back', async ({ host }) => {
  await startRoom(host);
  await host.page.getByRole('button', { name: 'Settings' }).click();
  const panel = host.page.getByRole('dialog', { name: 'Settings' });
  const votes = panel.getByRole('spinbutton', { name: 'Votes to skip' });
  await votes.fill('');
  await votes.pressSequentially('5');
  await votes.press('Enter');
  await expect(panel.getByText('Votes to skip: 5.')).toBeVisible();
  await panel.getByRole('button', { name: 'Undo' }).click();
  await expect(votes).toHaveValue('2');
  const names = [
    ['Room name', 61, 'At most 60 characters.'],
    ['Your name', 41, 'At most 40 characters.'],
  ] as const;
  for (const [name, length, complaint] of names) {
    await panel.getByRole('textbox', { name }).fill('x'.repeat(length));
    await panel.getByRole('textbox', { name }).press('Enter');
    await expect(panel.getByRole('textbox', { name })).toHaveAccessibleDescription(complaint);
  }
});

test('by code, in small letters, from the home page', async ({ host, guest }) => {
  const code = await startRoom(host);
  await guest.page.goto('/');
  await guest.page.getByRole('textbox', { name: 'Room code' }).pressSequentially(code.toLowerCase());
  await guest.page.keyboard.press('Enter');
  // The start page asks for a name too.
  await guest.page.waitForURL(`**/room/${code}`);
  await guest.page.getByRole('textbox', { name: 'Your name' }).fill('Bob');
  await guest.page.getByRole('button', { name: 'Join the room' }).click();
  await expectLive(guest.page);
  // Home leads straight back.
  await guest.page.goto('/');
  await guest.page.waitForURL(`**/room/${code}`);
});

test('the host moves the song, the volume and the device', async ({ host, spotify }) => {
  await startRoom(host);
  await connectSpotify(host, spotify);
  await host.page.getByRole('slider', { name: 'Position in the song' }).focus();
  await host.page.keyboard.press('End');
  await spotify.control.waitForCalls({ account: spotify.key, path: '/v1/me/player/seek' });
  await host.page.getByRole('slider', { name: 'Volume' }).focus();
  await host.page.keyboard.press('Home');
  await expect.poll(async () => (await spotify.control.player(spotify.key)).devices[0]?.volumePercent).toBe(0);
  await host.page.getByRole('button', { name: 'Devices' }).click();
  await host.page.getByRole('button', { name: /Laptop/ }).click();
  await expect.poll(async () => (await spotify.control.player(spotify.key)).activeDevice).toBe('laptop');
});

test('the TV shows the song and the way in', async ({ host, spotify }) => {
  const code = await startRoom(host);
  await connectSpotify(host, spotify);
  await host.page.goto(`/room/${code}/display`);
  const { itemName } = await spotify.control.player(spotify.key);
  await expect(host.page.getByRole('heading', { level: 2 })).toHaveText(itemName ?? '');
  await expect(host.page.getByRole('img', { name: /^QR code that opens / })).toBeVisible();
});

test('a host who opens another room’s link is told so before anything is asked', async ({ host, guest }) => {
  const own = await startRoom(host, { name: 'Kitchen' });
  const other = await startRoom(guest, { name: 'Garden' });
  await host.page.goto(`/room/${other}`);
  await expect(host.page.getByRole('heading', { name: 'You host another room' })).toBeVisible();
  await expect(host.page.getByRole('textbox')).toHaveCount(0);
  await host.page.getByRole('link', { name: 'To your room' }).click();
  await host.page.waitForURL(`**/room/${own}`);
});

test('SC4 settings follow the room, and what was typed is kept however the panel is closed', async ({ host }) => {
  const code = await startRoom(host, { name: 'Kitchen' });
  const heading = host.page.getByRole('heading', { level: 1, includeHidden: true });
  await host.page.getByRole('button', { name: 'Settings' }).click();
  const name = host.page.getByRole('dialog', { name: 'Settings' }).getByRole('textbox', { name: 'Room name' });
  await host.page.request.patch(`/api/rooms/${code}`, { data: { name: 'Garden' } });
  await expect(name).toHaveValue('Garden');
  // Looked at, and left as it is: that changes nothing.
  await name.focus();
  await host.page.request.patch(`/api/rooms/${code}`, { data: { name: 'Cellar' } });
  await expect(name).toHaveValue('Cellar');
  await name.blur();
  await name.fill('Balcony');
  await host.page.keyboard.press('Escape');
  await expect(heading).toHaveText('Balcony');
  await host.page.getByRole('button', { name: 'Settings' }).click();
  await name.fill('Roof');
  await host.page.goBack();
  await expect(heading).toHaveText('Roof');
});
