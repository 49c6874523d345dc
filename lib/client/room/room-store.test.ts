import { makeView } from '@/testing/people/room-view';
import { ApiError } from '@/lib/client/api-error';
import { positionAt } from '@/lib/client/playback-clock';
import { RoomStore } from './room-store';

const view = makeView({ version: 5, memberCount: 1 }, { role: 'host' });
const { snapshot } = view;

test('RT-07 takes only what is newer than what it has', () => {
  const store = new RoomStore(view);
  store.receiveSnapshot({ ...snapshot, version: 4, memberCount: 9 });
  store.receiveSnapshot({ ...snapshot, version: 5, memberCount: 9 });
  expect(store.getState().snapshot.memberCount).toBe(1);
  store.receiveSnapshot({ ...snapshot, version: 6, memberCount: 2 });
  expect(store.getState().snapshot.memberCount).toBe(2);
});

test('HT2 requests go to the room by the code it has by then', async () => {
  const asked: string[] = [];
  Object.assign(globalThis, {
    fetch: (path: string) => {
      asked.push(path);
      return Promise.resolve({ ok: true, status: 204 });
    },
  });
  const store = new RoomStore(view);
  await store.run((api) => api.pause());
  store.receiveSnapshot({ ...snapshot, version: 6, room: { ...snapshot.room, code: 'XYZ789' } });
  await store.run((api) => api.pause());
  expect(asked).toEqual(['/api/rooms/BCD234/playback/pause', '/api/rooms/XYZ789/playback/pause']);
});

test('shows what a press will bring, until a snapshot says what it brought', async () => {
  const store = new RoomStore(view);
  const pressing = store.run(() => Promise.resolve(), { playing: false });
  expect(store.getState().pending).toEqual({ playing: false });
  expect(await pressing).toBe(true);
  store.receiveSnapshot({ ...snapshot, version: 6 });
  expect(store.getState().pending).toEqual({});
});

test('a press that fails is taken back and says why', async () => {
  const store = new RoomStore(view);
  const problem = {
    type: '',
    title: '',
    status: 403,
    code: 'host_only',
    detail: 'Only the host can do that here.',
  } as const;
  expect(await store.run(() => Promise.reject(new ApiError(problem)), { voted: true })).toBe(false);
  expect(store.getState()).toMatchObject({ pending: {}, error: { code: 'host_only', detail: problem.detail } });
  store.dismissError();
  expect(store.getState().error).toBeNull();
});

test('a field that is refused says why itself; anything else is said in the room', async () => {
  const store = new RoomStore(view);
  const said: string[] = [];
  const invalid = { type: '', title: '', status: 400, code: 'invalid_request', detail: 'Something.' } as const;
  const errors = [{ path: 'name', message: 'At most 40 characters.' }];
  const press = (problem: ConstructorParameters<typeof ApiError>[0]) =>
    store.run(
      () => Promise.reject(new ApiError(problem)),
      {},
      (message) => said.push(message),
    );
  expect(await press({ ...invalid, errors })).toBe(false);
  expect([said, store.getState().error]).toEqual([['At most 40 characters.'], null]);
  await press(invalid);
  expect(said).toHaveLength(1);
  expect(store.getState().error?.code).toBe('invalid_request');
});

test('LG7 a host who becomes a guest is told, until that is read or over', () => {
  const store = new RoomStore(view);
  const become = (role: 'host' | 'guest') => store.receiveYou({ ...view.you, role });
  become('host');
  expect(store.getState().wasHost).toBe(false);
  become('guest');
  become('guest');
  expect(store.getState().wasHost).toBe(true);
  become('host');
  expect(store.getState().wasHost).toBe(false);
  become('guest');
  store.dismissRole();
  become('guest');
  expect(store.getState().wasHost).toBe(false);
});

describe('the position of a song', () => {
  const track = {
    uri: 'spotify:track:1',
    id: '1',
    kind: 'track',
    name: 'Song',
    artists: [],
    album: '',
    artworkUrl: null,
    durationMs: 200_000,
    explicit: false,
    url: null,
  } as const;
  const startMs = Date.parse('2026-11-24T12:00:00.000Z');
  let now = startMs;
  const at = (): number => {
    const { song, clockOffsetMs } = store.getState();
    return song === null ? -1 : positionAt(song, clockOffsetMs, now);
  };
  const playback = (status: 'playing' | 'paused', positionMs: number, measuredAtMs: number) => ({
    ...snapshot.playback,
    track,
    status,
    positionMs,
    measuredAt: new Date(measuredAtMs).toISOString(),
  });
  let store: RoomStore;
  beforeEach(() => {
    now = startMs;
    const playing = { ...snapshot, playback: playback('playing', 60_000, startMs) };
    store = new RoomStore({ snapshot: playing, you: view.you }, () => now);
    now += 12_000;
  });

  test('SC1 stands where a pause caught it, runs on from there with a play, and a late confirmation moves nothing', async () => {
    expect(at()).toBe(72_000);
    await store.run(() => Promise.resolve(), { playing: false });
    expect(at()).toBe(72_000);
    now += 300;
    // The server paused 250 ms later than the press.
    store.receiveSnapshot({ ...snapshot, version: 6, playback: playback('paused', 72_250, now) });
    expect(at()).toBe(72_000);
    now += 3_000;
    store.receiveSnapshot({
      ...snapshot,
      version: 7,
      memberCount: 2,
      playback: playback('paused', 72_250, now - 3_000),
    });
    expect(at()).toBe(72_000);
    await store.run(() => Promise.resolve(), { playing: true });
    expect(at()).toBe(72_000);
    now += 400;
    expect(at()).toBe(72_400);
    store.receiveSnapshot({ ...snapshot, version: 8, playback: playback('playing', 72_250, now - 100) });
    expect(at()).toBe(72_400);
  });

  test('SC1 runs on after a pause that failed', async () => {
    await store.run(
      () => {
        now += 10_000;
        return Promise.reject(new ApiError(null));
      },
      { playing: false },
    );
    expect(at()).toBe(82_000);
  });

  test('SC1 is where it was moved to before the server says so, by one second too', async () => {
    await store.run(() => Promise.resolve(), { positionMs: 73_000 });
    expect(at()).toBe(73_000);
    store.receiveSnapshot({ ...snapshot, version: 6, playback: playback('playing', 73_000, now) });
    store.receiveSnapshot({ ...snapshot, version: 7, playback: playback('playing', 72_000, now) });
    expect(at()).toBe(72_000);
  });

  test('SC1 is the server’s where that differs by more than the way there takes, or is of another song', async () => {
    await store.run(() => Promise.resolve(), { playing: false });
    store.receiveSnapshot({ ...snapshot, version: 6, playback: playback('paused', 80_000, now) });
    expect(at()).toBe(80_000);
    await store.run(() => Promise.resolve(), { playing: true });
    store.receiveSnapshot({
      ...snapshot,
      version: 7,
      playback: { ...playback('playing', 79_900, now), playId: 'q' },
    });
    expect(at()).toBe(79_900);
  });
});

test('SC2 an offline press is not complained about once the room is heard of again, even if nothing changed there', async () => {
  let now = 1_000;
  const store = new RoomStore(view, () => now);
  store.receiveConnection({ kind: 'reconnecting', sinceMs: 0 });
  await store.run(() => Promise.reject(new ApiError(null)), { voted: true });
  now += 60_000;
  store.reviewError();
  expect(store.getState().error?.code).toBe('network');
  store.receiveSnapshot(snapshot);
  store.receiveConnection({ kind: 'live' });
  expect(store.getState().error).toBeNull();
});
