import type { Library } from '@/simulator/catalogue/library';
import { applyCommand, type PlayerCommand } from './commands';
import { standardDevices } from './devices';
import { earlyEndMs } from './early-end';
import { advance, upcoming } from './progress';
import { applyMode } from './special-modes';
import { idlePlayer, type PlayerState, positionAt } from './state';

/** Five songs, a to e, of 100, 200, 300, 400 and 500 ms. */
const library: Library = {
  durationMs: (uri) => (uri.charCodeAt(0) - 96) * 100,
  isPlayable: (uri) => uri !== 'x',
  contextTracks: () => null,
  autoplayAfter: () => 'e',
};

const deviceId = null;

function playing(tracks: readonly string[], more: Partial<PlayerState> = {}): PlayerState {
  const idle = { ...idlePlayer(standardDevices('alex'), 0), activeDevice: 'kitchen', ...more };
  return obey(idle, { kind: 'start', contextUri: null, tracks, offset: null, positionMs: 0, deviceId }, 0);
}

function obey(state: PlayerState, command: PlayerCommand, now: number): PlayerState {
  const result = applyCommand(advance(state, library, now), command, library, now);
  if (!result.ok) throw new Error(`refused: ${result.refusal}`);
  return result.state;
}

function refusal(state: PlayerState, command: PlayerCommand, now: number): string {
  const result = applyCommand(advance(state, library, now), command, library, now);
  return result.ok ? 'accepted' : result.refusal;
}

const at = (state: PlayerState, now: number) => {
  const then = advance(state, library, now);
  return { item: then.item, positionMs: positionAt(then, now), playing: then.playing, changedAt: then.changedAt };
};

describe('time', () => {
  test('a song gives way to the next at its exact end, however late somebody looks', () => {
    const state = playing(['a', 'b', 'c']);
    expect(at(state, 99)).toEqual({ item: 'a', positionMs: 99, playing: true, changedAt: 0 });
    expect(at(state, 100)).toEqual({ item: 'b', positionMs: 0, playing: true, changedAt: 100 });
    expect(at(state, 450)).toEqual({ item: 'c', positionMs: 150, playing: true, changedAt: 300 });
  });

  test('looking often gives the same as looking once', () => {
    let often = playing(['a', 'b', 'c'], { repeat: 'context' });
    const once = often;
    for (let now = 0; now <= 12_345; now += 7) often = advance(often, library, now);
    expect(at(often, 12_345)).toEqual(at(once, 12_345));
    // A round is 600 ms: twenty rounds, a, b, and 45 ms of c.
    expect(at(once, 12_345)).toEqual({ item: 'c', positionMs: 45, playing: true, changedAt: 12_300 });
  });

  test('the end of the list stops at its beginning; repeat and autoplay go on', () => {
    expect(at(playing(['a', 'b']), 300)).toEqual({ item: 'a', positionMs: 0, playing: false, changedAt: 300 });
    expect(at(playing(['a', 'b'], { repeat: 'context' }), 350)).toMatchObject({ item: 'a', positionMs: 50 });
    expect(at(playing(['a', 'b'], { repeat: 'track' }), 350)).toMatchObject({
      item: 'a',
      positionMs: 50,
      changedAt: 300,
    });
    expect(at(playing(['a', 'b'], { autoplay: true }), 350)).toMatchObject({ item: 'e', positionMs: 50 });
  });

  test('half a year of autoplay is caught up with at once', () => {
    const halfYear = 183 * 86_400_000;
    const state = advance(playing(['a'], { autoplay: true }), { ...library, durationMs: () => 180_000 }, halfYear);
    expect(state.order.length).toBeLessThan(100);
    expect(positionAt(state, halfYear)).toBe(halfYear % 180_000);
  });

  test('hand-queued songs come before the rest of the list, which then goes on', () => {
    let state = playing(['a', 'b', 'c']);
    state = obey(state, { kind: 'queue', uri: 'd', deviceId }, 10);
    state = obey(state, { kind: 'queue', uri: 'e', deviceId }, 20);
    expect([100, 500, 1000].map((now) => at(state, now).item)).toEqual(['d', 'e', 'b']);
  });

  test('a song that may not be played is passed over', () => {
    expect(at(playing(['a', 'x', 'c']), 100).item).toBe('c');
  });

  test('an advert holds the song up', () => {
    const state: PlayerState = {
      ...playing(['b', 'c']),
      positionMs: 50,
      anchoredAt: 1050,
      adUntil: 1050,
      changedAt: 50,
    };
    expect(positionAt(advance(state, library, 800), 800)).toBe(50);
    expect(at(state, 1100)).toEqual({ item: 'b', positionMs: 100, playing: true, changedAt: 1050 });
    expect(refusal(state, { kind: 'next', deviceId }, 800)).toBe('restriction_violated');
  });

  test('a device that died runs past the end', () => {
    expect(at({ ...playing(['a', 'b']), runsPastEnd: true }, 9000)).toMatchObject({ item: 'a', positionMs: 9000 });
  });
});

describe('songs that give way before their end', () => {
  const rest = { crossfadeMs: 40 };

  test('with a crossfade every song is over that much earlier, however late somebody looks', () => {
    const state = playing(['b', 'c', 'd'], rest);
    expect(at(state, 159)).toMatchObject({ item: 'b', positionMs: 159 });
    expect(at(state, 160)).toEqual({ item: 'c', positionMs: 0, playing: true, changedAt: 160 });
    expect(at(state, 450)).toEqual({ item: 'd', positionMs: 30, playing: true, changedAt: 420 });
  });

  test('what is queued follows at the same moment, and a song on repeat begins again', () => {
    const queued = obey(playing(['b', 'c'], rest), { kind: 'queue', uri: 'e', deviceId }, 159);
    expect(at(queued, 160)).toMatchObject({ item: 'e', positionMs: 0 });
    expect(at(playing(['b'], { ...rest, repeat: 'track' }), 170)).toMatchObject({ item: 'b', positionMs: 10 });
  });

  test('at least half of a song is heard', () => {
    expect(at(playing(['a', 'b'], { crossfadeMs: 90 }), 49)).toMatchObject({ item: 'a' });
    expect(at(playing(['a', 'b'], { crossfadeMs: 90 }), 50)).toMatchObject({ item: 'b' });
  });

  test('one that nothing follows is heard to its end, also when something is queued after it was to give way', () => {
    expect(at(playing(['b'], rest), 199)).toMatchObject({ item: 'b', positionMs: 199, playing: true });
    expect(at(playing(['b'], rest), 200)).toMatchObject({ positionMs: 0, playing: false });
    const late = obey(playing(['b'], rest), { kind: 'queue', uri: 'e', deviceId }, 170);
    expect(at(late, 199)).toMatchObject({ item: 'b', positionMs: 199 });
    expect(at(late, 200)).toMatchObject({ item: 'e', positionMs: 0 });
  });

  test('a seek into the fade lets it begin at once', () => {
    const sought = obey(playing(['b', 'c'], rest), { kind: 'seek', positionMs: 180, deviceId }, 10);
    expect(at(sought, 10)).toEqual({ item: 'c', positionMs: 0, playing: true, changedAt: 10 });
  });

  test('with Mix every song has a moment of its own: the given one, or one from the seed', () => {
    const given = playing(['c', 'd', 'e'], { mix: { seed: 1, earlyEnds: { c: 30, d: 110 } } });
    expect([269, 270, 559, 560].map((now) => at(given, now).item)).toEqual(['c', 'd', 'd', 'e']);
    const long: Library = { ...library, durationMs: () => 180_000 };
    const ends = ['a', 'b', 'c', 'd'].map((item) =>
      earlyEndMs({ ...playing(['a']), item, mix: { seed: 5, earlyEnds: {} } }, long),
    );
    expect(new Set(ends).size).toBe(4);
    for (const end of ends) expect(end).toBeGreaterThanOrEqual(20_000);
    for (const end of ends) expect(end).toBeLessThanOrEqual(40_000);
  });

  test('switched on in the middle of a song it changes nothing that has been heard', () => {
    const late = applyMode(advance(playing(['b', 'c']), library, 190), { crossfadeMs: 40 }, 190);
    expect(at(late, 190)).toEqual({ item: 'c', positionMs: 0, playing: true, changedAt: 190 });
  });
});

describe('commands', () => {
  test('pause keeps the position, resume goes on from it, and each is refused when it is already so', () => {
    const paused = obey(playing(['c']), { kind: 'pause', deviceId }, 120);
    expect(at(paused, 5000)).toEqual({ item: 'c', positionMs: 120, playing: false, changedAt: 120 });
    expect(refusal(paused, { kind: 'pause', deviceId }, 130)).toBe('restriction_violated');
    const resumed = obey(paused, { kind: 'resume', deviceId }, 1000);
    expect(at(resumed, 1050)).toEqual({ item: 'c', positionMs: 170, playing: true, changedAt: 1000 });
    expect(refusal(resumed, { kind: 'resume', deviceId }, 1050)).toBe('restriction_violated');
  });

  test('a seek past the end is the next song', () => {
    expect(obey(playing(['a', 'b']), { kind: 'seek', positionMs: 40, deviceId }, 10)).toMatchObject({
      item: 'a',
      positionMs: 40,
    });
    expect(obey(playing(['a', 'b']), { kind: 'seek', positionMs: 100, deviceId }, 10)).toMatchObject({
      item: 'b',
      positionMs: 0,
    });
  });

  test('previous goes back within three seconds and starts the song again after that', () => {
    const long: Library = { ...library, durationMs: () => 60_000 };
    const second = applyCommand(playing(['a', 'b']), { kind: 'next', deviceId }, long, 10);
    if (!second.ok) throw new Error('refused');
    expect(applyCommand(second.state, { kind: 'previous', deviceId }, long, 3010)).toMatchObject({
      state: { item: 'a' },
    });
    expect(applyCommand(second.state, { kind: 'previous', deviceId }, long, 3011)).toMatchObject({
      state: { item: 'b', positionMs: 0, changedAt: 3011 },
    });
  });

  test('previous from a hand-queued song goes back into the list', () => {
    let state = obey(playing(['c', 'd']), { kind: 'queue', uri: 'e', deviceId }, 0);
    state = obey(state, { kind: 'next', deviceId }, 10);
    expect(state).toMatchObject({ item: 'e', fromQueue: true });
    expect(obey(state, { kind: 'previous', deviceId }, 20)).toMatchObject({ item: 'c', fromQueue: false });
  });

  test('next passes a repeated track', () => {
    expect(obey(playing(['a', 'b'], { repeat: 'track' }), { kind: 'next', deviceId }, 10).item).toBe('b');
  });

  test('shuffle keeps the present song and every other one; off puts the order back', () => {
    const state = obey(playing(['a', 'b', 'c', 'd', 'e']), { kind: 'next', deviceId }, 10);
    const mixed = obey(state, { kind: 'shuffle', on: true, deviceId }, 20);
    expect(mixed.item).toBe('b');
    expect(mixed.order[0]).toBe('b');
    expect(mixed.order.toSorted()).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(upcoming(obey(mixed, { kind: 'shuffle', on: false, deviceId }, 30), library)).toEqual(['c', 'd', 'e']);
  });

  test('a start can begin anywhere in its list', () => {
    const start = { kind: 'start', contextUri: null, tracks: ['a', 'b', 'c'], positionMs: 0, deviceId } as const;
    expect(obey(playing(['e']), { ...start, offset: { position: 2 } }, 5).item).toBe('c');
    expect(obey(playing(['e']), { ...start, offset: { uri: 'b' }, positionMs: 20 }, 5)).toMatchObject({
      item: 'b',
      positionMs: 20,
    });
    expect(obey(playing(['e']), { ...start, offset: null, positionMs: 100 }, 5).item).toBe('b');
    expect(refusal(playing(['e']), { ...start, offset: { position: 3 } }, 5)).toBe('restriction_violated');
  });
});

describe('devices', () => {
  const [kitchen, laptop] = standardDevices('alex');

  test('without an active device a command is refused, and a known id wakes one for play only', () => {
    const asleep: PlayerState = { ...playing(['c']), playing: false, activeDevice: null };
    const on = { deviceId: laptop?.id ?? '' };
    expect(refusal(asleep, { kind: 'resume', deviceId }, 5)).toBe('no_active_device');
    expect(refusal(asleep, { kind: 'next', ...on }, 5)).toBe('restriction_violated');
    expect(refusal(asleep, { kind: 'resume', deviceId: 'unknown' }, 5)).toBe('device_not_found');
    expect(obey(asleep, { kind: 'resume', ...on }, 5)).toMatchObject({ playing: true, activeDevice: 'laptop' });
  });

  test('transfer keeps playing or paused as it was, unless told to play', () => {
    const on = { deviceId: laptop?.id ?? '' };
    const paused = obey(playing(['c']), { kind: 'pause', deviceId }, 50);
    expect(obey(paused, { kind: 'transfer', ...on, play: false }, 60)).toMatchObject({
      playing: false,
      activeDevice: 'laptop',
    });
    expect(obey(paused, { kind: 'transfer', ...on, play: true }, 60)).toMatchObject({ playing: true });
    expect(at(obey(playing(['c']), { kind: 'transfer', ...on, play: false }, 60), 90)).toMatchObject({
      positionMs: 90,
      playing: true,
    });
  });

  test('a phone has no volume, a restricted speaker obeys nothing', () => {
    expect(refusal({ ...playing(['c']), activeDevice: 'phone' }, { kind: 'volume', percent: 10, deviceId }, 5)).toBe(
      'volume_disallowed',
    );
    expect(refusal({ ...playing(['c']), activeDevice: 'bath' }, { kind: 'pause', deviceId }, 5)).toBe(
      'restriction_violated',
    );
    const quiet = obey(playing(['c']), { kind: 'volume', percent: 10, deviceId: kitchen?.id ?? null }, 5);
    expect(quiet.devices[0]?.volumePercent).toBe(10);
  });
});

describe('what comes next', () => {
  test('lists at most twenty, hand queue first, filled again when it repeats', () => {
    const state = obey(playing(['a', 'b', 'c'], { repeat: 'context' }), { kind: 'queue', uri: 'e', deviceId }, 0);
    const list = upcoming(state, library);
    expect(list).toHaveLength(20);
    expect(list.slice(0, 6)).toEqual(['e', 'b', 'c', 'a', 'b', 'c']);
    expect(upcoming(playing(['a', 'b', 'c']), library)).toEqual(['b', 'c']);
  });
});
