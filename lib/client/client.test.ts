import type { RoomView } from '@/lib/shared/contract/snapshot';
import { queueDefaults } from '@/testing/room-view';
import { EventParser } from './event-parser';
import { formatTime, positionAt } from './playback-clock';
import { isErrorStale } from './room/error-expiry';
import { LatestChanges } from './latest-changes';
import { reconnectDelay } from './room/reconnect';
import { readRoomCode } from './room-code-input';
import { RoomStore } from './room/room-store';
import { ApiError } from './api-error';

describe('event parser', () => {
  const text =
    ': hello\n\nevent: you\ndata: {"a":1}\n\nid: 7\nevent: snapshot\ndata: {"b":\ndata: 2}\n\n: still here\n\n';
  const expected = [
    { type: 'comment', data: '' },
    { type: 'you', data: '{"a":1}' },
    { type: 'snapshot', data: '{"b":\n2}' },
    { type: 'comment', data: '' },
  ];

  test('reads events whole, wherever the pieces break', () => {
    for (let at = 0; at <= text.length; at += 1) {
      const parser = new EventParser();
      expect([...parser.push(text.slice(0, at)), ...parser.push(text.slice(at))]).toEqual(expected);
    }
  });

  test('keeps an unfinished event for later', () => {
    const parser = new EventParser();
    expect(parser.push('event: you\ndata: 1\n')).toEqual([]);
    expect(parser.push('\n')).toEqual([{ type: 'you', data: '1' }]);
  });
});

test('a position runs on by the server’s clock, and never past the end', () => {
  const facts = {
    status: 'playing',
    positionMs: 1_000,
    measuredAt: '2026-11-24T12:00:00.000Z',
    durationMs: 200_000,
  } as const;
  const at = Date.parse('2026-11-24T12:00:10.000Z');
  expect(positionAt(facts, 0, at)).toBe(11_000);
  expect(positionAt(facts, -3_600_000, at + 3_600_000)).toBe(11_000);
  expect(positionAt(facts, 0, at + 900_000)).toBe(200_000);
  expect(positionAt({ ...facts, status: 'paused' }, 0, at)).toBe(1_000);
  expect(positionAt(facts, 0, at - 60_000)).toBe(1_000);
  expect([0, 7_000, 187_000, 3_765_000].map(formatTime)).toEqual(['0:00', '0:07', '3:07', '1:02:45']);
});

test('pauses between tries grow to a ceiling, longer in the background', () => {
  expect([0, 1, 2, 3, 50].map((attempt) => reconnectDelay(attempt, false, 1))).toEqual([
    500, 1_000, 2_000, 4_000, 10_000,
  ]);
  expect(reconnectDelay(0, false, 0)).toBe(250);
  expect([0, 50].map((attempt) => reconnectDelay(attempt, true, 1))).toEqual([5_000, 60_000]);
});

test.each([
  ['bcd234', 'BCD234'],
  [' BCD-234 ', 'BCD234'],
  ['http://192.168.1.20:3000/room/bcd234', 'BCD234'],
  ['Join us: https://room.example/room/BCD234?x=1#y', 'BCD234'],
  ['https://room.example/', null],
  ['BCD23', null],
  ['', null],
])('%j is the code %j', (text, code) => {
  expect(readRoomCode(text)).toBe(code);
});

const snapshot = {
  version: 5,
  serverTime: '',
  room: {
    code: 'BCD234',
    name: '',
    guestsCanPause: false,
    votesToSkip: 2,
    createdAt: '',
    ...queueDefaults,
    fallback: null,
    sources: [],
  },
  members: [],
  memberCount: 1,
  presentCount: 1,
  spotify: { status: 'connected' },
  playback: {
    status: 'playing',
    playId: 'p',
    track: null,
    positionMs: 0,
    measuredAt: '',
    device: null,
    can: { pause: true, resume: true, next: true, previous: true, seek: true },
    addedBy: null,
    addedByName: null,
  },
  skip: { playId: 'p', votes: 0, required: 1, voters: [] },
  queue: [],
  queueCount: 0,
  dropped: [],
} as const;
const view: RoomView = { snapshot, you: { memberId: 'm', role: 'host', name: 'Mia', coHost: false, serverTime: '' } };

describe('room store', () => {
  test('RT-07 takes only what is newer than what it has', () => {
    const store = new RoomStore(view);
    store.receiveSnapshot({ ...snapshot, version: 4, memberCount: 9 });
    store.receiveSnapshot({ ...snapshot, version: 5, memberCount: 9 });
    expect(store.getState().snapshot.memberCount).toBe(1);
    store.receiveSnapshot({ ...snapshot, version: 6, memberCount: 2 });
    expect(store.getState().snapshot.memberCount).toBe(2);
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
});

test('SC4 changes go out one after the other, and those that wait go together', async () => {
  const sent: object[] = [];
  const ends: ((worked: boolean) => void)[] = [];
  const changes = new LatestChanges<{ a: number; b: string }>((change) => {
    sent.push(change);
    return new Promise((resolve) => ends.push(resolve));
  });
  const first = changes.push({ a: 1 });
  void changes.push({ a: 2 });
  void changes.push({ a: 3, b: 'x' });
  expect(sent).toEqual([{ a: 1 }]);
  ends[0]?.(true);
  await Promise.resolve();
  await Promise.resolve();
  expect(sent).toEqual([{ a: 1 }, { a: 3, b: 'x' }]);
  ends[1]?.(false);
  expect(await first).toBe(false);
  void changes.push({ a: 4 });
  expect(sent).toHaveLength(3);
});

describe('a failed press is over', () => {
  const failure = (code: Parameters<typeof isErrorStale>[0]['code']) => ({ code, atMs: 0, playId: 'p', version: 5 });
  const room = (change: {
    version?: number;
    status?: 'connected' | 'unavailable';
    playing?: boolean;
    playId?: string;
  }) => ({
    snapshot: {
      ...snapshot,
      version: change.version ?? 5,
      spotify: { status: change.status ?? ('connected' as const) },
      playback: {
        ...snapshot.playback,
        status: change.playing === false ? ('paused' as const) : ('playing' as const),
        playId: change.playId ?? 'p',
      },
    },
    isLive: true,
    heardAtMs: -1,
  });

  test('SC2 when Spotify is said to answer again, but not before it can be read', () => {
    const error = failure('spotify_unavailable');
    expect(isErrorStale(error, room({ version: 6 }), 1_000)).toBe(false);
    expect(isErrorStale(error, room({ version: 6 }), 5_000)).toBe(true);
    expect(isErrorStale(error, room({ version: 6, status: 'unavailable' }), 3_600_000)).toBe(false);
  });

  test('SC2 after a while, when nothing is said to be wrong and nothing changes', () => {
    expect(isErrorStale(failure('spotify_rate_limited'), room({}), 5_000)).toBe(false);
    expect(isErrorStale(failure('spotify_rate_limited'), room({}), 13_000)).toBe(true);
    expect(isErrorStale(failure('unavailable'), room({}), 13_000)).toBe(true);
    expect(isErrorStale(failure('host_only'), room({}), 13_000)).toBe(false);
    expect(isErrorStale(failure('host_only'), room({}), 60_000)).toBe(true);
  });

  test('SC2 never while the room is out of reach', () => {
    expect(isErrorStale(failure('network'), { ...room({}), isLive: false, heardAtMs: 1 }, 3_600_000)).toBe(false);
    expect(isErrorStale(failure('network'), { ...room({}), heardAtMs: 1 }, 5_000)).toBe(true);
  });

  test('SC2 when the song or the device it was about is another', () => {
    expect(isErrorStale(failure('track_changed'), room({}), 0)).toBe(true);
    expect(isErrorStale(failure('playback_restricted'), room({}), 5_000)).toBe(false);
    expect(isErrorStale(failure('playback_restricted'), room({ playId: 'q' }), 5_000)).toBe(true);
    expect(isErrorStale(failure('no_active_device'), room({ playing: false }), 5_000)).toBe(false);
    expect(isErrorStale(failure('no_active_device'), room({}), 0)).toBe(true);
  });
});
