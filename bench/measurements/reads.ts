import { setTimeout as delay } from 'node:timers/promises';
import type { Deployment } from '@/testing/deployments/deployment';
import { gather, screensOf } from '@/bench/party';
import type { Measurement } from '@/bench/row';
import { startTutorialGuests } from '@/bench/tutorial';

const sizes = [1, 10, 100, 1_000];
const minuteMs = 60_000;
/** The tutorial's guests are counted for less: they do the same every second. */
const tutorialMs = 6_000;

const player = '/v1/me/player';

async function countReads(deployment: Deployment, account: string, path: string, forMs: number): Promise<number> {
  const before = (await deployment.control.calls({ account })).at(-1)?.sequence ?? 0;
  await delay(forMs);
  return (await deployment.control.calls({ account, path, after: before })).length;
}

/** All rooms at once, so that all see the same minute. */
async function throughRooms(deployment: Deployment): Promise<readonly number[]> {
  const parties = [];
  for (const size of sizes) parties.push(await gather(deployment, `reads-${size}`, size + 1));
  const screens = await Promise.all(parties.map((party) => screensOf(party, deployment.urls)));
  await Promise.all(screens.map((all) => all.shows(({ playback }) => playback.track !== null)));
  // The same moment of the same song everywhere: an ordinary minute, without its end.
  for (const { account } of parties) await deployment.control.press(account, { press: 'seek', positionMs: 1_000 });
  await delay(6_000);
  const counts = await Promise.all(parties.map(({ account }) => countReads(deployment, account, player, minuteMs)));
  for (const all of screens) all.close();
  return counts;
}

async function throughTutorial(deployment: Deployment, guests: number): Promise<number> {
  const account = `tutorial-${guests}`;
  await deployment.control.addAccount({ key: account, displayName: account });
  const { accessToken } = await deployment.control.login(account, ['user-read-currently-playing']);
  const stop = startTutorialGuests({ url: deployment.simulator.url, accessToken }, guests);
  await delay(1_000);
  const count = await countReads(deployment, account, `${player}/currently-playing`, tutorialMs);
  stop();
  return Math.round((count * minuteMs) / tutorialMs);
}

/** Calls to Spotify for one room and minute, for one guest and for a thousand. */
export async function measureReads(deployment: Deployment): Promise<Measurement> {
  const room = await throughRooms(deployment);
  const tutorial: number[] = [];
  for (const size of sizes) {
    await deployment.control.clearCalls();
    tutorial.push(await throughTutorial(deployment, size));
  }
  const [one = Number.NaN, many = Number.NaN] = [room.at(0), room.at(-1)];
  const points = (counts: readonly number[]) => sizes.map((size, index) => [size, counts[index] ?? 0] as const);
  return {
    rows: [
      {
        what: `Spotify reads per room and minute, ${sizes.join(', ')} guests`,
        measured: room.join(', '),
        baseline: `${tutorial.join(', ')} one call per guest and second`,
        ratio: `1 : ${Math.round((tutorial.at(-1) ?? 0) / many)} with ${sizes.at(-1)} guests`,
        // One read more or less is where the minute happened to begin.
        bar: '≤ 15 and the same',
        holds: room.every((count) => count <= 15 && Math.abs(count - one) <= 1),
      },
    ],
    drawings: [
      {
        file: 'upstream-calls.svg',
        title: 'Calls to Spotify for one room and minute',
        x: 'guests',
        y: 'calls a minute',
        logarithmic: true,
        curves: [
          { name: 'Roomtone', points: points(room) },
          { name: 'one call per guest and second', points: points(tutorial) },
        ],
      },
    ],
  };
}
