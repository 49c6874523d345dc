import { setTimeout as delay } from 'node:timers/promises';
import type { Deployment } from '@/testing/deployments/deployment';
import { gather, type Crowd, screensOf } from '@/bench/party';
import { each } from '@/bench/each';
import { type Measurement, ms, percentile, times } from '@/bench/row';
import type { Screens } from '@/bench/screens';
import { startTutorialGuests } from '@/bench/tutorial';

const rooms = 8;
const people = 12;
const rounds = 3;
const tutorialGuests = 20;

/** How long before its end a song is when it is watched for its end, in ms: a regular read falls between. */
const leadMs = 9_000;

interface Watched {
  readonly party: Crowd;
  readonly screens: Screens;
}

/** Brings the song near its end by a touch on the host's phone. @returns when it ends, in ms of `performance.now()` */
async function nearEnd(deployment: Deployment, account: string): Promise<number> {
  const { durationMs } = await deployment.control.player(account);
  await deployment.control.press(account, { press: 'seek', positionMs: (durationMs ?? 0) - leadMs });
  const { positionMs } = await deployment.control.player(account);
  return performance.now() + (durationMs ?? 0) - positionMs;
}

/** From the end of a song to the next one on each screen. */
async function songEnds(deployment: Deployment, { party, screens }: Watched): Promise<readonly number[]> {
  const before = screens.snapshot()?.playback.playId;
  const endsAt = await nearEnd(deployment, party.account);
  const version = await screens.shows(({ playback }) => playback.playId !== before, 2 * leadMs);
  return (await screens.arrivals(version)).map((at) => at - endsAt);
}

/** From a touch on the host's phone to each screen. */
async function phonePresses(deployment: Deployment, { party, screens }: Watched): Promise<readonly number[]> {
  const playing = screens.snapshot()?.playback.status === 'playing';
  // Somewhere between two reads.
  await delay(2_000 + Math.random() * 5_000);
  const pressed = performance.now();
  await deployment.control.press(party.account, { press: playing ? 'pause' : 'play' });
  const version = await screens.shows(({ playback }) => (playback.status === 'playing') !== playing, 30_000);
  const latencies = (await screens.arrivals(version)).map((at) => at - pressed);
  if (!playing) return latencies;
  // Paused rooms are read more rarely; a party's music plays. It goes on without being counted.
  await party.host.send('POST', `${deployment.url(0)}${party.path}/playback/play`);
  await screens.shows(({ playback }) => playback.status === 'playing');
  return latencies;
}

/** The same two things as guests of the tutorial see them, who look once a second. */
async function throughTutorial(
  deployment: Deployment,
): Promise<{ readonly ends: number[]; readonly presses: number[] }> {
  const account = 'following-tutorial';
  await deployment.control.addAccount({ key: account, displayName: account });
  const { accessToken } = await deployment.control.login(account, ['user-read-currently-playing']);
  const seen = new Map<number, string>();
  const changes: { readonly at: number; readonly what: string }[] = [];
  const stop = startTutorialGuests(
    { url: deployment.simulator.url, accessToken },
    tutorialGuests,
    (guest, uri, playing) => {
      const now = `${uri} ${playing}`;
      if (seen.get(guest) !== now) changes.push({ at: performance.now(), what: now });
      seen.set(guest, now);
    },
  );
  await delay(2_000);
  const since = (from: number): number[] => changes.splice(0).map(({ at }) => at - from);
  const ends: number[] = [];
  const presses: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    changes.length = 0;
    const endsAt = await nearEnd(deployment, account);
    await delay(leadMs + 1_500);
    ends.push(...since(endsAt));
    const pressed = performance.now();
    await deployment.control.press(account, { press: round % 2 === 0 ? 'pause' : 'play' });
    await delay(2_500);
    presses.push(...since(pressed));
    if (round % 2 === 0) await deployment.control.press(account, { press: 'play' });
    await delay(2_000);
  }
  stop();
  return { ends, presses };
}

/** What happens without anybody in the room doing it, until it is on all screens. */
export async function measureFollowing(deployment: Deployment): Promise<Measurement> {
  const watched = await each(rooms, async (index): Promise<Watched> => {
    const party = await gather(deployment, `following-${index}`, people);
    return { party, screens: await screensOf(party, deployment.urls) };
  });
  await Promise.all(watched.map(({ screens }) => screens.shows(({ playback }) => playback.track !== null)));
  const ends: number[] = [];
  const presses: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    ends.push(...(await Promise.all(watched.map((room) => songEnds(deployment, room)))).flat());
    presses.push(...(await Promise.all(watched.map((room) => phonePresses(deployment, room)))).flat());
  }
  for (const { screens } of watched) screens.close();
  const tutorial = await throughTutorial(deployment);
  const row = (what: string, seen: readonly number[], base: readonly number[], barMs: number) => {
    const [p95, basis] = [percentile(seen, 0.95), percentile(base, 0.95)];
    return {
      what: `${what}, p95 of ${seen.length} screens in ${rooms} rooms`,
      measured: ms(p95),
      baseline: `${ms(basis)} one call per guest and second`,
      ratio: times(p95 / basis),
      bar: `≤ ${barMs / 1_000} s`,
      holds: p95 <= barMs,
    };
  };
  return {
    rows: [
      row('The end of a song → the next on screens', ends, tutorial.ends, 1_000),
      row('A press on the host’s phone → on screens', presses, tutorial.presses, 6_000),
    ],
  };
}
