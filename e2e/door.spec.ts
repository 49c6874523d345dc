import { expectLive, joinByLink, startRoom } from './fixtures/steps';
import { expect, test } from './fixtures/test';

test('AM2 three people knock: one is let in, one is turned away, one gives up', async ({ host, guest, arrive }) => {
  const code = await startRoom(host);
  const people = host.page.getByRole('complementary', { name: 'People' });
  await host.page.getByRole('button', { name: 'Settings' }).click();
  await host.page.getByRole('switch', { name: 'Newcomers knock' }).click();
  await host.page.keyboard.press('Escape');
  const [ann, ben] = [await arrive(), await arrive({ viewport: { width: 390, height: 844 } })];
  for (const [{ page }, name] of [
    [guest, 'Zoe'],
    [ann, 'Ann'],
    [ben, 'Ben'],
  ] as const) {
    await page.goto(`/room/${code}`);
    await page.getByRole('textbox', { name: 'Your name' }).fill(name);
    await page.getByRole('button', { name: 'Join the room' }).click();
    await expect(page.getByRole('heading', { name: 'You are at the door' })).toBeVisible();
  }
  await expect(host.page.getByText('3 people are at the door.')).toBeVisible();
  const opened = await guest.page.evaluate(() => performance.timeOrigin);
  await people.getByRole('button', { name: 'Let Zoe in' }).click();
  await expectLive(guest.page);
  // Without a reload.
  expect(await guest.page.evaluate(() => performance.timeOrigin)).toBe(opened);
  await people.getByRole('button', { name: 'Turn Ann away' }).click();
  await expect(ann.page.getByRole('heading', { name: 'The host did not let you in' })).toBeVisible();
  await ben.page.getByRole('button', { name: 'Give up' }).click();
  await expect(ben.page.getByRole('button', { name: 'Join the room' })).toBeVisible();
  await expect(people.getByRole('heading', { name: 'At the door' })).toBeHidden();
  await expect(host.page.getByText('2 here')).toBeVisible();
});

test('AM6 whoever waits comes in when the door is opened', async ({ host, guest, arrive }) => {
  const code = await startRoom(host);
  await host.page.getByRole('button', { name: 'Settings' }).click();
  const knocks = host.page.getByRole('switch', { name: 'Newcomers knock' });
  await knocks.click();
  await guest.page.goto(`/room/${code}`);
  await guest.page.getByRole('textbox', { name: 'Your name' }).fill('Zoe');
  await guest.page.getByRole('button', { name: 'Join the room' }).click();
  await expect(guest.page.getByRole('heading', { name: 'You are at the door' })).toBeVisible();
  await knocks.click();
  await expectLive(guest.page);
  await joinByLink(await arrive(), code, 'Ann');
});
