import { faults } from '@/simulator/control-client';
import { connectSpotify, expectLive, joinByLink, skipBar, songTitle, startRoom } from './fixtures/steps';
import { appUrl, expect, test } from './fixtures/test';

test('a code that leads nowhere, and one whose room has ended, read alike', async ({ host, guest }) => {
  const code = await startRoom(host);
  await host.page.getByRole('button', { name: 'Settings' }).click();
  await host.page.getByRole('button', { name: 'End the room' }).click();
  await host.page.getByRole('button', { name: 'End it for everybody' }).click();
  await expect(host.page.getByRole('heading', { name: 'This room has ended' })).toBeVisible();
  await guest.page.goto('/');
  for (const typed of [code, 'ZZZZZZ', 'no']) {
    await guest.page.getByRole('textbox', { name: 'Room code' }).fill(typed);
    await guest.page.getByRole('button', { name: 'Join' }).click();
    await expect(guest.page.getByRole('alert').filter({ hasText: 'That code does not work' })).toBeVisible();
  }
  await guest.page.goto('/room/ZZZZZZ');
  await expect(guest.page.getByRole('heading', { name: 'That code does not work' })).toBeVisible();
  await guest.page.goto('/nothing/here');
  await expect(guest.page.getByRole('heading', { name: 'There is nothing here' })).toBeVisible();
});

test('MB2 a removed guest sees it at once, and cannot come back', async ({ host, guest }) => {
  const code = await startRoom(host);
  await joinByLink(guest, code, 'Bob');
  await host.page.getByRole('button', { name: 'Manage Bob' }).click();
  await host.page.getByRole('button', { name: 'Remove Bob' }).click();
  await host.page.getByRole('button', { name: 'Remove', exact: true }).click();
  await expect(guest.page.getByRole('heading', { name: 'You were removed from this room' })).toBeVisible();
  await guest.page.reload();
  await expect(guest.page.getByRole('heading', { name: 'You were removed from this room' })).toBeVisible();
});

test('EV2 the host ends the room, and everybody is told', async ({ host, guest }) => {
  const code = await startRoom(host);
  await joinByLink(guest, code, 'Bob');
  await host.page.getByRole('button', { name: 'Settings' }).click();
  await host.page.getByRole('button', { name: 'End the room' }).click();
  await host.page.getByRole('button', { name: 'End it for everybody' }).click();
  await expect(guest.page.getByRole('heading', { name: 'This room has ended' })).toBeVisible();
});

test('CM2 no device awake: the host is led to the devices', async ({ host, guest, spotify }) => {
  const code = await startRoom(host);
  await connectSpotify(host, spotify);
  await joinByLink(guest, code, 'Bob');
  await spotify.control.setDevices(spotify.key, { devices: [], active: null });
  // Pressed a moment before, it is meant for the song that the page shows, and is too late when a read was quicker.
  await expect(host.page.getByRole('heading', { name: 'Nothing is playing' })).toBeVisible();
  await host.page.getByRole('button', { name: 'Next song' }).click();
  await expect(host.page.getByRole('button', { name: 'Choose a device' })).toBeVisible();
  await expect(guest.page.getByText('No Spotify device is awake.').first()).toBeVisible();
  await host.page.getByRole('button', { name: 'Choose a device' }).click();
  await expect(host.page.getByText('No device is awake.', { exact: true })).toBeVisible();
});

test('CM3 a free account: the song is shown, the buttons say what they need', async ({ host, spotify }) => {
  await startRoom(host);
  await connectSpotify(host, spotify);
  await spotify.control.addRule({
    when: { path: '/v1/me/player/pause', account: spotify.key },
    ...faults.premiumRequired(),
  });
  await host.page.getByRole('button', { name: 'Pause' }).click();
  await expect(host.page.getByText('Premium').first()).toBeVisible();
  await expect(songTitle(host.page)).toBeVisible();
});

test('Spotify down: the room keeps what it knows, says so, and comes back by itself', async ({
  host,
  guest,
  spotify,
}) => {
  const code = await startRoom(host);
  await connectSpotify(host, spotify);
  await joinByLink(guest, code, 'Bob');
  const rule = await spotify.control.addRule({
    when: { path: '/v1/me/player', account: spotify.key },
    ...faults.serverErrorHtml(),
  });
  await expect(guest.page.getByText('Spotify stopped answering.')).toBeVisible({ timeout: 25_000 });
  await expect(songTitle(guest.page)).toBeVisible();
  await spotify.control.removeRule(rule.id);
  await expect(guest.page.getByText('Spotify stopped answering.')).toBeHidden({ timeout: 30_000 });
});

test('SC2 a press that Spotify failed is spoken of, and not for ever', async ({ host, spotify }) => {
  await startRoom(host);
  await connectSpotify(host, spotify);
  await spotify.control.addRule({
    when: { path: '/v1/me/player/pause', account: spotify.key },
    times: 1,
    ...faults.serverErrorHtml(),
  });
  await host.page.getByRole('button', { name: 'Pause' }).click();
  await expect(host.page.getByText('Spotify stopped answering.')).toBeVisible();
  await expect(host.page.getByText('Spotify stopped answering.')).toBeHidden({ timeout: 25_000 });
  await expect(host.page.getByRole('button', { name: 'Pause' })).toBeVisible();
});

test('EV1 offline and back: the page says so and goes on by itself', async ({ host, guest, spotify }) => {
  const code = await startRoom(host, { guestsCanPause: true });
  await connectSpotify(host, spotify);
  await joinByLink(guest, code, 'Bob');
  await guest.page.context().setOffline(true);
  await expect(guest.page.getByText('You are offline.')).toBeVisible();
  await host.page.getByRole('button', { name: 'Pause' }).click();
  await skipBar(guest.page).click();
  await guest.page.context().setOffline(false);
  await expectLive(guest.page);
  // SC2: what could not be sent then is not complained about now.
  await expect(guest.page.getByText('The room could not be reached.')).toBeHidden();
  await expect(guest.page.getByRole('button', { name: 'Play', exact: true })).toBeVisible();
});

test('MB3 strange names are shown as what they are', async ({ host, guest, arrive }) => {
  const code = await startRoom(host, { name: '<img src=x onerror=alert(1)> & 🎉' });
  await expect(host.page.getByRole('heading', { level: 1 })).toHaveText('<img src=x onerror=alert(1)> & 🎉');
  await joinByLink(guest, code, '👨‍👩‍👧‍👦 مرحبا');
  await expect(host.page.getByText('👨‍👩‍👧‍👦 مرحبا')).toBeVisible();
  const other = await arrive();
  await other.page.goto(`/room/${code}`);
  await other.page.getByRole('textbox', { name: 'Your name' }).fill('a\u202Eb');
  await other.page.getByRole('button', { name: 'Join the room' }).click();
  await expect(other.page.getByRole('alert').filter({ hasText: 'direction of text' })).toBeVisible();
});

test('SV8 SC3 a skip that Spotify refuses keeps the votes and says why', async ({ host, spotify }) => {
  await startRoom(host);
  await connectSpotify(host, spotify);
  await spotify.control.addRule({
    when: { path: '/v1/me/player/next', account: spotify.key },
    times: 1,
    ...faults.restrictionViolated(),
  });
  await skipBar(host.page).click();
  await expect(host.page.getByText('Spotify does not allow that')).toBeVisible();
  await expect(skipBar(host.page)).toHaveText(/Skip, 1 of 1.*Press to try again/);
  // The next press is another try, not the vote taken back.
  const title = await songTitle(host.page).textContent();
  await skipBar(host.page).click();
  await expect(songTitle(host.page)).not.toHaveText(title ?? '');
  await expect(host.page.getByText('Spotify does not allow that')).toBeHidden();
});

test('through another address of this machine: joining works, starting a room leads to the app’s own', async ({
  host,
  arrive,
}) => {
  const code = await startRoom(host);
  const other = appUrl().replace('127.0.0.1', '127.0.0.2');
  const phone = await arrive({ baseURL: other, viewport: { width: 390, height: 844 } });
  await phone.page.goto('/');
  await expect(phone.page.getByRole('link', { name: appUrl() })).toBeVisible();
  await joinByLink(phone, code, 'Bob');
  await expect(host.page.getByText('2 here')).toBeVisible();
});

test('opened as localhost, the app goes to the address that Spotify returns to', async ({ arrive }) => {
  const person = await arrive();
  await person.page.goto(appUrl().replace('127.0.0.1', 'localhost'));
  expect(new URL(person.page.url()).hostname).toBe('127.0.0.1');
});
