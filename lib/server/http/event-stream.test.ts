import { type EventSink, encodeEvent, eventStream } from './event-stream';

/** An open stream, and how often its end was cleaned up after. */
function open(signal = new AbortController().signal) {
  let sink: EventSink | null = null;
  let cleanedUp = 0;
  const response = eventStream(signal, (opened) => {
    sink = opened;
    return () => (cleanedUp += 1);
  });
  if (sink === null || response.body === null) throw new Error('The stream did not open.');
  const opened: EventSink = sink;
  return { sink: opened, reader: response.body.getReader(), cleanedUp: () => cleanedUp };
}

const large = encodeEvent({ event: 'snapshot', data: JSON.stringify('x'.repeat(64 * 1_024)) });

test('EV4 a reader that does not read is dropped, before much waits for it', () => {
  const { sink, cleanedUp } = open();
  let sent = 0;
  for (; sent < 100 && !sink.ended; sent += 1) sink.send(large);
  expect(sink.ended).toBe(true);
  expect(sent * large.byteLength).toBeLessThan(512 * 1_024);
  expect(cleanedUp()).toBe(1);
});

test('EV4 a reader that reads is not, however much there is', async () => {
  const { sink, reader, cleanedUp } = open();
  for (let round = 0; round < 100; round += 1) {
    sink.send(large);
    expect((await reader.read()).value?.byteLength).toBe(large.byteLength);
  }
  expect([sink.ended, cleanedUp()]).toEqual([false, 0]);
  await reader.cancel();
});

test('RT-02 whoever ends a stream, it is cleaned up after once', async () => {
  const abort = new AbortController();
  const aborted = open(abort.signal);
  abort.abort();
  const cancelled = open();
  await cancelled.reader.cancel();
  const ended = open();
  ended.sink.end();
  ended.sink.end();
  expect((await ended.reader.read()).done).toBe(true);
  for (const { sink, cleanedUp } of [aborted, cancelled, ended]) {
    sink.send(large);
    sink.end();
    expect([sink.ended, cleanedUp()]).toEqual([true, 1]);
  }
});

test('RT-02 a stream that is ended while it opens is cleaned up after as well', async () => {
  let cleanedUp = 0;
  const { body } = eventStream(new AbortController().signal, (sink) => {
    sink.end();
    return () => (cleanedUp += 1);
  });
  expect((await body?.getReader().read())?.done).toBe(true);
  expect(cleanedUp).toBe(1);
});

test('RT-02 so is one whose client was gone before', () => {
  let cleanedUp = 0;
  eventStream(AbortSignal.abort(), () => () => (cleanedUp += 1));
  expect(cleanedUp).toBe(1);
});

test('RT-04 a comment comes every 15 s, also when nothing happens, and none after the end', async () => {
  jest.useFakeTimers();
  try {
    const { sink, reader } = open();
    const seen: string[] = [];
    const read = (async () => {
      for (let part = await reader.read(); !part.done; part = await reader.read())
        seen.push(new TextDecoder().decode(part.value));
    })();
    await jest.advanceTimersByTimeAsync(14_900);
    expect(seen).toEqual([]);
    await jest.advanceTimersByTimeAsync(200);
    expect(seen).toEqual([': still here\n\n']);
    await jest.advanceTimersByTimeAsync(30_000);
    expect(seen).toHaveLength(3);
    sink.end();
    await read;
    expect(jest.getTimerCount()).toBe(0);
  } finally {
    jest.useRealTimers();
  }
});
