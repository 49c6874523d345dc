import type { Track } from '@/lib/shared/contract/snapshot';
import type { SeenPlayback } from '@/lib/server/spotify/playback';
import { type PlayerView, positionAt, unknownView } from './player-view';
import { type KnownState, observe } from './observation';
import { predictEffect } from './expectation';

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
const can = { pause: true, resume: false, next: true, previous: true, seek: true };
const device = { name: 'Kitchen', type: 'Speaker', volumePercent: 40, supportsVolume: true };

const seen = (change: Partial<SeenPlayback> = {}): SeenPlayback => ({
  status: 'playing',
  track: song('a'),
  positionMs: 10_000,
  measuredAtMs: 100_000,
  device,
  deviceId: 'd1',
  deviceActive: true,
  contextUri: null,
  repeatsTrack: false,
  can,
  ...change,
});
const view = (change: Partial<PlayerView> = {}): PlayerView => ({
  status: 'playing',
  track: song('a'),
  positionMs: 5_000,
  measuredAtMs: 95_000,
  device,
  can,
  contextUri: null,
  repeatsTrack: false,
  ranOut: false,
  wasLeft: false,
  deaf: null,
  ...change,
});
const known = (change: Partial<KnownState> = {}): KnownState => ({
  view: view(),
  playTrackUri: 'a',
  skipped: false,
  expectation: null,
  started: null,
  leadMs: 13_000,
  ...change,
});
const look = (state: KnownState, what: SeenPlayback) => observe(state, what);

describe('PB1 only what a person would see is a change', () => {
  test('a song that ran on as expected is none', () => {
    expect(look(known(), seen())).toMatchObject({ changed: false, play: 'same' });
    expect(look(known(), seen({ positionMs: 11_400 })).changed).toBe(false);
    expect(look(known(), seen({ positionMs: 8_600 })).changed).toBe(false);
  });

  test.each([
    ['a position off by more than 1.5 s', seen({ positionMs: 11_600 })],
    ['a pause', seen({ status: 'paused' })],
    ['another device', seen({ device: { ...device, name: 'Phone' } })],
    ['another volume', seen({ device: { ...device, volumePercent: 41 } })],
    ['what may be pressed', seen({ can: { ...can, next: false } })],
    ['silence', seen({ status: 'nothing', track: null, positionMs: null })],
    ['another cover', seen({ track: { ...song('a'), artworkUrl: 'https://i.scdn.co/x' } })],
  ])('%s is one', (_what, what) => {
    expect(look(known(), what).changed).toBe(true);
  });

  test('the same look twice changes nothing the second time', () => {
    const first = look(known(), seen({ status: 'paused', positionMs: 50_000 }));
    const second = look(
      known({ view: first.view }),
      seen({ status: 'paused', positionMs: 50_000, measuredAtMs: 110_000 }),
    );
    expect(second.changed).toBe(false);
    expect(second.view).toBe(first.view);
  });
});

describe('PB2 a new play', () => {
  test('another track', () => {
    expect(look(known(), seen({ track: song('b'), positionMs: 0 })).play).toBe('new');
    expect(look(known({ playTrackUri: null, view: unknownView }), seen()).play).toBe('new');
  });

  test('the same track from its start after its end, or after a skip', () => {
    const nearEnd = view({ positionMs: 196_000 });
    expect(look(known({ view: nearEnd }), seen({ positionMs: 900 })).play).toBe('new');
    expect(look(known({ skipped: true }), seen({ positionMs: 300 })).play).toBe('new');
  });

  test('not by standing at its start because nothing follows, but when it plays from there', () => {
    const ended = look(known({ view: view({ positionMs: 196_000 }) }), seen({ status: 'paused', positionMs: 0 }));
    expect(ended).toMatchObject({ play: 'same', view: { ranOut: true } });
    const stands = known({ view: ended.view });
    expect(look(stands, seen({ status: 'paused', positionMs: 0 })).play).toBe('same');
    expect(look(stands, seen({ positionMs: 700 })).play).toBe('new');
  });

  test('the same track from its start also where it gave way as early as the room’s lead', () => {
    const fading = view({ positionMs: 183_000 });
    expect(look(known({ view: fading }), seen({ positionMs: 900 })).play).toBe('new');
    expect(look(known({ view: view({ positionMs: 165_000 }) }), seen({ positionMs: 900 })).play).toBe('same');
    expect(look(known({ view: view({ positionMs: 165_000 }), leadMs: 40_000 }), seen({ positionMs: 900 })).play).toBe(
      'new',
    );
  });

  test('FD3 who leaves a song for nothing leaves it: it has run out, but was not heard to its end', () => {
    const stands = seen({ status: 'paused', positionMs: 0 });
    expect(look(known(), stands).view).toMatchObject({ ranOut: true, wasLeft: true });
    const again = look(known({ view: look(known(), stands).view }), { ...stands, measuredAtMs: 110_000 });
    expect(again.view).toMatchObject({ ranOut: true, wasLeft: true });
    for (const positionMs of [188_000, 196_000]) {
      expect(look(known({ view: view({ positionMs }) }), stands).view).toMatchObject({ ranOut: true, wasLeft: false });
    }
  });

  test('not by pausing, seeking back, or a restart of ours', () => {
    expect(look(known(), seen({ status: 'paused' })).play).toBe('same');
    expect(look(known({ view: view({ positionMs: 100_000 }) }), seen({ positionMs: 0 })).play).toBe('same');
    expect(look(known({ view: view({ measuredAtMs: 0 }) }), seen()).play).toBe('same');
  });

  test('a silence keeps it when the song comes back in its middle', () => {
    const silence = look(known(), seen({ status: 'nothing', track: null, positionMs: null, device: null }));
    expect(silence.play).toBe('same');
    const silent = known({ view: silence.view });
    expect(look(silent, seen({ positionMs: 60_000 })).play).toBe('same');
    expect(look(silent, seen({ positionMs: 500 })).play).toBe('new');
    expect(look(silent, seen({ track: song('b') })).play).toBe('new');
  });

  test('none before any track was seen', () => {
    const nothing = seen({ status: 'nothing', track: null, positionMs: null });
    expect(look(known({ view: unknownView, playTrackUri: null }), nothing).play).toBe('none');
  });
});

test('PB3 a track that plays on far past its end is a player that died', () => {
  expect(look(known(), seen({ positionMs: 204_000 })).view.status).toBe('playing');
  expect(look(known(), seen({ positionMs: 206_000 })).view).toMatchObject({ status: 'paused', positionMs: 200_000 });
});

test('a position that Spotify leaves out runs on for the same song, and starts a new one', () => {
  expect(look(known(), seen({ positionMs: null })).changed).toBe(false);
  expect(look(known(), seen({ positionMs: null, track: song('b') })).view.positionMs).toBe(0);
});

describe('PB5 a command is expected until it is confirmed', () => {
  const paused = predictEffect({ kind: 'pause' }, view(), 100_000);
  const expecting = known({ view: paused.view ?? view(), expectation: paused.expectation });

  test('what it brings is shown at once', () => {
    expect(paused.view).toMatchObject({ status: 'paused', positionMs: 10_000, measuredAtMs: 100_000 });
    expect(predictEffect({ kind: 'play' }, view({ status: 'paused' }), 100_000).view?.status).toBe('playing');
    expect(predictEffect({ kind: 'seek', positionMs: 7 }, view(), 100_000).view?.positionMs).toBe(7);
    expect(predictEffect({ kind: 'volume', percent: 9 }, view(), 100_000).view?.device?.volumePercent).toBe(9);
    expect(predictEffect({ kind: 'next' }, view(), 100_000)).toEqual({
      view: null,
      expectation: { at: 100_000, leavesTrack: 'a' },
    });
    expect(predictEffect({ kind: 'pause' }, unknownView, 100_000).view).toBeNull();
  });

  test('a look that disagrees within 4 s is lag', () => {
    const lag = look(expecting, seen({ measuredAtMs: 100_600, positionMs: 10_600 }));
    expect(lag).toMatchObject({ changed: false, expectation: paused.expectation });
    expect(lag.view.status).toBe('paused');
  });

  test('one that agrees confirms it', () => {
    const whilePaused = { ...can, pause: false, resume: true };
    const agreed = look(
      expecting,
      seen({ status: 'paused', measuredAtMs: 100_600, positionMs: 10_200, can: whilePaused }),
    );
    expect(agreed).toMatchObject({ changed: false, expectation: null });
  });

  test('after 4 s the player is right', () => {
    const truth = look(expecting, seen({ measuredAtMs: 104_000, positionMs: 14_000 }));
    expect(truth).toMatchObject({ changed: true, expectation: null });
    expect(truth.view.status).toBe('playing');
  });

  test.each([
    [
      { kind: 'seek', positionMs: 150_000 },
      seen({ positionMs: 150_600, measuredAtMs: 100_600 }),
      seen({ measuredAtMs: 100_600 }),
    ],
    [{ kind: 'volume', percent: 90 }, seen({ device: { ...device, volumePercent: 91 } }), seen()],
    [{ kind: 'next' }, seen({ track: song('b') }), seen()],
    [{ kind: 'transfer', deviceId: 'd2' }, seen({ deviceId: 'd2' }), seen()],
    [{ kind: 'play' }, seen(), seen({ status: 'paused' })],
  ] as const)('%j is confirmed by what it promised, and by nothing else', (command, agrees, disagrees) => {
    const { expectation } = predictEffect(command, view(), 100_000);
    expect(look(known({ expectation }), { ...agrees, measuredAtMs: 100_600 }).expectation).toBeNull();
    expect(look(known({ expectation }), { ...disagrees, measuredAtMs: 100_600 }).expectation).toEqual(expectation);
  });
});

test('PB6 no_device stays until a read shows one', () => {
  const asleep = known({ view: view({ status: 'no_device' }) });
  expect(look(asleep, seen({ status: 'nothing', track: null, device: null, deviceActive: false })).view.status).toBe(
    'no_device',
  );
  expect(look(asleep, seen({ status: 'paused', deviceActive: false })).view.status).toBe('no_device');
  expect(look(asleep, seen()).view.status).toBe('playing');
});

test('a position never runs past the end, nor while paused', () => {
  expect(positionAt(view({ positionMs: 199_000, measuredAtMs: 0 }), 60_000)).toBe(200_000);
  expect(positionAt(view({ status: 'paused', positionMs: 5_000, measuredAtMs: 0 }), 60_000)).toBe(5_000);
});
