import { randomUUID } from 'node:crypto';
import { getPool } from '@/lib/server/db/connection/pool';
import { releaseInstance, stopInstance } from '@/lib/server/lifecycle';
import type { Viewer } from '@/lib/server/session/room-access';
import { makeRoom } from '@/testing/people/app-client';
import type { TestRoom } from '@/testing/people/party';
import { readEvents } from '@/testing/people/event-reader';
import { expectProblem } from '@/testing/jest/matchers';
import { until } from '@/testing/until';
import { countStreams, mostStreams, openRoomStream, requirePlaceForStream } from './room-streams';

afterAll(stopInstance);

/** Somebody in that room, as a request finds them, with a stream that nobody reads. */
async function crowdOf(room: TestRoom) {
  const { rows } = await getPool().query<{ id: string }>(`SELECT "id" FROM "Room" WHERE "code" = $1`, [room.code]);
  const viewer: Viewer = {
    address: '198.18.0.1',
    roomId: rows[0]?.id ?? '',
    code: room.code,
    name: '',
    version: 1,
    hostSessionId: '',
    guestsCanPause: false,
    votesToSkip: 2,
    admission: 'open',
    demo: false,
    sessionId: '',
    memberId: '',
    memberName: '',
    role: 'guest',
    coHost: false,
  };
  const closing: (() => void)[] = [];
  return {
    viewer,
    /** Whether another one found a place. */
    open(): boolean {
      let ended = false;
      const sink = { send: () => undefined, end: () => void (ended = true), ended: false };
      closing.push(openRoomStream({ ...viewer, memberId: randomUUID() }, '', sink, () => new Uint8Array()));
      return !ended;
    },
    close: () => closing.splice(0).forEach((close) => close()),
  };
}

const full = (viewer: Viewer): boolean => {
  try {
    requirePlaceForStream(viewer);
    return false;
  } catch (error) {
    expect(error).toMatchObject({ code: 'rate_limited', retryAfterSeconds: 10 });
    return true;
  }
};

test('RT-06 a room takes 1,500 streams and an instance 5,000, and each that ends makes place for another', async () => {
  expect(mostStreams).toEqual({ room: 1_500, instance: 5_000 });
  // Fewer, for a moment.
  const fewer = [jest.replaceProperty(mostStreams, 'room', 3), jest.replaceProperty(mostStreams, 'instance', 5)];
  const [one, other] = [await crowdOf(await makeRoom()), await crowdOf(await makeRoom())];
  expect([one.open(), one.open(), one.open(), full(one.viewer), full(other.viewer)]).toEqual([
    true,
    true,
    true,
    true,
    false,
  ]);
  // Two that asked for the last place at once.
  expect([one.open(), countStreams()]).toEqual([false, 3]);
  expect([other.open(), other.open(), full(other.viewer)]).toEqual([true, true, true]);
  expect([other.open(), countStreams()]).toEqual([false, 5]);
  one.close();
  expect([full(one.viewer), full(other.viewer), countStreams()]).toEqual([false, false, 2]);
  other.close();
  expect(countStreams()).toBe(0);
  for (const each of fewer) each.restore();
});

test.each([
  [0, 216_000],
  [1, 264_000],
])('RT-05 a stream ends by itself after four minutes, a tenth more or less by chance: %i', async (chance, ms) => {
  const room = await makeRoom();
  const random = jest.spyOn(Math, 'random').mockReturnValue(chance);
  const timers = jest.spyOn(globalThis, 'setTimeout');
  const stream = await readEvents(room.host, room.path);
  await stream.next('snapshot');
  const end = timers.mock.calls.find(([, delay]) => (delay ?? 0) > 200_000);
  random.mockRestore();
  timers.mockRestore();
  expect(Math.round(end?.[1] ?? 0)).toBe(ms);
  expect(stream.closed()).toBe(false);
  // As the clock would.
  end?.[0]();
  await until(() => stream.closed());
});

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
