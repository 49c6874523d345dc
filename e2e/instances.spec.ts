import { enter, snapshotOf } from '@/testing/people/party';
import { Person } from '@/testing/people/person';
import { connectSpotify, joinByLink, skipBar, songTitle, startRoom } from './fixtures/steps';
import { appUrl, expect, secondUrl, test } from './fixtures/test';

test('EV3 two instances: what happens on one shows on the other', async ({ host, arrive, spotify }) => {
  const code = await startRoom(host, { guestsCanPause: true });
  await connectSpotify(host, spotify);
  const guest = await arrive({ baseURL: secondUrl() });
  await joinByLink(guest, code, 'Bob');
  await guest.page.getByRole('button', { name: 'Pause' }).click();
  await expect(host.page.getByRole('button', { name: 'Play', exact: true })).toBeVisible();
  await host.page.getByRole('button', { name: 'Play', exact: true }).click();
  await expect(guest.page.getByRole('button', { name: 'Pause' })).toBeVisible();
  await skipBar(guest.page).click();
  await expect(skipBar(host.page)).toHaveText(/Skip, 1 of 2/);
});

test('SV3 fifty votes at once over two instances are one skip', async ({ host, spotify }) => {
  const code = await startRoom(host);
  await connectSpotify(host, spotify);
  const path = `/api/rooms/${code}`;
  const people = await Promise.all(
    Array.from({ length: 50 }, (_, index) =>
      enter(path, new Person(index % 2 === 0 ? appUrl() : secondUrl()), `Guest ${index}`),
    ),
  );
  const room = { host: people[0] ?? new Person(appUrl()), code, path };
  for (let round = 1; round <= 2; round += 1) {
    const title = await songTitle(host.page).textContent();
    const { playId } = (await snapshotOf(room)).playback;
    const answers = await Promise.all(people.map((person) => person.post(`${path}/skip-votes`, { playId })));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    await expect(songTitle(host.page)).not.toHaveText(title ?? '');
    expect(await spotify.control.calls({ account: spotify.key, path: '/v1/me/player/next' })).toHaveLength(round);
  }
});

test('TK2 two hundred requests with an expired token over two instances are one refresh', async ({ host, spotify }) => {
  const code = await startRoom(host);
  await connectSpotify(host, spotify);
  const cookies = await host.page.context().cookies();
  const cookie = cookies.find(({ name }) => name.startsWith('roomtone_session'));
  if (!cookie) throw new Error('There is no cookie.');
  const headers = { cookie: `${cookie.name}=${cookie.value}` };
  await spotify.control.expireTokens(spotify.key);
  const before = (await spotify.control.calls({ account: spotify.key, grantType: 'refresh_token' })).length;
  // Each needs the token: the first to be refused refreshes it, all others use what it brought.
  const answers = await Promise.all(
    Array.from({ length: 200 }, (_, index) =>
      fetch(`${index % 2 === 0 ? appUrl() : secondUrl()}/api/rooms/${code}/devices`, { headers }),
    ),
  );
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  expect((await spotify.control.calls({ account: spotify.key, grantType: 'refresh_token' })).length - before).toBe(1);
});
