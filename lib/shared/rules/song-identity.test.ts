import { artistKey, isSameRecording, songKey } from './song-identity';

const artists = ['The Invented Quartet'];
const key = (name: string, by = artists): string => songKey({ name, artists: by });

test.each([
  ['Paper Planets - 2011 Remaster'],
  ['Paper Planets - Remastered 2011'],
  ['Paper Planets (Live at the Harbour)'],
  ['Paper Planets - Live'],
  ['Paper Planets [Deluxe Edition]'],
  ['Paper Planets - Radio Edit'],
  ['Paper Planets (feat. Somebody Else)'],
  ['Paper Planets feat. Somebody Else'],
  ['PAPER PLANETS'],
  ['Paper  Planets!'],
  ['Páper Planets - Mono / Single Version'],
])('QU4 “%s” is Paper Planets', (name) => {
  expect(key(name)).toBe(key('Paper Planets'));
});

test.each([['Paper Planets Pt. 2'], ['Paper'], ['Live'], ['Paper Planets and Other Songs']])(
  'QU4 “%s” is another song',
  (name) => {
    expect(key(name)).not.toBe(key('Paper Planets'));
  },
);

test('QU4 the same title by somebody else is another song; guests do not matter', () => {
  expect(key('Paper Planets', ['Another Band'])).not.toBe(key('Paper Planets'));
  expect(key('Paper Planets', [...artists, 'A Guest'])).toBe(key('Paper Planets'));
});

test('QU4 titles without letters stay apart', () => {
  expect(key('???')).not.toBe(key('!!!'));
  expect(key('(Live)')).not.toBe(key('(Remix)'));
  expect(key('東京')).not.toBe(key('大阪'));
});

/** Names that one mark tells apart, in scripts where a mark is part of its letter. */
test.each([
  ['パンダ', 'ハンダ'],
  ['ガギ', 'カキ'],
  ['мой', 'мои'],
  ['їжак', 'іжак'],
  ['कला', 'कल'],
  ['दिन', 'दीन'],
  ['ปา', 'ป่า'],
  ['கல்', 'கலை'],
  ['ក', 'កា'],
  ['أم', 'ام'],
])('QU4 %s and %s are two songs and two artists', (one, other) => {
  expect(key(one)).not.toBe(key(other));
  expect(artistKey(one)).not.toBe(artistKey(other));
});

test.each([
  ['Beyoncé', 'BEYONCE'],
  ['Ǻngström', 'Angstrom'],
  ['Νησί', 'νησι'],
  ['Ёлка', 'елка'],
  ['ﾊﾟﾝﾀﾞ', 'パンダ'],
  ['パ', '\u30cf\u309a'],
  ['مُحَمَّد', 'محمد'],
  ['שָׁלוֹם', 'שלום'],
  ['Sun ☀️', 'sun ☀'],
  ['So\u00adft', 'Soft'],
])('QU4 %s and %s are one', (one, other) => {
  expect(key(one)).toBe(key(other));
  expect(artistKey(one)).toBe(artistKey(other));
});

describe('FD4 one recording under another id', () => {
  const asked = { uri: 'spotify:track:a', name: 'Paper Planets', artists, durationMs: 200_000 };

  test('is known by name, artists and length', () => {
    expect(isSameRecording({ ...asked, uri: 'spotify:track:b', durationMs: 201_500 }, asked)).toBe(true);
  });

  test.each([
    ['another length', { durationMs: 203_000 }],
    ['another version', { name: 'Paper Planets - Live' }],
    ['another artist', { artists: ['Another Band'] }],
    ['one artist more', { artists: [...artists, 'A Guest'] }],
  ])('%s is another one', (_what, change) => {
    expect(isSameRecording({ ...asked, uri: 'spotify:track:b', ...change }, asked)).toBe(false);
  });
});
