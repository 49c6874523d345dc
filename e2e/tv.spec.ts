import { expectLive, joinByLink, startRoom } from './fixtures/steps';
import { expect, test } from './fixtures/test';

const television = { width: 1280, height: 720 };

test('SN4 SN5 a TV shows the room of the host who scans its code, and its own code again when it is taken away', async ({
  host,
  guest,
  arrive,
}) => {
  const code = await startRoom(host);
  const tv = await arrive({ viewport: television });
  // Who opens the room’s page for TVs without being in the room is asked for nothing.
  await tv.page.goto(`/room/${code}/display`);
  await tv.page.waitForURL(/\/tv\?/);
  await expect(tv.page.getByRole('textbox')).toHaveCount(0);
  const shown = tv.page.locator('p[data-code]');
  await expect(shown).toHaveText(/^[B-Z2-9]{6}$/);
  await expect(shown).toBeInViewport({ ratio: 1 });
  await expect(tv.page.getByRole('img', { name: /^QR code/ })).toBeInViewport({ ratio: 1 });
  await expect(tv.page.getByRole('link', { name: 'Privacy' })).toBeInViewport({ ratio: 1 });
  await tv.page.screenshot({ path: test.info().outputPath('tv-code.png') });
  const first = (await shown.textContent()) ?? '';

  // A guest’s phone may not; the host’s asks once.
  await joinByLink(guest, code, 'Bob');
  await guest.page.goto(`/pair#${first}`);
  await expect(guest.page.getByRole('heading', { name: 'The host shows the room' })).toBeVisible();
  await host.page.goto(`/pair#${first}`);
  await host.page.getByRole('button', { name: 'Show it there' }).click();
  await expect(host.page.getByRole('heading', { name: 'The screen shows the room' })).toBeVisible();
  await tv.page.waitForURL(`**/room/${code}/display`);
  await expectLive(tv.page);
  // The room itself is not for pressing there.
  await tv.page.goto(`/room/${code}`);
  await tv.page.waitForURL(`**/room/${code}/display`);

  await host.page.getByRole('link', { name: 'Back to the room' }).click();
  await host.page.getByRole('button', { name: 'For the TV' }).click();
  const panel = host.page.getByRole('dialog', { name: 'Screens' });
  await expect(panel.getByText('On', { exact: true })).toBeVisible();
  await host.page.screenshot({ path: test.info().outputPath('screens.png') });
  await panel.getByRole('button', { name: /^Take away/ }).click();
  await tv.page.waitForURL(/\/tv$/);
  await expect(shown).toHaveText(/^[B-Z2-9]{6}$/);
  await expect(shown).not.toHaveText(first);
  await panel.getByRole('textbox', { name: 'Code on the TV' }).fill((await shown.textContent()) ?? '');
  await panel.getByRole('button', { name: 'Show the room there' }).click();
  await tv.page.waitForURL(`**/room/${code}/display`);
  await expectLive(tv.page);
  // It is nobody.
  const { snapshot } = await (await host.page.request.get(`/api/rooms/${code}`)).json();
  expect(snapshot.memberCount).toBe(2);
});
