import { createParser } from 'eventsource-parser';
import type { CloseReason } from '@/lib/shared/contract/rooms';
import type { RoomEvent, RoomSnapshot, You } from '@/lib/shared/contract/snapshot';
import { toApiError } from '@/lib/client/api-error';

/** How a page stands to its room. */
export type Connection =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'live' }
  | { readonly kind: 'reconnecting'; readonly sinceMs: number }
  | { readonly kind: 'closed'; readonly reason: CloseReason };

export interface StreamHandlers {
  readonly onSnapshot: (snapshot: RoomSnapshot) => void;
  readonly onYou: (you: You) => void;
  readonly onConnection: (connection: Connection) => void;
}

/** A stream without a byte for so long is dead, whatever the browser says, in ms: the server sends a comment every 15 s. */
const silenceMs = 45_000;

/** How long the first try may go without an answer, in ms; each later one twice as long. A connection that was cut without notice never answers. */
const answerMs = 4_000;

/** Several signs of one waking ask once: a try that is no older is left alone, in ms. */
const sameWakingMs = 1_000;

/** How often it is looked whether the device has slept, and how far the clock has run on without us then, in ms. */
const pulseMs = 5_000;
const sleptMs = 15_000;

const finalEvents: Readonly<Record<string, CloseReason>> = {
  ended: 'ended',
  removed: 'removed',
  left: 'left',
  replaced: 'replaced',
  admitted: 'admitted',
  turned_away: 'turned_away',
} satisfies Partial<Record<RoomEvent['type'], CloseReason>>;

const finalProblems: Readonly<Record<string, CloseReason>> = {
  room_ended: 'ended',
  removed_by_host: 'removed',
  not_a_member: 'not_a_member',
  room_not_found: 'not_found',
};

/**
 * How long a room that was there a moment ago may say that this browser is no member, in ms: after a login in another tab its new cookie is
 * still on its way (EV7).
 */
const strangerMs = 15_000;

/** Between two tries of a visible page, and of one in the background, in ms. */
const visible = { floor: 500, ceiling: 10_000 };
const hidden = { floor: 5_000, ceiling: 60_000 };

/**
 * How long to wait before the next try, in ms: doubling, spread so that a thousand phones do not come back in the same moment.
 *
 * @param attempt tries that failed since the stream last lived, from 0
 * @param random 0 to 1
 */
export function reconnectDelay(attempt: number, isHidden: boolean, random: number): number {
  const { floor, ceiling } = isHidden ? hidden : visible;
  const full = Math.min(ceiling, floor * 2 ** Math.min(attempt, 16));
  return Math.round(full * (0.5 + random / 2));
}

/** Whether an answer is what was asked for: a captive portal answers 200 with a page of its own. */
function isEventStream({ ok, headers }: Response): boolean {
  return ok && headers.get('content-type')?.startsWith('text/event-stream') === true;
}

type State =
  /** A request is under way, or its stream is being read. */
  | { readonly kind: 'open'; readonly request: AbortController; readonly beganAtMs: number }
  | { readonly kind: 'waiting'; readonly timer: ReturnType<typeof setTimeout> }
  | { readonly kind: 'closed'; readonly reason: CloseReason }
  | { readonly kind: 'stopped' };

/**
 * A room's event stream that comes back by itself: after a failure with growing pauses, at once when the page is looked at again, or the
 * device wakes or is online again (EV1, SC7). Ends when the room does. Events are taken at our own server's word: the browser does not
 * check them again.
 */
export class RoomStream {
  readonly #code: () => string;
  readonly #handlers: StreamHandlers;
  readonly #listening = new AbortController();
  #state: State = { kind: 'stopped' };
  /** Tries since the last snapshot. */
  #attempts = 0;
  /** Since when the room is out of reach; null while it answers. */
  #lostAtMs: number | null = null;

  /** @param code of the room; read anew before every try, because a room may get another one (HT2) */
  constructor(code: () => string, handlers: StreamHandlers) {
    this.#code = code;
    this.#handlers = handlers;
  }

  start(): void {
    const { signal } = this.#listening;
    document.addEventListener('visibilitychange', () => this.#wake(), { signal });
    document.addEventListener('resume', () => this.#wake(), { signal });
    window.addEventListener('pageshow', ({ persisted }) => persisted && this.#wake(), { signal });
    window.addEventListener('online', () => this.#renew(), { signal });
    window.addEventListener('offline', () => this.#goOffline(), { signal });
    this.#watchClock(signal);
    this.#handlers.onConnection({ kind: 'connecting' });
    void this.#connect();
  }

  /** Closes the stream for good. */
  stop(): void {
    this.#listening.abort();
    this.#leave({ kind: 'stopped' });
  }

  /** Leaves the present state for another one: what it held is given up. */
  #leave(next: State): void {
    const state = this.#state;
    this.#state = next;
    if (state.kind === 'open') state.request.abort();
    if (state.kind === 'waiting') clearTimeout(state.timer);
  }

  #isOpen(request: AbortController): boolean {
    return this.#state.kind === 'open' && this.#state.request === request;
  }

  async #connect(): Promise<void> {
    const request = new AbortController();
    this.#leave({ kind: 'open', request, beganAtMs: Date.now() });
    const askedMs = await this.#tryOnce(request);
    // A later try took over, or there is nothing to come back to.
    if (!this.#isOpen(request)) return;
    // A planned end of the stream is no outage: the first loss is not reported.
    if (this.#attempts > 0) this.#reportLost();
    else this.#lostAtMs ??= Date.now();
    const backOffMs = this.#attempts === 0 ? 0 : reconnectDelay(this.#attempts - 1, document.hidden, Math.random());
    this.#attempts += 1;
    this.#state = { kind: 'waiting', timer: setTimeout(() => void this.#connect(), askedMs ?? backOffMs) };
  }

  /** One try. @returns how long the server asks to wait before the next one, in ms, or null */
  async #tryOnce(request: AbortController): Promise<number | null> {
    const patienceMs = Math.min(silenceMs, answerMs * 2 ** Math.max(0, this.#attempts - 1));
    let watchdog = setTimeout(() => request.abort(), patienceMs);
    const restartWatchdog = (): void => {
      clearTimeout(watchdog);
      watchdog = setTimeout(() => request.abort(), silenceMs);
    };
    try {
      const path = `/api/rooms/${encodeURIComponent(this.#code())}/events`;
      const response = await fetch(path, { signal: request.signal, headers: { accept: 'text/event-stream' } });
      restartWatchdog();
      if (isEventStream(response) && response.body !== null) {
        await this.#read(response.body, request, restartWatchdog);
        return null;
      }
      const { code, retryAfterSeconds } = await toApiError(response);
      const reason = finalProblems[code];
      if (reason !== undefined && !this.#mayBeLate(reason) && this.#isOpen(request)) this.#close(reason);
      return retryAfterSeconds === null ? null : retryAfterSeconds * 1_000;
    } catch {
      return null;
    } finally {
      clearTimeout(watchdog);
      // What is left of an answer that was no stream is not read.
      request.abort();
    }
  }

  /** Whether that may be so only because the browser does not have its new cookie yet. */
  #mayBeLate(reason: CloseReason): boolean {
    return reason === 'not_a_member' && this.#lostAtMs !== null && Date.now() - this.#lostAtMs < strangerMs;
  }

  async #read(body: ReadableStream<Uint8Array>, request: AbortController, onBytes: () => void): Promise<void> {
    const parser = createParser({
      onEvent: ({ event, data }) => this.#isOpen(request) && this.#receive(event ?? '', data),
    });
    const decoder = new TextDecoder();
    const reader = body.getReader();
    for (let part = await reader.read(); !part.done && this.#isOpen(request); part = await reader.read()) {
      onBytes();
      parser.feed(decoder.decode(part.value, { stream: true }));
    }
    await reader.cancel().catch(() => undefined);
  }

  #receive(type: string, data: string): void {
    if (type === 'snapshot' || type === 'waiting') {
      // Who waits at the door hears of nothing but that.
      if (type === 'snapshot') this.#handlers.onSnapshot(JSON.parse(data));
      this.#attempts = 0;
      this.#lostAtMs = null;
      this.#handlers.onConnection({ kind: 'live' });
    } else if (type === 'you') {
      this.#handlers.onYou(JSON.parse(data));
    } else if (type === 'degraded') {
      // The stream stands, but the room behind it does not answer: for people the same as a lost connection.
      this.#reportLost();
    } else {
      const reason = finalEvents[type];
      if (reason !== undefined) this.#close(reason);
    }
  }

  #reportLost(): void {
    this.#lostAtMs ??= Date.now();
    this.#handlers.onConnection({ kind: 'reconnecting', sinceMs: this.#lostAtMs });
  }

  #close(reason: CloseReason): void {
    this.#leave({ kind: 'closed', reason });
    this.#handlers.onConnection({ kind: 'closed', reason });
  }

  /** Somebody looks again, or the device woke: a stream that was given to another page is taken back. */
  #wake(): void {
    if (document.hidden) return;
    if (this.#state.kind === 'closed' && this.#state.reason === 'replaced') void this.#connect();
    else this.#renew();
  }

  /** Asks anew whatever the stream seems to be doing: connections of phones that sleep are cut without notice. */
  #renew(): void {
    const state = this.#state;
    if (state.kind === 'closed') return;
    const isAsking = state.kind === 'open' && !state.request.signal.aborted;
    if (isAsking && Date.now() - state.beganAtMs < sameWakingMs) return;
    void this.#connect();
  }

  /** A laptop or a TV that slept with the page in view tells of it by nothing but the time. */
  #watchClock(signal: AbortSignal): void {
    let lastMs = Date.now();
    const pulse = setInterval(() => {
      const nowMs = Date.now();
      if (nowMs - lastMs > sleptMs) this.#wake();
      lastMs = nowMs;
    }, pulseMs);
    // A page that nobody sees has few beats; what it is woken by then is its sight.
    document.addEventListener('visibilitychange', () => (lastMs = Date.now()), { signal });
    signal.addEventListener('abort', () => clearInterval(pulse));
  }

  #goOffline(): void {
    if (this.#state.kind === 'closed') return;
    this.#attempts = Math.max(this.#attempts, 1);
    this.#reportLost();
    if (this.#state.kind === 'open') this.#state.request.abort();
  }
}
