import { releaseInstance, stopInstance } from '@/lib/server/lifecycle';
import { makeRoom } from '@/testing/people/app-client';
import { readEvents } from '@/testing/people/event-reader';
import { expectProblem } from '@/testing/jest/matchers';
import { until } from '@/testing/until';

afterAll(stopInstance);

test('RL-08 an instance that ends closes its streams, and sends who asks for one elsewhere, soon', async () => {
  const room = await makeRoom();
  const stream = await readEvents(room.host, room.path);
  await stream.next('snapshot');
  await releaseInstance();
  await until(() => stream.closed());
  const refused = await room.host.get(`${room.path}/events`);
  expectProblem(refused, 503, 'unavailable');
  expect(refused.headers.get('retry-after')).toBe('1');
  // What is no stream is answered until the end.
  expect((await room.host.get(room.path)).status).toBe(200);
});
