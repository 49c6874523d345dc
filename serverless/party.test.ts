import assert from 'node:assert/strict';
import { after } from 'node:test';
import { timings } from '@/lib/server/player/state/timings';
import { until } from '@/testing/until';
import { labTest } from './lab-test';
import { Evening } from './party/evening';
import { whatWasHeard } from './party/heard';
import { Laboratory } from './party/laboratory';

let opened: Promise<Laboratory> | null = null;
const laboratory = (): Promise<Laboratory> => (opened ??= Laboratory.start({ label: 'lab' }));

after(async () => (await opened)?.stop());

/** Functions whose requests live as long as somebody looks. */
const watching = ['events', 'watch'];

labTest(
  'a party of frozen functions: every wish is heard, in its order, once; only streams hold the lease',
  async () => {
    const lab = await laboratory();
    const evening = await Evening.begin(lab, 'short', { songs: 'fiveSeconds', guests: 2, firstSongMs: 12_000 });
    try {
      evening.openScreens();
      await until(() => evening.screens.every(({ latest }) => latest?.playback.track != null), 20_000);
      for (let wish = 0; wish < 3; wish += 1) await evening.wish();
      const heard = async () => whatWasHeard(evening.wishes, (await lab.control.player('short')).begun);
      const acting = evening.goOn(18_000, 1_500);
      // Where a starved machine hands a song over too late, one of the host's, of forty seconds, comes before it.
      await until(async () => (await heard()).heard === 3, 150_000);
      await acting;
      const { twice, outOfOrder } = await heard();
      assert.deepEqual({ twice, outOfOrder, refused: evening.refused }, { twice: [], outOfOrder: [], refused: [] });
      assert.deepEqual(
        (await lab.leases.holders()).filter((name) => !watching.includes(name)),
        [],
      );
    } finally {
      await evening.end();
    }
  },
);

labTest('back in a room that nobody had open, and a press on the phone: the true song is on the screen', async () => {
  const lab = await laboratory();
  const evening = await Evening.begin(lab, 'back', { songs: 'fortySeconds', guests: 1 });
  try {
    evening.openScreens();
    await until(() => evening.screens[0]?.latest?.playback.track != null, 20_000);
    const { itemUri: pressed } = await lab.control.press('back', { press: 'next' });
    await until(() => evening.screens[0]?.latest?.playback.track?.uri === pressed, 10_000);
    await evening.closeScreens();
    const since = new Date();
    await lab.control.press('back', { press: 'next' });
    const { itemUri } = await lab.control.press('back', { press: 'next' });
    // A reading that is younger than that is not made again for anybody (WT4).
    const [last] = (await lab.control.calls({ path: '/v1/me/player' })).slice(-1);
    await until(() => Date.now() - Date.parse(last?.at ?? '') > timings.playingMs, 20_000);
    await evening.host.get(`/room/${evening.code}`);
    const began = Date.now();
    const screen = evening.openScreen(evening.host);
    // Far less than a lease lasts: nobody had to wait for the end of another's.
    await until(() => screen.latest?.playback.track?.uri === itemUri, 5_000);
    console.log(`    back in the room: the true song after ${Date.now() - began} ms`);
    assert.deepEqual(
      (await lab.leases.holders(since)).filter((name) => !watching.includes(name)),
      [],
    );
  } finally {
    await evening.end();
  }
});
