import { setTimeout as delay } from 'node:timers/promises';
import { percentile } from './row';
import { Screens } from './screens';

/** Between two changes, in ms: long enough for the one before to be on all screens. */
export const pauseMs = 350;

/** How soon changes were on screens. */
export interface FanOut {
  /** p95 over all screens and changes, in ms. */
  readonly p95: number;
  /** p95 of the last screen of each change. */
  readonly last: number;
  /** What each screen got. */
  readonly bytes: number;
}

/** @param rounds for each change, after how many ms it was on each screen */
export function summary(rounds: readonly (readonly number[])[], bytes: number): FanOut {
  return {
    p95: percentile(rounds.flat(), 0.95),
    last: percentile(
      rounds.map((latencies) => Math.max(...latencies)),
      0.95,
    ),
    bytes,
  };
}

export interface BareStreams {
  readonly streams: number;
  readonly bytes: number;
  readonly rounds: number;
}

/** The baseline of a change on all screens: the same bytes to as many streams that do nothing else. */
export async function throughBareStreams(url: string, { streams, bytes, rounds }: BareStreams): Promise<FanOut> {
  const screens = await Screens.open(
    Array.from({ length: streams }, () => ({ url: `${url}/api/bench/stream`, headers: {} })),
  );
  await delay(1_000);
  const seen: number[][] = [];
  for (let version = 1; version <= rounds; version += 1) {
    const body = `id: ${version}\nevent: snapshot\ndata: ${JSON.stringify({ version, padding: 'x'.repeat(bytes) })}\n\n`;
    const started = performance.now();
    const answer = fetch(`${url}/api/bench/stream`, { method: 'POST', body });
    seen.push((await screens.arrivals(version)).map((at) => at - started));
    await answer;
    await delay(pauseMs);
  }
  screens.close();
  await delay(500);
  return summary(seen, bytes);
}
