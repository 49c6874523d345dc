import { faults } from '@/simulator/control-client';
import { connectSpotify, joinByLink, songTitle, startRoom } from './fixtures/steps';
import { expect, test } from './fixtures/test';

test('WT6 a rate limit: everybody reads until when, nobody calls, and the buttons come back by themselves', async ({
  host,
  guest,
  spotify,
}) => {
  const code = await startRoom(host, { guestsCanPause: true });
  await connectSpotify(host, spotify);
  await joinByLink(guest, code, 'Bob');
  const rule = await spotify.control.addRule({ when: { path: '/v1/me/player/*' }, times: 1, ...faults.rateLimited(6) });
  await host.page.getByRole('button', { name: 'Next song' }).click();
  const sentence = /Spotify takes no requests from this app until \d{1,2}:\d{2}/;
  for (const { page } of [host, guest]) await expect(page.getByText(sentence).first()).toBeVisible();
  await expect(songTitle(guest.page)).toBeVisible();
  await expect(guest.page.getByText(sentence)).toHaveCount(0, { timeout: 20_000 });
  await spotify.control.removeRule(rule.id);
  await guest.page.getByRole('button', { name: 'Pause' }).click();
  await expect(host.page.getByRole('button', { name: 'Play', exact: true })).toBeVisible();
});
