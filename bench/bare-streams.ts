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

/** The baseline of a change on all screens: streams that do nothing but send what they are given. */
export class BareStreams {
  readonly #url: string;
  readonly #screens: Screens;
  #version = 0;

  private constructor(url: string, screens: Screens) {
    this.#url = url;
    this.#screens = screens;
  }

  static async open(url: string, count: number): Promise<BareStreams> {
    const target = { url: `${url}/api/stream`, headers: {} };
    return new BareStreams(url, await Screens.open(Array.from({ length: count }, () => target)));
  }

  /** @returns after how many ms an event of so many bytes was on each screen */
  async send(bytes: number): Promise<readonly number[]> {
    this.#version += 1;
    const data = JSON.stringify({ version: this.#version, padding: 'x'.repeat(bytes) });
    const body = `id: ${this.#version}\nevent: snapshot\ndata: ${data}\n\n`;
    const started = performance.now();
    const answer = fetch(`${this.#url}/api/stream`, { method: 'POST', body });
    const latencies = (await this.#screens.arrivals(this.#version)).map((at) => at - started);
    await answer;
    return latencies;
  }

  close(): void {
    this.#screens.close();
  }
}
