import { ReadableStream } from 'node:stream/web';
import { TextDecoder, TextEncoder } from 'node:util';
import { makeView } from '@/testing/people/room-view';
import { type Connection, reconnectDelay, RoomStream } from './room-stream';

const { snapshot, you } = makeView();

/** A request of the page, and what its stream brings. */
interface Opened {
  readonly path: string;
  readonly signal: AbortSignal;
  readonly send: (text: string) => Promise<void>;
  readonly end: () => Promise<void>;
}

/** How requests are answered from here on. */
let answer:
  | 'stream'
  | 'failure'
  | 'silence'
  | 'page'
  | { readonly status: number; readonly code: string; readonly retryAfter?: string };
let opened: Opened[];
let connections: Connection[];
let code: string;
let isHidden: boolean;
let stream: RoomStream;

/** Runs what is due within `ms`, and what follows from it. */
const pass = (ms: number): Promise<void> => jest.advanceTimersByTimeAsync(ms);

function fetchStream(path: string, { signal }: { readonly signal: AbortSignal }): Promise<unknown> {
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    start: (bytes) => {
      signal.addEventListener('abort', () => bytes.error(new Error('The request was aborted.')));
      const send = (text: string) => {
        bytes.enqueue(encoder.encode(text));
        return pass(0);
      };
      const end = () => {
        bytes.close();
        return pass(0);
      };
      opened.push({ path, signal, send, end });
    },
  });
  if (answer === 'stream' || answer === 'page') {
    const type = answer === 'stream' ? 'text/event-stream' : 'text/html';
    return Promise.resolve({
      ok: true,
      body,
      headers: { get: (name: string) => (name === 'content-type' ? type : null) },
    });
  }
  if (answer === 'failure') return Promise.reject(new Error('The connection broke.'));
  if (answer === 'silence')
    return new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('Aborted.'))));
  const { status, code, retryAfter = null } = answer;
  const headers = { get: (name: string) => (name === 'retry-after' ? retryAfter : 'application/problem+json') };
  return Promise.resolve({ ok: false, headers, json: () => Promise.resolve({ status, code, detail: '' }) });
}

const event = (type: string, data: object = {}): string => `event: ${type}\ndata: ${JSON.stringify(data)}\n\n`;
const last = (): Connection | undefined => connections.at(-1);
const current = (): Opened => {
  const found = opened.at(-1);
  if (found === undefined) throw new Error('No stream was opened.');
  return found;
};

beforeEach(async () => {
  jest.useFakeTimers();
  jest.spyOn(Math, 'random').mockReturnValue(1);
  jest.spyOn(document, 'hidden', 'get').mockImplementation(() => isHidden);
  // jsdom has neither.
  Object.assign(globalThis, { fetch: fetchStream, TextDecoder });
  [answer, opened, connections, code, isHidden] = ['stream', [], [], 'BCD234', false];
  stream = new RoomStream(() => code, {
    onSnapshot: () => undefined,
    onYou: () => undefined,
    onConnection: (connection) => connections.push(connection),
  });
  stream.start();
  await pass(0);
});
afterEach(() => {
  stream.stop();
  jest.restoreAllMocks();
  jest.useRealTimers();
});

test('HT2 a stream that comes back asks for the room by the code it has by then', async () => {
  code = 'XYZ789';
  await current().end();
  expect(opened.map(({ path }) => path)).toEqual(['/api/rooms/BCD234/events', '/api/rooms/XYZ789/events']);
});

test('reads events whole, wherever the pieces break, and lives from the first snapshot on', async () => {
  await current().send(`: hello\n\n${event('you', you)}event: snap`);
  expect(last()).toEqual({ kind: 'connecting' });
  await current().send(`shot\ndata: ${JSON.stringify(snapshot)}\n\n`);
  expect(last()).toEqual({ kind: 'live' });
});

test('a planned end is not reported; what fails is, and is tried again with growing pauses', async () => {
  await current().send(event('snapshot', snapshot));
  await current().end();
  expect([opened.length, last()?.kind]).toEqual([2, 'live']);
  answer = 'failure';
  await current().end();
  expect([opened.length, last()?.kind]).toEqual([2, 'reconnecting']);
  await pass(500);
  await pass(999);
  expect(opened).toHaveLength(3);
  await pass(1);
  expect(opened).toHaveLength(4);
});

test('EV7 a room that was there is asked for 15 s before it is believed that this browser is no member', async () => {
  await current().send(event('snapshot', snapshot));
  answer = { status: 403, code: 'not_a_member' };
  await current().end();
  await pass(10_000);
  expect(last()?.kind).toBe('reconnecting');
  answer = 'stream';
  await pass(10_000);
  await current().send(event('snapshot', snapshot));
  expect(last()).toEqual({ kind: 'live' });
  answer = { status: 403, code: 'not_a_member' };
  await current().end();
  await pass(30_000);
  expect(last()).toEqual({ kind: 'closed', reason: 'not_a_member' });
});

test('waits as long as the server asks, and not on when the page is visible again', async () => {
  answer = { status: 503, code: 'unavailable', retryAfter: '30' };
  await current().end();
  await pass(0);
  await pass(29_000);
  expect(opened).toHaveLength(2);
  document.dispatchEvent(new Event('visibilitychange'));
  await pass(0);
  expect(opened).toHaveLength(3);
});

test('a stream without a byte for 45 s is given up; a comment keeps it', async () => {
  await pass(44_000);
  await current().send(': still here\n\n');
  await pass(44_000);
  expect(opened).toHaveLength(1);
  await pass(1_001);
  expect([opened[0]?.signal.aborted, opened.length]).toEqual([true, 2]);
});

test('a device that goes offline says so at once, and asks anew when it is online', async () => {
  await current().send(event('snapshot', snapshot));
  window.dispatchEvent(new Event('offline'));
  expect(last()?.kind).toBe('reconnecting');
  window.dispatchEvent(new Event('online'));
  await pass(0);
  expect(opened).toHaveLength(2);
});

/** What tells a page that somebody looks at it again, or that its device woke. */
const signs: readonly (readonly [name: string, give: () => void])[] = [
  ['the page is seen again', () => document.dispatchEvent(new Event('visibilitychange'))],
  ['the page is thawed', () => document.dispatchEvent(new Event('resume'))],
  ['the page comes back', () => window.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: true }))],
  ['the device is online', () => window.dispatchEvent(new Event('online'))],
];

test.each(signs)('SC7 %s: asks anew at once, though the stream seems to live', async (_, give) => {
  await current().send(event('snapshot', snapshot));
  await pass(10_000);
  give();
  await pass(0);
  expect([opened.length, opened[0]?.signal.aborted, last()?.kind]).toEqual([2, true, 'live']);
});

test('SC7 several signs of one waking ask once, and a page that nobody sees asks nothing', async () => {
  await pass(10_000);
  for (const [, give] of signs) give();
  await pass(500);
  for (const [, give] of signs) give();
  await pass(0);
  expect(opened).toHaveLength(2);
  await pass(10_000);
  isHidden = true;
  document.dispatchEvent(new Event('visibilitychange'));
  await pass(0);
  expect(opened).toHaveLength(2);
});

test('SC7 a page that was hidden for a while, with few beats of its clock, asks once when it is seen', async () => {
  jest.setSystemTime(Date.now() + 60_000);
  document.dispatchEvent(new Event('visibilitychange'));
  await pass(10_000);
  expect(opened).toHaveLength(2);
});

test('SC7 a device that slept with the page in view asks anew when it goes on', async () => {
  await pass(14_000);
  jest.setSystemTime(Date.now() + 20_000);
  await pass(5_000);
  await pass(10_000);
  expect(opened).toHaveLength(2);
});

test('SC7 a try without an answer is given up, each time after twice as long', async () => {
  answer = 'silence';
  await current().end();
  await pass(3_999);
  expect(opened).toHaveLength(2);
  await pass(1);
  await pass(500);
  expect(opened).toHaveLength(3);
  await pass(7_999);
  await pass(1_000);
  expect(opened).toHaveLength(3);
  await pass(1);
  expect(opened).toHaveLength(4);
});

test('SC8 a page where the stream should be is no stream: it is tried again, with pauses', async () => {
  answer = 'page';
  await current().end();
  await pass(0);
  expect([opened.length, last()?.kind]).toEqual([2, 'reconnecting']);
});

test.each(['ended', 'removed', 'left'] as const)('a room that says “%s” is not asked again', async (type) => {
  await current().send(event(type));
  document.dispatchEvent(new Event('visibilitychange'));
  await pass(600_000);
  expect([opened.length, last()]).toEqual([1, { kind: 'closed', reason: type }]);
});

test('EV4 a page that gave way to another one comes back when it is looked at', async () => {
  await current().send(event('replaced'));
  isHidden = true;
  document.dispatchEvent(new Event('visibilitychange'));
  await pass(600_000);
  expect(opened).toHaveLength(1);
  isHidden = false;
  document.dispatchEvent(new Event('visibilitychange'));
  await pass(0);
  expect(opened).toHaveLength(2);
});

test('a room that is not this person’s any more closes the page', async () => {
  answer = { status: 403, code: 'removed_by_host' };
  await current().end();
  await pass(0);
  expect(last()).toEqual({ kind: 'closed', reason: 'removed' });
});

test('a closed stream asks for nothing any more', async () => {
  stream.stop();
  window.dispatchEvent(new Event('online'));
  await pass(600_000);
  expect([opened.length, opened[0]?.signal.aborted]).toEqual([1, true]);
});

test('pauses between tries grow to a ceiling, longer in the background', () => {
  expect([0, 1, 2, 3, 50].map((attempt) => reconnectDelay(attempt, false, 1))).toEqual([
    500, 1_000, 2_000, 4_000, 10_000,
  ]);
  expect(reconnectDelay(0, false, 0)).toBe(250);
  expect([0, 50].map((attempt) => reconnectDelay(attempt, true, 1))).toEqual([5_000, 60_000]);
});
