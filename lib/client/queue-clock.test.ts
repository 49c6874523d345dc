import { makeItem, makeTrack } from '@/testing/people/room-view';
import { minutesUntil, waitWords } from './queue-clock';

describe('when a waiting song plays', () => {
  const long = makeItem('B', { track: makeTrack('B', { durationMs: 600_000 }) });
  const queue = [makeItem('A'), long, makeItem('C'), makeItem('P', { state: 'pending' })];

  test('what is left of the song, and the lengths before it', () => {
    expect(minutesUntil(queue, 60_000)).toEqual([0, 4, 14, null]);
  });

  test('while nothing runs only the next one is known', () => {
    expect(minutesUntil(queue, null)).toEqual([0, null, null, null]);
  });

  test('in words', () => {
    expect([0, 1, 14, 89, 130, null].map(waitWords)).toEqual([
      'next',
      'about 1 min',
      'about 14 min',
      'about 89 min',
      'about 2 h',
      '',
    ]);
  });
});
