import { parseRoomCode, roomCodeSymbols } from './room-code';

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
