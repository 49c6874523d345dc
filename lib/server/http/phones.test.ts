import { cameThrough, notePhone } from './phones';

test('AD5 an address has led somebody here once a page was opened by it, from another device', () => {
  const own = new Set(['127.0.0.1', '192.168.1.23', '192.168.1.40', '172.17.0.1']);
  const origin = 'http://192.168.1.23:3000';
  for (const [host, client] of [
    [null, '192.168.1.77'],
    ['192.168.1.99:3000', '192.168.1.77'],
    // The computer itself, by whichever of its addresses.
    ['192.168.1.23:3000', '192.168.1.40'],
    ['127.0.0.1:3000', '127.0.0.1'],
    ['127.0.0.1:3000', '192.168.1.77'],
  ] as const) {
    notePhone(host, client, own);
  }
  expect(cameThrough(origin)).toBe(false);
  notePhone('192.168.1.23:3000', '192.168.1.77', own);
  expect(cameThrough(origin)).toBe(true);
  expect(cameThrough('http://192.168.1.40:3000')).toBe(false);
});
