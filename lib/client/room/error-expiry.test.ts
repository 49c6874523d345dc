import { makeView } from '@/testing/people/room-view';
import { isErrorStale } from './error-expiry';

const { snapshot } = makeView();

describe('a failed press is over', () => {
  const failure = (code: Parameters<typeof isErrorStale>[0]['code']) => ({ code, atMs: 0, playId: 'play', version: 5 });
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
        playId: change.playId ?? 'play',
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
