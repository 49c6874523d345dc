import { parseName, personNameBounds, roomNameBounds } from './names';

const person = (input: string) => parseName(input, personNameBounds);

describe('MB3 names', () => {
  test.each([
    ['Mia', 'Mia'],
    ['  Mia \n', 'Mia'],
    ['e\u0301', '\u00e9'],
    ['👨‍👩‍👧‍👦', '👨‍👩‍👧‍👦'],
    ['🇩🇪🏳️‍🌈', '🇩🇪🏳️‍🌈'],
    ['مرحبا', 'مرحبا'],
    ['می‌خواهم', 'می‌خواهم'],
    ['<script>alert(1)</script>', '<script>alert(1)</script>'],
    ["Robert'); DROP TABLE", "Robert'); DROP TABLE"],
    ['👨‍👩‍👧‍👦'.repeat(28), '👨‍👩‍👧‍👦'.repeat(28)],
    ['x'.repeat(40), 'x'.repeat(40)],
  ])('%j is a name', (input, value) => {
    expect(person(input)).toEqual({ ok: true, value });
  });

  test.each([
    '',
    '   ',
    'x'.repeat(41),
    '👨‍👩‍👧‍👦'.repeat(41),
    `a${'\u0301'.repeat(201)}`,
    'a\u0000b',
    'a\nb',
    'a\u0007b',
    'a\u009bb',
    'a\u202eb',
    'a\u2066b',
    'a\u200bb',
    '\u200b',
    '\u200d',
    '\u2060a',
    'a\u2028b',
    '\ud800',
    'a\udc00',
    'x'.repeat(100_000),
  ])('%j is none', (input) => {
    expect(person(input)).toEqual({ ok: false, message: expect.stringMatching(/\.$/) });
  });

  test('a room may have none, and more of it', () => {
    expect(parseName(' ', roomNameBounds)).toEqual({ ok: true, value: '' });
    expect(parseName('x'.repeat(60), roomNameBounds).ok).toBe(true);
    expect(parseName('x'.repeat(61), roomNameBounds).ok).toBe(false);
  });
});
