import assert from 'node:assert/strict';
import { until } from '@/testing/until';
import { fault } from './fault';

/** By when a process that was asked to end has ended (RL-08), in ms. */
const exitMs = 10_000;

const people = 65;
const screensEach = 3;

fault(
  'RL-08 SIGTERM with 200 open streams: all of them end, go to the other instance, and miss nothing',
  { guests: [2, 2], short: true },
  async (party) => {
    const { deployment } = party;
    const crowd = await Promise.all(Array.from({ length: people }, (_, index) => party.join(`Guest ${index}`, 0)));
    for (const guest of crowd) for (let screen = 0; screen < screensEach; screen += 1) party.watch(guest, 0);
    await until(() => party.screens.filter(({ at, latest }) => at === 0 && latest !== null).length >= 198, 30_000);
    const took = await deployment.terminate(0);
    assert.ok(took < exitMs, `It took ${took} ms.`);
    await until(() => party.screens.every(({ at }) => at === 1), 30_000);
    assert.equal(party.screens.filter(({ broken }) => broken > 0).length, 0, 'every stream was ended, none was torn');
    party.host.instance = 1;
    assert.equal((await party.rename(party.host, 'Kitchen')).status, 200);
    await party.shows(({ latest }) => latest?.room.name === 'Kitchen');
    await party.showsTrack(await party.pressNext());
  },
);
