import { Agent, type ClientRequest, get, type IncomingMessage } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { RoomSnapshot } from '@/lib/shared/contract/snapshot';
import { each } from './each';

export interface ScreenTarget {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

const eventStart = Buffer.from('id: ');

/** How soon a screen whose stream ended opens the next one, in ms. */
const reopenMs = 50;

/** One open event stream, and when each version was there, in ms of `performance.now()`. */
class Screen {
  readonly arrivals = new Map<number, number>();
  version = 0;
  /** Streams that broke or were refused, and streams that the server ended as planned. */
  lost = 0;
  rollovers = 0;
  /** The text of the newest event; only the first screen keeps it. */
  lastEvent = '';
  readonly #target: ScreenTarget;
  readonly #agent: Agent;
  readonly #keepsText: boolean;
  readonly #onEvent: () => void;
  #pending: number | null = null;
  #request: ClientRequest | null = null;
  #closed = false;

  constructor(target: ScreenTarget, agent: Agent, keepsText: boolean, onEvent: () => void) {
    this.#target = target;
    this.#agent = agent;
    this.#keepsText = keepsText;
    this.#onEvent = onEvent;
  }

  /** Opens the stream; when the server ends it, the next one is opened, as browsers do. */
  open(): Promise<void> {
    return new Promise((resolve, reject) => {
      const { url, headers } = this.#target;
      this.#request = get(url, { headers, agent: this.#agent }, (response) => {
        if (response.statusCode !== 200) return reject(new Error(`A stream was refused: ${response.statusCode}`));
        response.on('data', (chunk: Buffer) => this.#receive(chunk));
        response.on('close', () => this.#ended(response));
        resolve();
      });
      this.#request.on('error', reject);
    });
  }

  close(): void {
    this.#closed = true;
    this.#request?.destroy();
  }

  #ended(response: IncomingMessage): void {
    if (this.#closed) return;
    if (response.complete) this.rollovers += 1;
    else this.lost += 1;
    setTimeout(() => void this.open().catch(() => (this.lost += 1)), reopenMs).unref();
  }

  /** Reads no more than it must: a thousand of these share the machine with what they measure. */
  #receive(chunk: Buffer): void {
    const at = performance.now();
    const atStart = chunk.subarray(0, 4).equals(eventStart);
    // Events may share a piece; only the newest is of interest.
    const inside = chunk.lastIndexOf('\nid: ');
    const from = inside >= 0 ? inside + 5 : atStart ? 4 : -1;
    if (from >= 0) {
      this.#pending = Number.parseInt(chunk.toString('latin1', from, from + 16), 10);
      this.lastEvent = '';
    }
    // Comments, which keep the stream alive, come between events.
    if (this.#pending === null) return;
    if (this.#keepsText) this.lastEvent += chunk.toString('utf8', Math.max(from, 0));
    if (chunk.at(-1) !== 10 || chunk.at(-2) !== 10) return;
    this.version = this.#pending;
    this.arrivals.set(this.version, at);
    this.#pending = null;
    this.#onEvent();
  }
}

/** Many screens that look at a room, or at a bare stream. */
export class Screens {
  readonly #screens: readonly Screen[];
  readonly #agent = new Agent({ keepAlive: false, maxSockets: Infinity });
  readonly #waiting = new Set<() => void>();

  private constructor(targets: readonly ScreenTarget[]) {
    const wake = (): void => {
      for (const waiter of this.#waiting) waiter();
    };
    this.#screens = targets.map((target, index) => new Screen(target, this.#agent, index === 0, wake));
  }

  /** Opens a stream for each target. */
  static async open(targets: readonly ScreenTarget[]): Promise<Screens> {
    const all = new Screens(targets);
    await each(targets.length, async (index) => all.#screens[index]?.open());
    return all;
  }

  get lost(): number {
    return this.#screens.reduce((sum, screen) => sum + screen.lost, 0);
  }

  get rollovers(): number {
    return this.#screens.reduce((sum, screen) => sum + screen.rollovers, 0);
  }

  /** The newest version that the first screen shows. */
  get version(): number {
    return this.#screens[0]?.version ?? 0;
  }

  /** The newest snapshot of the first screen, or null before it has one. */
  snapshot(): RoomSnapshot | null {
    const text = this.#screens[0]?.lastEvent ?? '';
    const data = /data: (.*)\n\n$/.exec(text)?.[1];
    if (data === undefined) return null;
    const snapshot: RoomSnapshot = JSON.parse(data);
    return snapshot;
  }

  /** Waits until the first screen shows something of which `holds` is true. @returns its version */
  async shows(holds: (snapshot: RoomSnapshot) => boolean, timeoutMs = 20_000): Promise<number> {
    let looked = -1;
    const look = (): number | null => {
      if (this.version === looked) return null;
      looked = this.version;
      const snapshot = this.snapshot();
      return snapshot !== null && holds(snapshot) ? snapshot.version : null;
    };
    return this.#wait(look, timeoutMs);
  }

  /** When each screen had that version or a newer one; waits for the last. */
  async arrivals(version: number, timeoutMs = 20_000): Promise<readonly number[]> {
    await this.#wait(() => (this.#screens.every((screen) => screen.version >= version) ? true : null), timeoutMs);
    return this.#screens.map(({ arrivals }) => {
      const newer = [...arrivals].filter(([candidate]) => candidate >= version).map(([, at]) => at);
      return Math.min(...newer);
    });
  }

  close(): void {
    for (const screen of this.#screens) screen.close();
    this.#agent.destroy();
  }

  async #wait<T>(look: () => T | null, timeoutMs: number): Promise<T> {
    const timeout = new AbortController();
    try {
      return await Promise.race([
        new Promise<T>((resolve) => {
          const waiter = (): void => {
            const seen = look();
            if (seen === null) return;
            this.#waiting.delete(waiter);
            resolve(seen);
          };
          this.#waiting.add(waiter);
          waiter();
        }),
        delay(timeoutMs, undefined, { signal: timeout.signal }).then(() => {
          throw new Error('The screens never showed it.');
        }),
      ]);
    } finally {
      timeout.abort();
    }
  }
}
