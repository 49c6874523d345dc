/** @jest-environment node */
import { api, roomApi } from './api-client';
import { ApiError } from './api-error';

/** Every call that a page makes, with something in the place of whatever it takes. */
const calls = Object.entries({ ...api, ...roomApi(() => 'BCD234') }).map(
  ([name, call]) => [name, () => Reflect.apply(call, null, ['x', {}, new AbortController().signal])] as const,
);

function answerWith(status: number, contentType: string | null, body: BodyInit | null): void {
  const headers: Record<string, string> = contentType === null ? {} : { 'content-type': contentType };
  jest.spyOn(globalThis, 'fetch').mockImplementation(() => Promise.resolve(new Response(body, { status, headers })));
}

/** A body of which the second half never comes. */
const brokenOff = (): BodyInit =>
  new ReadableStream({
    start: (bytes) => bytes.enqueue(new TextEncoder().encode('{"room":')),
    pull: (bytes) => bytes.error(new Error('The connection broke.')),
  });

afterEach(() => jest.restoreAllMocks());

describe.each(calls)('%s', (_, call) => {
  test.each([
    ['a page with status 200', 200, 'text/html; charset=utf-8', '<h1>Welcome to the Wi-Fi</h1>'],
    ['nothing with status 200', 200, null, null],
    ['a page with status 502', 502, 'text/html', '<h1>Bad gateway</h1>'],
  ] as const)('SC8 %s is a room that was not reached', async (_name, status, type, body) => {
    answerWith(status, type, body);
    await expect(call()).rejects.toEqual(new ApiError(null));
  });
});

test('SC8 an answer that breaks off, or that is no JSON, is a room that was not reached', async () => {
  for (const body of [brokenOff(), 'OK', '']) {
    answerWith(200, 'application/json', body);
    await expect(roomApi(() => 'BCD234').view()).rejects.toEqual(new ApiError(null));
  }
});

test('an answer without content is one where nothing else is asked for', async () => {
  answerWith(204, null, null);
  await expect(roomApi(() => 'BCD234').pause()).resolves.toBeUndefined();
});
