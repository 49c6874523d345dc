import { addMonths, createClock } from './clock';

const day = (text: string) => Date.parse(`${text}T12:00:00Z`);

describe('the clock', () => {
  test('counts calendar months, and stays within a shorter one', () => {
    expect(addMonths(day('2026-05-24'), 6)).toBe(day('2026-11-24'));
    expect(addMonths(day('2026-08-31'), 6)).toBe(day('2027-02-28'));
    expect(addMonths(day('2026-12-31'), -1)).toBe(day('2026-11-30'));
  });

  test('moves one time without the other', () => {
    const clock = createClock(() => 1000);
    clock.advance('tokens', 500);
    expect([clock.now('tokens'), clock.now('players')]).toEqual([1500, 1000]);
    clock.reset();
    expect(clock.now('tokens')).toBe(1000);
  });
});
