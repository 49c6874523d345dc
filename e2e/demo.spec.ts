import { expectLive, songTitle } from './fixtures/steps';
import { expect, test } from './fixtures/test';

test('DM1 one press on the start page, one on the next: a room with music and guests, without an account', async ({
  arrive,
}) => {
  const { page } = await arrive();
  await page.goto('/');
  await page.getByRole('link', { name: 'Try a demo' }).click();
  await page.getByRole('button', { name: 'Open a demo room' }).click();
  await page.waitForURL(/\/room\/[A-Z0-9]{6}$/);
  await expectLive(page);
  await expect(page.getByText('A demo: made-up songs without sound')).toBeVisible();
  await expect(page.getByText('3 here')).toBeVisible();
  await expect(songTitle(page)).toBeVisible();

  // The guests come to life by themselves: a song waits, and it is one of theirs.
  const queue = page.getByRole('region', { name: 'Up next' });
  await expect(queue.getByText(/Mia|Jonas/).first()).toBeVisible({ timeout: 15_000 });

  // The visitor's remote works, and what waits plays next.
  await page.getByRole('button', { name: 'Next' }).click();
  await expect(page.getByRole('region', { name: 'Now playing' })).toContainText('Added by');

  await page.getByRole('link', { name: 'Host your own' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Host your own');
});
