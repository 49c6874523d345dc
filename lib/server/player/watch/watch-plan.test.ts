import type { PlayerState } from '@/lib/server/player/state/player-state';
import { unknownView } from '@/lib/server/player/state/player-view';
import { timings } from '@/lib/server/player/state/timings';
import { afterRead, neverFailed, planWatch, pruneMemory, type WatchMemory } from './watch-plan';

const now = 10_000_000;
const fresh: WatchMemory = {
  lastReadAt: null,
  recentExtras: [],
  lastCommandAt: null,
  pollHealth: { kind: 'good' },
  queueRuns: neverFailed,
};

const idle: PlayerState = {
  id: 'room',
  version: 1,
  votesToSkip: 2,
  nextVoteMs: null,
  hostSessionId: 'session',
  clientId: null,
  ended: false,
  demo: false,
  playId: null,
  view: unknownView,
  expectation: null,
  deviceId: null,
  problem: null,
  problemDetail: null,
  problemUntil: null,
  secondsSinceRead: null,
  trackUri: null,
  skipState: null,
  skipHolder: null,
  skipAgeMs: null,
  unwanted: false,
  songsWait: false,
  newestSongMs: null,
  submissions: [],
  fallbackUri: null,
  fallbackPlayed: 0,
  earlyEnds: [],
};

const plan = (memory: WatchMemory, state: PlayerState = idle, budget = 0) =>
  planWatch(memory, state, budget, true, now);

test('WT1 a watcher that takes over goes on from the last read of the one before', () => {
  expect(plan(fresh)).toEqual({ at: now, reason: 'regular' });
  const playing = { ...idle, secondsSinceRead: 2 };
  // Nothing is known of what plays, so it is read like a paused song.
  expect(plan(fresh, playing).at).toBe(now - 2_000 + timings.pausedMs);
  expect(plan(fresh, { ...idle, secondsSinceRead: 600 }).at).toBe(now);
});

test('a room whose host has to act is read when that is over, and not before', () => {
  const until = now + 40_000;
  expect(plan({ ...fresh, pollHealth: { kind: 'dormant', failures: 1, until } }).at).toBe(until);
  expect(plan({ ...fresh, pollHealth: { kind: 'dormant', failures: 1, until: now - 1 } }).at).toBeLessThanOrEqual(now);
});

test('WT6 while Spotify blocks, the next read is when it ends', () => {
  const until = now + 48_925_000;
  expect(plan({ ...fresh, lastReadAt: now, pollHealth: { kind: 'blocked', failures: 1, until } }).at).toBe(until);
});

test('WT4 extra reads are remembered for a minute, regular ones are not', () => {
  const extra = afterRead(fresh, { at: now, reason: 'track_end' }, now);
  const both = afterRead(extra, { at: now, reason: 'regular' }, now + 5_000);
  expect([both.recentExtras, both.lastReadAt]).toEqual([[now], now + 5_000]);
  expect(pruneMemory(both, idle, now + 59_999).recentExtras).toEqual([now]);
  expect(pruneMemory(both, idle, now + 60_000).recentExtras).toEqual([]);
});

test('PB5 a command that somebody sent, on whatever instance, is confirmed by reads', () => {
  const state = { ...idle, expectation: { at: now - 100, status: 'paused' as const } };
  const memory = pruneMemory({ ...fresh, lastReadAt: now - 1_000 }, state, now);
  expect(memory.lastCommandAt).toBe(now - 100);
  expect(plan(memory, state)).toEqual({ at: now - 100 + 600, reason: 'confirmation' });
  // Once it is confirmed it still counts for the minute's limit.
  expect(pruneMemory(memory, idle, now).lastCommandAt).toBe(now - 100);
  expect(plan(pruneMemory(memory, idle, now)).reason).toBe('regular');
});

test('WT7 the day’s budget stretches what is planned', () => {
  const read = { ...fresh, lastReadAt: now };
  expect([0, 0.5, 0.8].map((budget) => plan(read, idle, budget).at - now)).toEqual([15_000, 30_000, 60_000]);
});
