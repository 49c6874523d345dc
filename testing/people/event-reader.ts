import { createParser } from 'eventsource-parser';
import type { Person } from './person';
import { until } from '@/testing/until';

/** One event of a stream; a comment has the type `comment`. */
export interface ReceivedEvent {
  readonly type: string;
  readonly data: string;
}

/**
 * Opens a room's stream as a member, and tells of every event as it comes, comments too.
 *
 * @param path the room's, or its whole address at an instance
 * @param signal closes it
 * @returns when it is open; `over` resolves when it was ended, or broke off
 * @throws {Error} when it is refused, or the instance does not answer
 */
export async function openEvents(
  person: Person,
  path: string,
  onEvent: (event: ReceivedEvent) => void,
  signal: AbortSignal,
): Promise<{ readonly over: Promise<'ended' | 'broken'> }> {
  const response = await person.fetch('GET', `${path}/events`, { signal });
  const { body } = response;
  if (!response.ok || body === null) {
    await body?.cancel();
    throw new Error(`The stream did not open: ${response.status}`);
  }
  const parser = createParser({
    onEvent: ({ event = 'message', data }) => onEvent({ type: event, data }),
    onComment: (data) => onEvent({ type: 'comment', data }),
  });
  const decoder = new TextDecoder();
  const reader = body.getReader();
  // In this process no network breaks off what was read so far.
  signal.addEventListener('abort', () => void reader.cancel().catch(() => undefined));
  const read = async (): Promise<'ended'> => {
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      parser.feed(decoder.decode(part.value, { stream: true }));
    }
    return 'ended';
  };
  return { over: read().catch(() => 'broken' as const) };
}

/** An open event stream, and what it said so far. */
export interface EventReader {
  readonly events: readonly ReceivedEvent[];
  /** The newest snapshot, or undefined before the first. */
  // oxlint-disable-next-line typescript/no-explicit-any -- tests look into bodies freely
  snapshot(): any;
  /** Waits for an event of that type. */
  next(type: string): Promise<ReceivedEvent>;
  readonly closed: () => boolean;
  close(): void;
}

/** Opens a room's stream as a member, and keeps what it says. */
export async function readEvents(person: Person, path: string): Promise<EventReader> {
  const abort = new AbortController();
  const events: ReceivedEvent[] = [];
  let closed = false;
  const { over } = await openEvents(person, path, (event) => events.push(event), abort.signal);
  void over.then(() => (closed = true));
  return {
    events,
    snapshot: () => {
      const last = events.findLast(({ type }) => type === 'snapshot');
      return last === undefined ? undefined : JSON.parse(last.data);
    },
    next: (type) => until(() => events.find((event) => event.type === type)),
    closed: () => closed,
    close: () => abort.abort(),
  };
}
