import { readRoomCode } from './room-code-input';

test.each([
  ['bcd234', 'BCD234'],
  [' BCD-234 ', 'BCD234'],
  ['http://192.168.1.20:3000/room/bcd234', 'BCD234'],
  ['Join us: https://room.example/room/BCD234?x=1#y', 'BCD234'],
  ['https://room.example/', null],
  ['BCD23', null],
  ['', null],
])('%j is the code %j', (text, code) => {
  expect(readRoomCode(text)).toBe(code);
});
