import type { Track } from '@/lib/shared/contract/snapshot';
import { endOfPlay } from './play-end';
import type { PlayerState } from './player-state';
import { type PlayerView, unknownView } from './player-view';

const now = 1_000_000;
const song = (uri: string, durationMs = 200_000): Track => ({
  uri,
  id: uri,
  kind: 'track',
  name: uri,
  artists: ['A'],
  album: 'B',
  artworkUrl: null,
  durationMs,
  explicit: false,
  url: null,
});

/** A song that was at its beginning 180 s ago, read 5 s ago. */
const view: PlayerView = {
  ...unknownView,
  status: 'playing',
  track: song('a'),
  measuredAtMs: now - 180_000,
  contextUri: 'spotify:playlist:p',
};
const before: PlayerState = {
  id: 'room',
  version: 1,
  votesToSkip: 2,
  nextVoteMs: null,
  hostSessionId: 'session',
  clientId: null,
  ended: false,
  demo: false,
  playId: 'play',
  view,
  expectation: null,
  deviceId: null,
  problem: null,
  problemDetail: null,
  problemUntil: null,
  secondsSinceRead: 5,
  trackUri: 'a',
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

/** The next song, as it is seen when it has played for a while; it began when the one before had so much left. */
function after(leftMs: number, change: Partial<PlayerState> = {}, next: Partial<PlayerView> = {}, playedMs = 2_000) {
  const measuredAtMs = (change.view ?? view).measuredAtMs + 200_000 - leftMs + playedMs;
  return endOfPlay(
    { ...before, ...change },
    { ...view, track: song('b'), positionMs: playedMs, measuredAtMs, ...next },
  );
}

describe('FD3 how a song ended', () => {
  test.each([0, 5_000, 12_000, 13_000])('%i ms before its end, as a crossfade does: it was played', (left) => {
    expect(after(left)).toEqual({ how: 'played', earlyEnds: [left] });
  });

  test('when it was over counts, not when somebody looked', () => {
    expect(after(12_000, { secondsSinceRead: 12 }, {}, 11_500)).toEqual({ how: 'played', earlyEnds: [12_000] });
    expect(after(60_500, { earlyEnds: [0, 0], secondsSinceRead: 15 }, {}, 14_000).how).toBe('skipped');
  });

  test('earlier than that it was left, unless songs do so by themselves here', () => {
    const byHand = after(30_000, { earlyEnds: [0, 12_000] });
    expect(byHand).toEqual({ how: 'skipped', earlyEnds: [0, 12_000, 30_000] });
    expect(after(30_000).how).toBe('played');
    expect(after(30_000, { earlyEnds: [25_000, 0, 22_000] }).how).toBe('played');
  });

  test('long before its end it was left, whatever is known', () => {
    const earlyEnds = [30_000, 30_000, 30_000];
    expect(after(61_000, { earlyEnds })).toEqual({ how: 'skipped', earlyEnds });
    // Less than half of a short song was heard.
    const short = { ...view, track: song('a', 60_000), measuredAtMs: now - 25_000 };
    const next = { ...view, track: song('b'), positionMs: 1_000, measuredAtMs: now };
    expect(endOfPlay({ ...before, earlyEnds, view: short }, next).how).toBe('skipped');
  });

  test.each([
    ['a skip of the room’s', { skipState: 'done' as const }, 'skipped'],
    ['a song that nobody wanted', { unwanted: true }, 'skipped'],
    ['a command that is on its way', { expectation: { at: now } }, 'played'],
    ['a song that nothing followed', { view: { ...view, ranOut: true } }, 'played'],
    ['one that was left for nothing', { view: { ...view, ranOut: true, wasLeft: true } }, 'skipped'],
  ])('%s teaches nothing', (_what, change, how) => {
    expect(after(5_000, change)).toEqual({ how, earlyEnds: [] });
  });

  test('neither does another playlist, nor a song that was paused', () => {
    expect(after(30_000, {}, { contextUri: 'spotify:album:b' })).toEqual({ how: 'skipped', earlyEnds: [] });
    expect(after(5_000, {}, { contextUri: null })).toEqual({ how: 'played', earlyEnds: [] });
    expect(after(30_000, { view: { ...view, status: 'paused', positionMs: 100_000 } })).toEqual({
      how: 'skipped',
      earlyEnds: [],
    });
  });
});
