import { setTimeout as delay } from 'node:timers/promises';
import { createParser, type EventSourceMessage } from 'eventsource-parser';
import type { RoomSnapshot } from '@/lib/shared/contract/snapshot';
import type { Person } from '@/testing/person';

/** Silence after which a stream counts as dead, in ms; a living one says something every 15 s. */
const silenceMs = 20_000;

/** Between two attempts to open a stream, in ms: the first one, doubled up to the last. */
const firstPauseMs = 50;
const longestPauseMs = 800;

/** Events after which a screen stays closed. */
const lastEvents: ReadonlySet<string> = new Set(['ended', 'removed', 'left', 'replaced']);

export interface ScreenOptions {
  readonly person: Person;
  /** The addresses of all instances, living or not. */
  readonly urls: readonly string[];
  /** The one to begin with. */
  readonly first: number;
  readonly code: string;
}

/**
 * An open page of somebody in a room. Never reloaded: a stream that ends, breaks or falls silent is opened again at the next instance, as
 * behind a load balancer, and everything it ever showed is kept.
 */
export class Screen {
  readonly shown: RoomSnapshot[] = [];
  /** Streams that broke off in place of being ended. */
  broken = 0;
  /** Streams opened in all. */
  opened = 0;
  /** The instance whose stream is open; null while there is none. */
  at: number | null = null;
  readonly #options: ScreenOptions;
  #abort = new AbortController();
  #closed = false;
  readonly #finished: Promise<void>;

  constructor(options: ScreenOptions) {
    this.#options = options;
    this.#finished = this.#run();
  }

  get latest(): RoomSnapshot | null {
    return this.shown.at(-1) ?? null;
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#abort.abort();
    await this.#finished;
  }

  async #run(): Promise<void> {
    const { urls, first } = this.#options;
    let pauseMs = firstPauseMs;
    for (let attempt = first; !this.#closed; attempt += 1) {
      const before = this.opened;
      await this.#watch(attempt % urls.length).catch(() => undefined);
      this.at = null;
      if (this.#closed) return;
      pauseMs = this.opened > before ? firstPauseMs : Math.min(pauseMs * 2, longestPauseMs);
      await delay(pauseMs);
    }
  }

  async #watch(instance: number): Promise<void> {
    const { person, urls, code } = this.#options;
    this.#abort = new AbortController();
    const watchdog = setTimeout(() => this.#abort.abort(), silenceMs);
    try {
      const { signal } = this.#abort;
      const response = await person.fetch(`${urls[instance]}/api/rooms/${code}/events`, { signal });
      if (!response.ok || response.body === null) {
        await response.body?.cancel();
        return;
      }
      this.opened += 1;
      this.at = instance;
      await this.#read(response.body, watchdog);
    } finally {
      clearTimeout(watchdog);
    }
  }

  async #read(body: ReadableStream<Uint8Array>, watchdog: NodeJS.Timeout): Promise<void> {
    const parser = createParser({ onEvent: (event) => this.#show(event) });
    const decoder = new TextDecoder();
    try {
      for await (const piece of body) {
        watchdog.refresh();
        parser.feed(decoder.decode(piece, { stream: true }));
      }
    } catch (error) {
      if (!this.#closed) this.broken += 1;
      throw error;
    }
  }

  #show({ event = '', data }: EventSourceMessage): void {
    if (lastEvents.has(event)) this.#closed = true;
    if (event !== 'snapshot') return;
    // The contract's own words, from the app that is built of the same types.
    const snapshot: RoomSnapshot = JSON.parse(data);
    this.shown.push(snapshot);
  }
}
