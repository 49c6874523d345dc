import { getPool } from '@/lib/server/db/connection/pool';
import { AppClient, join, makeRoom } from '@/testing/people/app-client';
import { logIn } from '@/testing/people/spotify-login';
import { type EventReader, readEvents } from '@/testing/people/event-reader';
import { expectProblem } from '@/testing/jest/matchers';
import { until } from '@/testing/until';
import { setUpSimulator } from '@/testing/engine/set-up-simulator';

const spotify = setUpSimulator();

describe('EV1 a stream', () => {
  test('begins with you and a snapshot, and carries every change whole', async () => {
    const room = await makeRoom({ name: 'Kitchen' });
    const guest = await join(room, 'Bob');
    const stream = await readEvents(guest, room.path);
    await stream.next('snapshot');
    expect(stream.events.map(({ type }) => type).slice(0, 2)).toEqual(['you', 'snapshot']);
    expect(JSON.parse(stream.events[0]?.data ?? '')).toMatchObject({
      memberId: guest.memberId,
      role: 'guest',
      name: 'Bob',
    });
    await room.host.send('PATCH', room.path, { json: { name: 'Cellar' } });
    await until(() => stream.snapshot().room.name === 'Cellar');
    const versions = stream.events
      .filter(({ type }) => type === 'snapshot')
      .map(({ data }) => JSON.parse(data).version);
    expect(versions).toEqual([...new Set(versions)].toSorted((a, b) => a - b));
    stream.close();
  });

  test('EV5 is the same bytes for every member, and for GET', async () => {
    const room = await makeRoom();
    const guest = await join(room);
    const [a, b] = [await readEvents(room.host, room.path), await readEvents(guest, room.path)];
    await room.host.send('PATCH', room.path, { json: { votesToSkip: 7 } });
    await until(() => a.snapshot()?.room.votesToSkip === 7 && b.snapshot()?.room.votesToSkip === 7);
    const last = (stream: typeof a) => stream.events.findLast(({ type }) => type === 'snapshot')?.data;
    expect(last(a)).toBe(last(b));
    expect((await guest.get(room.path)).body.snapshot).toEqual(a.snapshot());
    a.close();
    b.close();
  });

  test('tells somebody renamed who they are now', async () => {
    const room = await makeRoom();
    const guest = await join(room, 'Bob');
    const stream = await readEvents(guest, room.path);
    await stream.next('snapshot');
    await guest.post(`${room.path}/members`, { name: 'Bobby' });
    await until(() => stream.events.some(({ type, data }) => type === 'you' && JSON.parse(data).name === 'Bobby'));
    stream.close();
  });

  test('has the form that proxies and browsers leave alone', async () => {
    const room = await makeRoom();
    const abort = new AbortController();
    const response = await room.host.fetch('GET', `${room.path}/events`, {
      signal: abort.signal,
      headers: { 'accept-encoding': 'gzip' },
    });
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(response.headers.get('cache-control')).toMatch(/no-store.*no-transform/);
    expect(response.headers.get('x-accel-buffering')).toBe('no');
    abort.abort();
  });
});

test('EV9 changes that follow each other quickly are sent together, ten times a second at most, and the last one arrives', async () => {
  const room = await makeRoom();
  const stream = await readEvents(room.host, room.path);
  await stream.next('snapshot');
  const versions = () => stream.events.filter(({ type }) => type === 'snapshot').length;
  const [before, began] = [versions(), Date.now()];
  for (let change = 1; change <= 60; change += 1) {
    await getPool().query(
      `WITH bumped AS (UPDATE "Room" SET "name" = $2, "version" = "version" + 1 WHERE "code" = $1 RETURNING "id", "version")
       SELECT pg_notify('roomtone_room', json_build_object('room', "id", 'version', "version")::text) FROM bumped`,
      [room.code, `Name ${change}`],
    );
  }
  await until(() => stream.snapshot().room.name === 'Name 60');
  // One may have been due at once, one is sent at the end.
  expect(versions() - before).toBeLessThanOrEqual((Date.now() - began) / 100 + 2);
  stream.close();
});

describe('EV2 the end of a stream', () => {
  test('ended, for everybody', async () => {
    const room = await makeRoom();
    const guest = await join(room);
    const streams = [await readEvents(room.host, room.path), await readEvents(guest, room.path)];
    for (const stream of streams) await stream.next('snapshot');
    await room.host.send('DELETE', room.path);
    for (const stream of streams) {
      await until(() => stream.closed());
      expect(stream.events.at(-1)?.type).toBe('ended');
    }
  });

  test('removed and left, for one', async () => {
    const room = await makeRoom();
    const [a, b] = [await join(room), await join(room)];
    const [first, second, host] = [
      await readEvents(a, room.path),
      await readEvents(b, room.path),
      await readEvents(room.host, room.path),
    ];
    await first.next('snapshot');
    await second.next('snapshot');
    await room.host.send('DELETE', `${room.path}/members/${a.memberId}`);
    await b.send('DELETE', `${room.path}/members/me`);
    await until(() => first.closed() && second.closed());
    expect([first.events.at(-1)?.type, second.events.at(-1)?.type]).toEqual(['removed', 'left']);
    expect(host.closed()).toBe(false);
    host.close();
  });

  test('EV4 a fourth stream of a member replaces the oldest', async () => {
    const room = await makeRoom();
    const streams: EventReader[] = [];
    for (let index = 0; index < 4; index += 1) streams.push(await readEvents(room.host, room.path));
    await until(() => streams[0]?.closed());
    expect(streams[0]?.events.at(-1)?.type).toBe('replaced');
    expect(streams.slice(1).map((stream) => stream.closed())).toEqual([false, false, false]);
    for (const stream of streams) stream.close();
  });

  test('RT-03 HEAD and OPTIONS open nothing; strangers get no stream', async () => {
    const room = await makeRoom();
    for (const method of ['HEAD', 'OPTIONS']) {
      expect((await room.host.send(method, `${room.path}/events`)).status).toBe(405);
    }
    expectProblem(await new AppClient().get(`${room.path}/events`), 403, 'not_a_member');
    expect((await room.host.get(room.path)).status).toBe(200);
  });
});

describe('EV3 hints may be lost', () => {
  test('a change that nobody announced is found', async () => {
    const room = await makeRoom();
    const stream = await readEvents(room.host, room.path);
    await stream.next('snapshot');
    await getPool().query(`UPDATE "Room" SET "name" = 'Quiet', "version" = "version" + 1 WHERE "code" = $1`, [
      room.code,
    ]);
    await until(() => stream.snapshot().room.name === 'Quiet', 9_000);
    stream.close();
  });

  test('RT-08 a listener whose connection is cut comes back, and everything is read again', async () => {
    const room = await makeRoom();
    const stream = await readEvents(room.host, room.path);
    await stream.next('snapshot');
    await getPool().query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE "application_name" = 'roomtone listener' AND "datname" = current_database()`,
    );
    await room.host.send('PATCH', room.path, { json: { name: 'After' } });
    await until(() => stream.snapshot().room.name === 'After');
    // Announcements arrive again, and not only the backstop's look.
    await until(async () => {
      const { rows } = await getPool().query(
        `SELECT 1 FROM pg_stat_activity WHERE "application_name" = 'roomtone listener' AND "datname" = current_database()`,
      );
      return rows.length > 0;
    });
    stream.close();
  });
});

test('EV6 while the room cannot be read streams stay open and say so; afterwards they are told how it is', async () => {
  const room = await makeRoom();
  const stream = await readEvents(room.host, room.path);
  await stream.next('snapshot');
  const count = (type: string) => stream.events.filter((event) => event.type === type).length;
  const blocker = await getPool().connect();
  try {
    await blocker.query('BEGIN');
    await blocker.query('LOCK TABLE "Room" IN ACCESS EXCLUSIVE MODE');
    await until(() => count('degraded') === 1, 20_000);
    expect(stream.closed()).toBe(false);
  } finally {
    await blocker.query('ROLLBACK');
    blocker.release();
  }
  // Nothing changed meanwhile: the same version again says that this is how it is.
  const before = count('snapshot');
  await until(() => count('snapshot') > before, 15_000);
  expect(count('degraded')).toBe(1);
  stream.close();
});

describe('leaks', () => {
  test('RT-02 200 streams opened and closed leave nothing behind', async () => {
    const room = await makeRoom();
    const resources = (): number => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
    const first = await readEvents(room.host, room.path);
    await first.next('snapshot');
    const people = await Promise.all(Array.from({ length: 10 }, () => join(room)));
    const openAndClose = async (): Promise<void> => {
      const streams = await Promise.all(people.map((guest) => readEvents(guest, room.path)));
      for (const stream of streams) stream.close();
    };
    // The first round fills the connection pool, whose timers stay.
    await openAndClose();
    const before = resources();
    for (let round = 0; round < 19; round += 1) await openAndClose();
    // A stream that was left behind would keep its heartbeat and its end: two timers each.
    await until(() => resources() <= before + 10);
    first.close();
  });
});

describe('WT1 watching', () => {
  test('a press on the host’s phone reaches every stream, and one read serves all', async () => {
    const room = await makeRoom();
    const account = await spotify.account();
    await logIn(room.host, account);
    const people = await Promise.all(Array.from({ length: 10 }, () => join(room)));
    const streams = await Promise.all(people.map((guest) => readEvents(guest, room.path)));
    for (const stream of streams) await stream.next('snapshot');
    const before = (await spotify.control.calls({ account, path: '/v1/me/player' })).length;
    await spotify.control.press(account, { press: 'pause' });
    for (const stream of streams) await until(() => stream.snapshot().playback.status === 'paused');
    expect((await spotify.control.calls({ account, path: '/v1/me/player' })).length - before).toBeLessThanOrEqual(2);
    for (const stream of streams) stream.close();
  });

  test('a song that ends by itself is followed within a second', async () => {
    const room = await makeRoom();
    const account = await spotify.account();
    await logIn(room.host, account);
    const stream = await readEvents(room.host, room.path);
    await stream.next('snapshot');
    const { durationMs, itemName } = await spotify.control.player(account);
    // Told of the jump by a command of ours, the watcher knows when the song ends.
    await room.host.post(`${room.path}/playback/seek`, { positionMs: (durationMs ?? 0) - 2_500 });
    await until(() => stream.snapshot().playback.track.name !== itemName, 6_000);
    const { playId } = stream.snapshot().playback;
    expect(stream.snapshot().skip).toMatchObject({ playId, votes: 0 });
    stream.close();
  });
});
