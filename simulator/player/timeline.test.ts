import type { Library } from '@/simulator/catalogue/library';
import { standardDevices } from './devices';
import { begin } from './progress';
import { idlePlayer, type PlayerState } from './state';
import { settle, type Timeline, truth, withChange } from './timeline';

const library: Library = {
  durationMs: () => 1000,
  isPlayable: () => true,
  contextTracks: () => null,
  autoplayAfter: (uri) => uri,
};
const idle = { ...idlePlayer(standardDevices('alex'), 0), order: ['a', 'b'], tracks: ['a', 'b'] };
const playing: PlayerState = begin(idle, 'a', 0);
const paused: PlayerState = { ...playing, playing: false, positionMs: 900, anchoredAt: 900, changedAt: 900 };

describe('what reads show', () => {
  const timeline: Timeline = withChange({ visible: playing, pending: [] }, paused, 1300, 900);

  test('is the old state until the lag is over; the truth is the new one at once', () => {
    const before = settle(timeline, library, 950);
    expect(before.visible.playing).toBe(true);
    expect(truth(before).playing).toBe(false);
    expect(settle(timeline, library, 1300).visible).toMatchObject({ playing: false, positionMs: 900, item: 'a' });
  });

  test('runs on while it is old: a natural end is visible at once', () => {
    expect(settle(timeline, library, 1299).visible).toMatchObject({ playing: true, item: 'b', changedAt: 1000 });
  });

  test('keeps the order of several commands', () => {
    const twice = withChange(timeline, { ...paused, positionMs: 100 }, 1400, 1000);
    expect(settle(twice, library, 1350).visible.positionMs).toBe(900);
    expect(settle(twice, library, 1400)).toMatchObject({ visible: { positionMs: 100 }, pending: [] });
  });

  test('is the new state at once where there is no lag', () => {
    expect(withChange(timeline, playing, 900, 900)).toEqual({ visible: playing, pending: [] });
  });
});
