import type { Page } from '@playwright/test';
import { startTcpProxy } from '@/testing/deployments/tcp-proxy';
import { connectSpotify, expectLive, joinByLink, songTitle, startRoom } from './fixtures/steps';
import { appUrl, expect, test } from './fixtures/test';

/** Puts the phone into a pocket, or takes it out. */
function setHidden(page: Page, hidden: boolean): Promise<void> {
  return page.evaluate((isHidden) => {
    Object.defineProperty(document, 'hidden', { configurable: true, value: isHidden });
    Object.defineProperty(document, 'visibilityState', { configurable: true, value: isHidden ? 'hidden' : 'visible' });
    document.dispatchEvent(new Event('visibilitychange'));
  }, hidden);
}

test('SC7 a phone whose line was cut in a pocket, without notice, shows the new song when it is looked at', async ({
  host,
  arrive,
  spotify,
}) => {
  const code = await startRoom(host);
  await connectSpotify(host, spotify);
  const line = await startTcpProxy(Number(new URL(appUrl()).port));
  const guest = await arrive({ baseURL: `http://127.0.0.1:${line.port}` });
  try {
    await joinByLink(guest, code, 'Bob');
    // Only the stream's own connection is left.
    line.cut();
    await expectLive(guest.page);
    const before = (await songTitle(guest.page).textContent()) ?? '';
    await setHidden(guest.page, true);
    line.freeze();
    await host.page.getByRole('button', { name: 'Next song' }).click();
    await expect(songTitle(host.page)).not.toHaveText(before);
    await expect(songTitle(guest.page)).toHaveText(before);
    await setHidden(guest.page, false);
    // Far less than the silence after which a stream is given up anyway.
    await expect(songTitle(guest.page)).not.toHaveText(before, { timeout: 10_000 });
    await expect(songTitle(guest.page)).toHaveText((await songTitle(host.page).textContent()) ?? '');
  } finally {
    await guest.page.close();
    await line.stop();
  }
});
