import { predictedEnd, readView, unknownView } from './player-view';

test('a view that the version before stored lacks what was added since, and counts as not so', () => {
  const { repeatsTrack: _repeatsTrack, ranOut: _ranOut, ...before } = { ...unknownView, status: 'paused' as const };
  expect(readView(before)).toEqual({ ...unknownView, status: 'paused' });
});

test('before anything was read, nothing plays', () => {
  expect(readView(null)).toEqual(unknownView);
  expect(predictedEnd(readView(null))).toBeNull();
});
