import { connectSpotify, joinByLink, startRoom } from './fixtures/steps';
import { expect, test } from './fixtures/test';

test('SC8 a Wi-Fi’s login page in place of an answer: the press goes back, and the search says so', async ({
  host,
  guest,
  spotify,
}) => {
  const code = await startRoom(host);
  await connectSpotify(host, spotify);
  await joinByLink(guest, code, 'Bob');
  const portal = { status: 200, contentType: 'text/html', body: '<h1>Welcome to the Wi-Fi</h1>' };
  await guest.page.route(/\/(skip-votes|search)/, (route) => route.fulfill(portal));
  const skip = guest.page.getByRole('button', { name: /^Skip, / });
  await skip.click();
  await expect(guest.page.getByText('The room could not be reached.')).toBeVisible();
  await expect(skip).toHaveText('Skip, 0 of 2');
  await guest.page.getByRole('button', { name: 'Add a song' }).click();
  await guest.page.getByRole('textbox', { name: 'Song, artist or link' }).fill('Dishes');
  await expect(guest.page.getByRole('dialog').getByText('The room could not be reached.')).toBeVisible();
  await expect(guest.page.getByText('Searching…')).toBeHidden();
});
