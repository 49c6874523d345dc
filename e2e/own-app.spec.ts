import { answerConsent, connectSpotify, expectLive, songTitle, startRoom } from './fixtures/steps';
import { appUrl, expect, test } from './fixtures/test';

const clientId = '5b1dc0ffee5b1dc0ffee5b1dc0ffee07';
/** As long, and as good-looking. */
const secret = '0ddba110ddba110ddba110ddba110ddb';

test('AP1 a sixth host, whom the site’s app does not let in, brings an app of their own and plays beside the others', async ({
  host,
  guest: sixth,
  spotify,
}) => {
  const { control } = spotify;
  const { page } = sixth;
  const account = { key: `${spotify.key}-6`, displayName: 'Sixth host', allowListed: false };
  await control.addAccount(account);
  await startRoom(host);
  await connectSpotify(host, spotify);
  const code = await startRoom(sixth);
  await answerConsent(sixth, account.displayName, 'Agree');
  await page.getByRole('alert').getByRole('link', { name: 'Use your own Spotify app' }).click();

  await expect(page.getByRole('heading', { level: 1, name: 'Your own Spotify app' })).toBeVisible();
  await page.getByRole('button', { name: 'Copy the redirect URI' }).click();
  await expect(page.getByText('Copied.')).toBeVisible();
  const redirectUri = `${appUrl()}/api/spotify/callback`;
  await expect(page.getByText(redirectUri, { exact: true }).first()).toBeVisible();
  // The letter by which it differs is the last one.
  await control.putApp({ clientId, redirectUris: [`${redirectUri}/`], owner: account.key });

  const useApp = async (id: string): Promise<void> => {
    await page.getByRole('textbox', { name: 'Client id' }).fill(id);
    await page.getByRole('button', { name: 'Use this app' }).click();
    await expect(page.getByRole('region', { name: 'In use' })).toContainText(id);
    await page.getByRole('link', { name: 'Log in with Spotify' }).click();
  };
  for (const [id, says] of [
    [secret, 'INVALID_CLIENT: Invalid client'],
    [clientId, 'INVALID_CLIENT: Invalid redirect URI'],
  ] as const) {
    await useApp(id);
    await expect(page.getByText(says)).toBeVisible();
    await page.goBack();
    await expect(page.getByText('Your login has not come back.')).toBeVisible();
    await expect(page.getByText(says)).toBeVisible();
  }
  await control.putApp({ clientId, redirectUris: [redirectUri], owner: account.key });
  await page.getByRole('link', { name: 'Log in with Spotify' }).click();
  await page.getByRole('radio', { name: account.displayName }).check();
  await page.getByRole('button', { name: 'Agree' }).click();
  await expect(page.getByText('It works: Sixth host is connected through your app.')).toBeVisible();
  await page.getByRole('link', { name: 'Back to the room' }).click();
  await page.waitForURL(new RegExp(`/room/${code}$`));
  await expectLive(page);

  for (const { page: room } of [host, sixth]) {
    await expect(songTitle(room)).toBeVisible();
    await room.getByRole('button', { name: 'Pause' }).click();
    await expect(room.getByRole('button', { name: 'Play', exact: true })).toBeVisible();
  }
  await page.getByRole('button', { name: 'Settings' }).click();
  await expect(page.getByText('Your own Spotify app is used.')).toBeVisible();
});
