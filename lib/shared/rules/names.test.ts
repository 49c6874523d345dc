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
    ['⠍⠊⠁', '⠍⠊⠁'],
    [
      '🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f} Isla',
      '🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f} Isla',
    ],
    ['1️⃣ ☺︎', '1️⃣ ☺︎'],
    ['葛\u{e0100}城', '葛\u{e0100}城'],
    ['a\u0323\u0302\u0301', '\u1ead\u0301'],
    ['ᾧ Ệ', 'ᾧ Ệ'],
    ['ညှို့', 'ညှို့'],
    ['ꦏꦿꦺꦴꦁ', 'ꦏꦿꦺꦴꦁ'],
    ['ป้า กิ๊ก', 'ป้า กิ๊ก'],
    ['مُحَمَّدٌ', 'مُحَمَّدٌ'],
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
    ...['\u00ad', '\u034f', '\u061c', '\u115f', '\u200e', '\u200f', '\u2800', '\u3164', '\uffa0', '\ufffc'].map(
      (s) => `Mia${s}`,
    ),
    'M\u{e0041}ia',
    'Mia\u{e0067}\u{e007f}',
    '🏴\u{e0067}',
    '🏴Mia\u{e0067}\u{e007f}',
    'a\u0323\u0302\u0301\u0301',
    'e\u0301\u200d\u0301\ufe0f\u0301\u0301',
    'ก็็็็',
    `က${'\u102f'.repeat(7)}`,
    `x${'\u20dd'.repeat(4)}`,
    '\ud800',
    'a\udc00',
    'x'.repeat(100_000),
  ])('%j is none', (input) => {
    expect(person(input)).toEqual({ ok: false, message: expect.stringMatching(/\.$/) });
  });

  /** Letters, symbols and marks of which nothing is seen, by themselves or together. */
  const blanks = [
    ...['\u00a0', '\u00ad', '\u034f', '\u061c', '\u115f', '\u1160', '\u1680', '\u17b4', '\u17b5', '\u180b', '\u180e'],
    ...['\u2003', '\u200c', '\u200d', '\u200e', '\u200f', '\u202f', '\u205f', '\u2065', '\u206a', '\u2800', '\u3000'],
    ...[
      '\u3164',
      '\ufe0f',
      '\uffa0',
      '\ufff9',
      '\ufffc',
      '\u{13441}',
      '\u{13442}',
      '\u{16fe4}',
      '\u{1bca0}',
      '\u{1d159}',
    ],
    ...['\u{1d173}', '\u{e0020}', '\u{e0100}', '\u3164\u200d\u2800', '\u115f\u1160', '\u200f\u3164 \uffa0'],
  ];

  test.each(
    blanks.map((input) => [
      JSON.stringify(Array.from(input, (character) => character.codePointAt(0)?.toString(16))),
      input,
    ]),
  )('%s shows nothing and is none', (_name, input) => {
    expect(person(input)).toEqual({ ok: false, message: expect.stringMatching(/visible|needed/) });
    expect(parseName(input, roomNameBounds)).not.toEqual({ ok: true, value: input });
  });

  test('a room may have none, and more of it', () => {
    expect(parseName(' ', roomNameBounds)).toEqual({ ok: true, value: '' });
    expect(parseName('x'.repeat(60), roomNameBounds).ok).toBe(true);
    expect(parseName('x'.repeat(61), roomNameBounds).ok).toBe(false);
  });
});
