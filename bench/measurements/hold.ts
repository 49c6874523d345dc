import { setTimeout as delay } from 'node:timers/promises';
import type { Deployment } from '@/testing/deployments/deployment';
import { gather, screensOf } from '@/bench/party';
import { processFigures } from '@/bench/process-figures';
import { type Measurement, times } from '@/bench/row';

const streams = 1_000;
const forMs = 10 * 60_000;
const changeEveryMs = 5_000;
/** Until the first figure of memory: caches fill, and code is compiled. */
const settleMs = 60_000;

const mebibytes = (bytes: number): string => `${(bytes / 1_024 ** 2).toFixed(1)} MiB`;

/** The memory at the end beside the start, by the line that fits all figures best. */
function growth(figures: readonly number[]): number {
  const middle = (figures.length - 1) / 2;
  const mean = figures.reduce((sum, value) => sum + value, 0) / figures.length;
  const rise = figures.reduce((sum, value, index) => sum + (index - middle) * (value - mean), 0);
  const run = figures.reduce((sum, _, index) => sum + (index - middle) ** 2, 0);
  const slope = rise / run;
  return (mean + slope * middle) / (mean - slope * middle);
}

/**
 * A thousand streams for ten minutes, with a change every five seconds, beside a room with one guest. Streams end by plan after some four
 * minutes and are opened again, as browsers do.
 */
export async function measureHold(deployment: Deployment): Promise<Measurement> {
  const [url = ''] = deployment.urls;
  const crowd = await gather(deployment, 'hold-crowd', streams);
  const pair = await gather(deployment, 'hold-pair', 2);
  const screens = await screensOf(crowd, [url]);
  const few = await screensOf(pair, [url]);
  const reads = async (account: string): Promise<number> =>
    (await deployment.control.calls({ account, path: '/v1/me/player' })).length;
  const held: number[] = [];
  let changes = 0;
  let firstReads: readonly [number, number] | null = null;
  const started = Date.now();
  for (let at = started; at < started + settleMs + forMs; at += changeEveryMs) {
    await delay(Math.max(0, at - Date.now()));
    // The same in both rooms: what differs is how many look.
    for (const party of [crowd, pair]) {
      await party.host.send('PATCH', `${url}${party.path}`, { json: { votesToSkip: 2 + (changes % 50) } });
    }
    changes += 1;
    if (at - started < settleMs) continue;
    firstReads ??= [await reads(crowd.account), await reads(pair.account)];
    held.push((await processFigures(url)).heldBytes);
  }
  const wanted = 2 + ((changes - 1) % 50);
  const version = await screens.shows(({ room }) => room.votesToSkip === wanted);
  const behind = (await screens.arrivals(version)).filter((arrival) => !Number.isFinite(arrival)).length;
  const [ofCrowd = 0, ofPair = 0] = firstReads ?? [];
  const crowdReads = (await reads(crowd.account)) - ofCrowd;
  const pairReads = (await reads(pair.account)) - ofPair;
  const { lost, rollovers } = screens;
  screens.close();
  few.close();
  const grown = growth(held);
  const minutes = forMs / 60_000;
  return {
    rows: [
      {
        what: `Memory of an instance with ${streams} streams over ${minutes} minutes, ${held.length} changes`,
        measured: mebibytes(held.at(-1) ?? 0),
        baseline: `${mebibytes(held[0] ?? 0)} at the start`,
        ratio: times(grown),
        bar: 'flat: ≤ 1.05×',
        holds: grown <= 1.05,
      },
      {
        what: `Streams lost meanwhile (${rollovers} ended by plan and were opened again; screens behind at the end: ${behind})`,
        measured: String(lost),
        baseline: '',
        ratio: '',
        bar: '0',
        holds: lost === 0 && behind === 0,
      },
      {
        what: `Spotify reads in those ${minutes} minutes`,
        measured: String(crowdReads),
        baseline: `${pairReads} a room with one guest`,
        ratio: times(crowdReads / pairReads),
        bar: 'the same',
        // Which of two rooms a song's end falls to in the last second is chance.
        holds: Math.abs(crowdReads - pairReads) <= 3,
      },
    ],
  };
}
