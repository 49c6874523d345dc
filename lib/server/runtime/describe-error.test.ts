import { describeError } from './describe-error';

const cwd = process.cwd();

function withStack(error: Error, frames: readonly string[]): Error {
  error.stack = [`${error.name}: ${error.message}`, ...frames].join('\n');
  return error;
}

test('a real error says its kind and where in the app it was made', () => {
  const { error, stack } = describeError(new TypeError('Alice typed this'));
  expect(error).toBe('TypeError');
  expect(stack).toMatch(/lib\/server\/runtime\/describe-error\.test\.ts:\d+:\d+/);
  expect(stack).not.toMatch(/Alice|node_modules|node:/);
});

test('only files of the app are named, as sources and as a build has them', () => {
  const error = withStack(new Error('x'), [
    `    at findRoom (${cwd}/lib/server/db/rooms.ts:12:3)`,
    `    at async Promise.all (index 0)`,
    `    at async RoomWatcher.#run (file://${cwd}/lib/server/player/watch/room-watcher.ts:90:5)`,
    `    at ${cwd}/.next/server/chunks/[root-of-the-server]__1a2b._.js:1:2345`,
    `    at Client._handleErrorMessage (${cwd}/node_modules/pg/lib/client.js:1:1)`,
    `    at process.processTicksAndRejections (node:internal/process/task_queues:105:5)`,
    `    at elsewhere (/home/somebody/app/x.ts:1:1)`,
  ]);
  expect(describeError(error)['stack']).toBe(
    'findRoom lib/server/db/rooms.ts:12:3 < RoomWatcher.#run lib/server/player/watch/room-watcher.ts:90:5 < .next/server/chunks/[root-of-the-server]__1a2b._.js:1:2345',
  );
});

test('a message that looks like a stack is still a message', () => {
  const error = withStack(new Error(`no\n    at Alice (${cwd}/lib/secret.ts:1:1)`), [
    `    at run (${cwd}/lib/server/x.ts:2:2)`,
  ]);
  expect(describeError(error)['stack']).toBe('run lib/server/x.ts:2:2');
});

test('causes are named by their kind, three at most, and what is no error by its type', () => {
  const refused = Object.assign(new Error('to 10.0.0.1'), { code: 'ECONNREFUSED' });
  const error = new RangeError('a', { cause: new Error('b', { cause: refused }) });
  expect(describeError(error)).toMatchObject({ error: 'RangeError', cause: 'Error < Error:ECONNREFUSED' });
  const circle = new Error('c');
  circle.cause = circle;
  expect(describeError(circle)['cause']).toBe('Error < Error < Error');
  expect(describeError('words')).toEqual({ error: 'string' });
});
