import { setTimeout as delay } from 'node:timers/promises';
import type { Deployment } from '@/testing/deployments/deployment';
import { BareStreams, type FanOut, pauseMs, summary } from '@/bench/bare-streams';
import { gather, type Crowd, screensOf } from '@/bench/party';
import { type Measurement, ms, times } from '@/bench/row';

const commands = 40;
const sizes = [10, 100, 300, 1_000];

/** A guest presses pause and play by turns; from the press to each screen. */
async function throughRoom(party: Crowd, urls: readonly string[]): Promise<FanOut> {
  const screens = await screensOf(party, urls);
  await screens.shows(({ playback, presentCount }) => playback.track !== null && presentCount > party.guests.length);
  await delay(1_500);
  const rounds: number[][] = [];
  let bytes = 0;
  for (let round = 0; round < commands; round += 1) {
    const playing = screens.snapshot()?.playback.status === 'playing';
    const guest = party.guests[(round * 7) % party.guests.length] ?? party.host;
    const before = screens.version;
    const started = performance.now();
    const answer = guest.send(
      'POST',
      `${urls[round % urls.length]}${party.path}/playback/${playing ? 'pause' : 'play'}`,
    );
    const version = await screens.shows(
      (snapshot) => snapshot.version > before && (snapshot.playback.status === 'playing') !== playing,
    );
    rounds.push((await screens.arrivals(version)).map((at) => at - started));
    bytes = JSON.stringify(screens.snapshot()).length;
    const { status } = await answer;
    if (status !== 204) throw new Error(`A command was refused: ${status}`);
    await delay(pauseMs);
  }
  screens.close();
  return summary(rounds, bytes);
}

/** The same bytes to as many streams that do nothing else. */
async function throughBareStreams(url: string, count: number, bytes: number): Promise<FanOut> {
  const streams = await BareStreams.open(url, count);
  await delay(1_000);
  const rounds: (readonly number[])[] = [];
  for (let round = 0; round < commands; round += 1) {
    rounds.push(await streams.send(bytes));
    await delay(pauseMs);
  }
  streams.close();
  await delay(500);
  return summary(rounds, bytes);
}

/** A command by one guest, on the screens of all. */
export async function measureFanOut(deployment: Deployment, baseline: string): Promise<Measurement> {
  const [first = ''] = deployment.urls;
  const room: [number, number][] = [];
  const bare: [number, number][] = [];
  const two: [number, number][] = [];
  let largest: { one: FanOut; bare: FanOut; two: FanOut } | null = null;
  for (const size of sizes) {
    const party = await gather(deployment, `fan-out-${size}`, size);
    const one = await throughRoom(party, [first]);
    const plain = await throughBareStreams(baseline, size, one.bytes);
    const both = await throughRoom(party, deployment.urls);
    room.push([size, one.p95]);
    bare.push([size, plain.p95]);
    two.push([size, both.p95]);
    largest = { one, bare: plain, two: both };
    await party.host.send('DELETE', `${first}${party.path}`);
  }
  if (largest === null) throw new Error('Nothing was measured.');
  const { one, bare: plain, two: both } = largest;
  const size = sizes.at(-1);
  return {
    rows: [
      {
        what: `A command by one of ${size} guests → on all screens, p95 (last screen ${ms(one.last)}; ${one.bytes} bytes)`,
        measured: ms(one.p95),
        baseline: `${ms(plain.p95)} bare event stream`,
        ratio: times(one.p95 / plain.p95),
        bar: '≤ 150 ms and ≤ 3×',
        holds: one.p95 <= 150 && one.p95 <= 3 * plain.p95,
      },
      {
        what: `The same over two instances with ${(size ?? 0) / 2} screens each, p95 (last screen ${ms(both.last)})`,
        measured: ms(both.p95),
        baseline: `${ms(one.p95)} one instance`,
        ratio: times(both.p95 / one.p95),
        bar: '≤ 150 ms',
        holds: both.p95 <= 150,
      },
    ],
    drawings: [
      {
        file: 'fan-out.svg',
        title: 'A command by one guest, on all screens',
        x: 'screens',
        y: 'p95, ms',
        curves: [
          { name: 'Roomtone, one instance', points: room },
          { name: 'Roomtone, two instances', points: two },
          { name: 'bare Next event stream', points: bare },
        ],
      },
    ],
  };
}
