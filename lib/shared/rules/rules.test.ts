import { errorDescriptions } from '@/lib/shared/contract/errors';
import { parseRoomCode, roomCodeSymbols } from './room-code';
import { requiredVotes } from './skip-threshold';

test('RO7 codes are read in any case, and only codes are', () => {
  expect(parseRoomCode('bcd234')).toBe('BCD234');
  expect(parseRoomCode('AEU234')).toBe('AEU234');
  for (const input of [
    '',
    'BCD23',
    'BCD2345',
    'BCD23I',
    'BCD23O',
    'BCD231',
    'BCD230',
    ' BCD234',
    'BCD23\n',
    'ＢＣＤ234',
    'bcd23ı',
  ]) {
    expect(parseRoomCode(input)).toBeNull();
  }
  expect(roomCodeSymbols).not.toMatch(/[AEIOU01L]/);
});

test.each([
  [2, 1, 1],
  [2, 0, 1],
  [2, 10, 2],
  [100, 7, 7],
  [1, 50, 1],
])('SV2 %i votes asked of %i people: %i', (votesToSkip, people, required) => {
  expect(requiredVotes(votesToSkip, people)).toBe(required);
});

test('every failure has a status, a title and a sentence', () => {
  for (const { status, title, detail } of Object.values(errorDescriptions)) {
    expect(status).toBeGreaterThanOrEqual(400);
    expect(title.length).toBeGreaterThan(3);
    expect(detail).toMatch(/^[A-Z].*\.$/);
    expect(detail).not.toContain('!');
  }
});
