import { setTimeout as delay } from 'node:timers/promises';
import type { RoomSnapshot } from '@/lib/shared/contract/snapshot';
import { openEvents, type ReceivedEvent } from './event-reader';
import type { Person } from './person';

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
  /** The room's path. */
  readonly path: string;
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
    const { person, urls, path } = this.#options;
    const abort = new AbortController();
    this.#abort = abort;
    const watchdog = setTimeout(() => abort.abort(), silenceMs);
    const onEvent = (event: ReceivedEvent): void => {
      watchdog.refresh();
      this.#show(event);
    };
    try {
      const { over } = await openEvents(person, `${urls[instance]}${path}`, onEvent, abort.signal);
      this.opened += 1;
      this.at = instance;
      if ((await over) === 'broken' && !this.#closed) this.broken += 1;
    } finally {
      clearTimeout(watchdog);
    }
  }

  #show({ type, data }: ReceivedEvent): void {
    if (lastEvents.has(type)) this.#closed = true;
    if (type !== 'snapshot') return;
    // The contract's own words, from the app that is built of the same types.
    const snapshot: RoomSnapshot = JSON.parse(data);
    this.shown.push(snapshot);
  }
}
