import { createParser } from 'eventsource-parser';
import type { AppClient } from './app-client';
import { until } from './until';

/** One event of a stream. */
interface ReceivedEvent {
  readonly type: string;
  readonly data: string;
}

/** An open event stream, read as it comes. */
export interface EventReader {
  readonly events: readonly ReceivedEvent[];
  /** The newest snapshot, or undefined before the first. */
  // oxlint-disable-next-line typescript/no-explicit-any
  snapshot(): any;
  /** Waits for an event of that type. */
  next(type: string): Promise<ReceivedEvent>;
  readonly closed: () => boolean;
  close(): void;
}

/** Opens a room's stream as a member. */
export async function readEvents(client: AppClient, path: string): Promise<EventReader> {
  const abort = new AbortController();
  const response = await client.fetch('GET', `${path}/events`, { signal: abort.signal });
  if (!response.ok || response.body === null) throw new Error(`The stream did not open: ${response.status}`);
  const events: ReceivedEvent[] = [];
  const parser = createParser({ onEvent: ({ event = 'message', data }) => events.push({ type: event, data }) });
  const decoder = new TextDecoder();
  const reader = response.body.getReader();
  let closed = false;
  const read = async (): Promise<void> => {
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      parser.feed(decoder.decode(part.value, { stream: true }));
    }
  };
  void read()
    .catch(() => undefined)
    .finally(() => (closed = true));
  return {
    events,
    snapshot: () => {
      const last = events.findLast(({ type }) => type === 'snapshot');
      return last === undefined ? undefined : JSON.parse(last.data);
    },
    next: (type) => until(() => events.find((event) => event.type === type)),
    closed: () => closed,
    close: () => {
      abort.abort();
      void reader.cancel().catch(() => undefined);
    },
  };
}
