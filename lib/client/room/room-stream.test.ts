import { openRoomStream } from './room-stream';

test('HT2 a stream that comes back asks for the room by the code it has by then', async () => {
  jest.useFakeTimers();
  const asked: string[] = [];
  Object.assign(globalThis, {
    fetch: (path: string) => {
      asked.push(path);
      return Promise.reject(new Error('The connection broke.'));
    },
  });
  let code = 'BCD234';
  const handlers = { onSnapshot: () => undefined, onYou: () => undefined, onConnection: () => undefined };
  const close = openRoomStream(() => code, handlers);
  await jest.advanceTimersByTimeAsync(0);
  code = 'XYZ789';
  await jest.advanceTimersByTimeAsync(1_000);
  close();
  jest.useRealTimers();
  expect([asked[0], asked.at(-1)]).toEqual(['/api/rooms/BCD234/events', '/api/rooms/XYZ789/events']);
});
