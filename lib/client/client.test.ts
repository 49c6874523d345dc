import type { RoomView } from '@/lib/shared/snapshot';
import { EventParser } from './event-parser';
import { formatTime, positionAt } from './playback-clock';
import { reconnectDelay } from './reconnect';
import { readRoomCode } from './room-code-input';
import { RoomStore } from './room-store';
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

describe('room store', () => {
  const snapshot = {
    version: 5,
    serverTime: '',
    room: { code: 'BCD234', name: '', guestsCanPause: false, votesToSkip: 2, createdAt: '' },
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
    },
    skip: { playId: 'p', votes: 0, required: 1, voters: [] },
  } as const;
  const view: RoomView = { snapshot, you: { memberId: 'm', role: 'host', name: 'Mia', serverTime: '' } };

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
    const pressing = store.press(() => Promise.resolve(), { playing: false });
    expect(store.getState().overlay).toEqual({ playing: false });
    expect(await pressing).toBe(true);
    store.receiveSnapshot({ ...snapshot, version: 6 });
    expect(store.getState().overlay).toEqual({});
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
    expect(await store.press(() => Promise.reject(new ApiError(problem)), { voted: true })).toBe(false);
    expect(store.getState()).toMatchObject({ overlay: {}, error: { code: 'host_only', detail: problem.detail } });
    store.dismissError();
    expect(store.getState().error).toBeNull();
  });
});
