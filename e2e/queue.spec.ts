import type { Page } from '@playwright/test';
import { addSongs, connectSpotify, expectLive, joinByLink, songTitle, startRoom } from './fixtures/steps';
import { expect, restartedUrl, restartInstance, type SpotifyAccount, test } from './fixtures/test';

/** Songs of five seconds, and one that is long enough for a restart. */
const shortSongs = ['Door', 'Toaster', 'Stairs', 'Umbrella', 'Spoon', 'Cat', 'Doorbell', 'Pigeon', 'Zip'];
const longSong = 'Pass Me the Remote';

/** Before the end of a song, in ms: long enough for the room to notice the host's press, which it reads every 5 s. */
const nearTheEndMs = 9_000;

const waiting = (page: Page) => page.getByRole('list', { name: 'Waiting songs' }).getByRole('listitem');
const row = (page: Page, title: string) => waiting(page).filter({ has: page.getByText(title, { exact: true }) });

async function leaveNearTheEnd({ control, key }: SpotifyAccount): Promise<void> {
  const { durationMs } = await control.player(key);
  await control.press(key, { press: 'seek', positionMs: (durationMs ?? 0) - nearTheEndMs });
}

/** What began on the host's device, by title, from the song on that people asked for first. */
async function heard({ control, key }: SpotifyAccount, uris: ReadonlyMap<string, string>) {
  const { begun } = await control.player(key);
  const first = begun.findIndex(({ uri }) => uris.has(uri));
  return first < 0 ? [] : begun.slice(first).map(({ uri, at }) => ({ title: uris.get(uri) ?? 'something else', at }));
}

test('three guests add and vote; ten songs play in the order that all screens show, without a gap, over a restart', async ({
  host,
  arrive,
  spotify,
}) => {
  test.setTimeout(240_000);
  const code = await startRoom(host);
  await connectSpotify(host, spotify);
  const people = [];
  for (const name of ['Ana', 'Bob', 'Cy']) {
    const person = await arrive({ baseURL: restartedUrl() });
    await joinByLink(person, code, name);
    people.push(person);
  }
  const [ana, bob, cy] = people;
  if (!ana || !bob || !cy) throw new Error('Somebody did not come.');
  await Promise.all([
    addSongs(ana, shortSongs.slice(0, 4)),
    addSongs(bob, [...shortSongs.slice(4, 6), longSong]),
    addSongs(cy, shortSongs.slice(6)),
  ]);
  const everybody = [host, ana, bob, cy];
  for (const { page } of everybody) await expect(waiting(page)).toHaveCount(10);

  // Votes: Zip is wanted by two, the long song by one, and nobody else likes Door.
  for (const { page } of [ana, bob]) await row(page, 'Zip').getByRole('button', { name: 'Vote for it' }).click();
  await row(ana.page, longSong).getByRole('button', { name: 'Vote for it' }).click();
  await row(cy.page, 'Door').getByRole('button', { name: 'Vote against it' }).click();
  for (const { page } of everybody) {
    await expect(waiting(page).nth(0)).toContainText('Zip');
    await expect(waiting(page).nth(1)).toContainText(longSong);
    await expect(waiting(page).nth(9)).toContainText('Door');
  }
  const { snapshot } = await (await host.page.request.get(`/api/rooms/${code}`)).json();
  const tracks: readonly { uri: string; name: string; durationMs: number }[] = snapshot.queue.map(
    ({ track }: { track: { uri: string; name: string; durationMs: number } }) => track,
  );
  const titles = tracks.map(({ name }) => name);
  const uris = new Map(tracks.map(({ uri, name }) => [uri, name]));
  for (const { page } of everybody) {
    const shown = await waiting(page).allTextContents();
    expect(shown.map((text) => titles.find((title) => text.includes(title)))).toEqual(titles);
  }

  // A TV shows the room beside them.
  const tv = await arrive({ baseURL: restartedUrl() });
  await tv.page.goto('/tv');
  const symbols = await tv.page.locator('p[data-code]', { hasText: /^\w{6}$/ }).textContent();
  await host.page.request.post(`/api/rooms/${code}/screens`, { data: { code: symbols } });
  await expectLive(tv.page);

  await leaveNearTheEnd(spotify);
  for (const { page } of everybody) await expect(songTitle(page)).toHaveText('Zip', { timeout: 30_000 });
  await expect(host.page.getByText('Added by Cy')).toBeVisible();

  // The server is restarted in the middle of the second one.
  for (const { page } of everybody) await expect(songTitle(page)).toHaveText(longSong, { timeout: 15_000 });
  await restartInstance();
  for (const { page } of people) await expectLive(page);
  await leaveNearTheEnd(spotify);
  // SN3 the TV is in the room as before, without anybody at it.
  await expect(tv.page.getByRole('heading', { level: 2 })).toHaveText(titles[2] ?? '');

  await expect.poll(async () => (await heard(spotify, uris)).length, { timeout: 120_000 }).toBeGreaterThanOrEqual(11);
  const played = await heard(spotify, uris);
  expect(played.slice(0, 10).map(({ title }) => title)).toEqual(titles);
  // Each began in the very millisecond in which the one before ended; only the long one was cut short, on the phone.
  const gaps = played
    .slice(1, 10)
    .map(({ at }, index) => at - (played[index]?.at ?? 0) - (tracks[index]?.durationMs ?? 0));
  expect(gaps.filter((_, index) => titles[index] !== longSong)).toEqual(Array.from({ length: 8 }, () => 0));
  for (const { page } of everybody) await expect(waiting(page)).toHaveCount(0);
  expect(
    await spotify.control.calls({ account: spotify.key, path: '/v1/me/player/queue', method: 'POST' }),
  ).toHaveLength(10);
});
