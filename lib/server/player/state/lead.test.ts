import { expectedEarlyEndMs, isMixed, leadMs, withEarlyEnd } from './lead';

describe('FD12 how long before the end a song is handed over', () => {
  test.each([
    ['nothing is known', [], 13_000],
    ['songs play to their end', [0, 0, 0], 13_000],
    ['songs give way within what 13 s cover', [10_000, 10_000], 13_000],
    ['the slider is at its end: what the call takes is added', [12_000, 12_000], 15_000],
    ['one alone was near the slider’s end', [0, 0, 12_000], 13_000],
  ])('%s', (_what, ends, lead) => {
    expect(leadMs(ends)).toBe(lead);
  });

  test('Mix: longer than the longest that was seen, by less the more were seen', () => {
    expect(leadMs([25_000])).toBe(43_000);
    expect(leadMs([25_000, 30_000])).toBe(40_500);
    expect(leadMs([25_000, 30_000, 22_000, 24_000, 28_000])).toBe(36_000);
  });

  test('one that came early after others that did not teaches nothing; two in a row do', () => {
    expect(leadMs([0, 25_000])).toBe(13_000);
    expect(leadMs([0, 0, 0, 25_000])).toBe(13_000);
    expect(leadMs([0, 0, 25_000, 30_000])).toBeGreaterThan(30_000);
  });

  test('it goes back when it was not needed: after the second song that came in time', () => {
    const mixed = [25_000, 30_000, 28_000, 26_000];
    expect(leadMs([...mixed, 0])).toBeGreaterThan(30_000);
    expect(leadMs([...mixed, 0, 0])).toBe(13_000);
    expect(leadMs([25_000, 0])).toBe(13_000);
  });

  test('the last few are remembered', () => {
    expect([1, 2, 3, 4, 5, 6, 7, 8.4].reduce<readonly number[]>(withEarlyEnd, [])).toEqual([3, 4, 5, 6, 7, 8]);
  });
});

describe('WT3 when a song is expected to give way', () => {
  test.each([
    ['at its end, when nothing is known', [], 0],
    ['like the last one', [0, 12_000], 12_000],
    ['like the last one that was not left by hand', [5_000, 5_000, 40_000], 5_000],
    ['with Mix, at the earliest that was seen', [25_000, 31_000, 22_000], 31_000],
  ])('%s', (_what, ends, early) => {
    expect(expectedEarlyEndMs(ends)).toBe(early);
    expect(isMixed(ends)).toBe(early > 13_000);
  });
});
