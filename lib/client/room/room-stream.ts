import type { RoomEvent, RoomSnapshot, You } from '@/lib/shared/contract/snapshot';
import { toApiError } from '@/lib/client/api-error';
import { EventParser } from '@/lib/client/event-parser';
import { reconnectDelay } from './reconnect';

/** Why a stream ended for good, or until somebody looks at the page again. */
export type CloseReason = 'ended' | 'removed' | 'left' | 'replaced' | 'not_a_member' | 'not_found';

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

/** A stream without any sign of life for so long is dead, whatever the browser says: the server sends a comment every 15 s. */
const silenceMs = 45_000;

const finalEvents: Readonly<Record<string, CloseReason>> = {
  ended: 'ended',
  removed: 'removed',
  left: 'left',
  replaced: 'replaced',
} satisfies Partial<Record<RoomEvent['type'], CloseReason>>;

const finalProblems: Readonly<Record<string, CloseReason>> = {
  room_ended: 'ended',
  removed_by_host: 'removed',
  not_a_member: 'not_a_member',
  room_not_found: 'not_found',
};

/**
 * A room's event stream that comes back by itself: after a failure with growing pauses, at once when the page is looked at again or the
 * device is online again (EV1). Ends when the room does.
 *
 * @param code of the room; read anew before every try, because a room may get another one (HT2)
 * @returns what closes it
 */
export function openRoomStream(code: () => string, handlers: StreamHandlers): () => void {
  let stopped = false;
  let closed: CloseReason | null = null;
  let attempt = 0;
  let lostAtMs: number | null = null;
  let current: AbortController | null = null;
  let retry: ReturnType<typeof setTimeout> | null = null;

  const finish = (reason: CloseReason): void => {
    closed = reason;
    handlers.onConnection({ kind: 'closed', reason });
  };

  const receive = (type: string, data: string): void => {
    if (type === 'snapshot') {
      handlers.onSnapshot(JSON.parse(data));
      attempt = 0;
      lostAtMs = null;
      handlers.onConnection({ kind: 'live' });
    } else if (type === 'you') {
      handlers.onYou(JSON.parse(data));
    } else if (type === 'degraded') {
      // The stream stands, but the room behind it does not answer: for people the same as a lost connection.
      lostAtMs ??= Date.now();
      handlers.onConnection({ kind: 'reconnecting', sinceMs: lostAtMs });
    } else {
      const reason = finalEvents[type];
      if (reason !== undefined) finish(reason);
    }
  };

  const read = async (body: ReadableStream<Uint8Array>, alive: () => void): Promise<void> => {
    const parser = new EventParser();
    const decoder = new TextDecoder();
    const reader = body.getReader();
    for (let part = await reader.read(); !part.done && closed === null; part = await reader.read()) {
      alive();
      for (const event of parser.push(decoder.decode(part.value, { stream: true }))) receive(event.type, event.data);
    }
    await reader.cancel().catch(() => undefined);
  };

  /** One try. Answers how long the server asks to wait before the next one, or null. */
  const connect = async (controller: AbortController): Promise<number | null> => {
    let watchdog = setTimeout(() => controller.abort(), silenceMs);
    const alive = (): void => {
      clearTimeout(watchdog);
      watchdog = setTimeout(() => controller.abort(), silenceMs);
    };
    try {
      const path = `/api/rooms/${encodeURIComponent(code())}/events`;
      const response = await fetch(path, { signal: controller.signal, headers: { accept: 'text/event-stream' } });
      if (response.ok && response.body !== null) {
        await read(response.body, alive);
        return null;
      }
      const error = await toApiError(response);
      const reason = finalProblems[error.code];
      if (reason !== undefined) finish(reason);
      return error.retryAfterSeconds === null ? null : error.retryAfterSeconds * 1_000;
    } catch {
      return null;
    } finally {
      clearTimeout(watchdog);
    }
  };

  const run = async (): Promise<void> => {
    if (retry !== null) clearTimeout(retry);
    retry = null;
    const controller = new AbortController();
    current?.abort();
    current = controller;
    const askedMs = await connect(controller);
    // A later try took over, or there is nothing to come back to.
    if (stopped || closed !== null || current !== controller) return;
    lostAtMs ??= Date.now();
    // A planned end of the stream is no trouble: only what lasts is shown.
    if (attempt > 0) handlers.onConnection({ kind: 'reconnecting', sinceMs: lostAtMs });
    const waitMs = askedMs ?? (attempt === 0 ? 0 : reconnectDelay(attempt - 1, document.hidden, Math.random()));
    attempt += 1;
    retry = setTimeout(() => void run(), waitMs);
  };

  const comeBack = (): void => {
    if (stopped || document.hidden) return;
    if (closed === 'replaced') {
      closed = null;
      void run();
    } else if (closed === null && retry !== null) {
      void run();
    }
  };
  /** Phones drop connections in their sleep without a word: a page that wakes asks anew. */
  const wake = (event: PageTransitionEvent): void => {
    if (event.persisted && closed === null) void run();
    else comeBack();
  };
  const lost = (): void => {
    if (closed !== null || stopped) return;
    lostAtMs ??= Date.now();
    attempt = Math.max(attempt, 1);
    handlers.onConnection({ kind: 'reconnecting', sinceMs: lostAtMs });
    current?.abort();
  };
  const online = (): void => {
    if (!stopped && closed === null) void run();
  };

  document.addEventListener('visibilitychange', comeBack);
  window.addEventListener('pageshow', wake);
  window.addEventListener('online', online);
  window.addEventListener('offline', lost);
  handlers.onConnection({ kind: 'connecting' });
  void run();

  return () => {
    stopped = true;
    current?.abort();
    if (retry !== null) clearTimeout(retry);
    document.removeEventListener('visibilitychange', comeBack);
    window.removeEventListener('pageshow', wake);
    window.removeEventListener('online', online);
    window.removeEventListener('offline', lost);
  };
}
