import { keepPace } from './adding-pace';

const start = Date.parse('2026-11-30T20:00:00Z');

/** How many of so many songs, added together, are taken. */
function taken(memberId: string, songs: number, atSeconds: number): number {
  let count = 0;
  try {
    for (; count < songs; count += 1) keepPace(memberId, start + atSeconds * 1_000);
  } catch {
    // The first that is refused.
  }
  return count;
}

test('QU13 ten songs at once, then one in three seconds; who rests may add ten again', () => {
  expect(taken('bob', 20, 0)).toBe(10);
  expect([taken('bob', 2, 2), taken('bob', 2, 3), taken('bob', 2, 5), taken('bob', 2, 6)]).toEqual([0, 1, 0, 1]);
  expect(taken('bob', 20, 12)).toBe(2);
  expect(taken('bob', 20, 42)).toBe(10);
  expect(taken('eve', 20, 42)).toBe(10);
});

test('QU13 a refusal says when', () => {
  taken('ada', 10, 0);
  expect(() => keepPace('ada', start + 500)).toThrow(
    expect.objectContaining({
      code: 'rate_limited',
      retryAfterSeconds: 3,
      detail: 'Those were many songs at once. You can add the next one in 3 seconds.',
    }),
  );
  expect(() => keepPace('ada', start + 2_500)).toThrow(expect.objectContaining({ retryAfterSeconds: 1 }));
});
