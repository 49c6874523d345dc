import { phoneLines } from './addresses';

const laptop = { appUrl: 'http://127.0.0.1:3000', host: '0.0.0.0', port: 3_000 };

test('AD4 the start offers every address by its interface, with the code of the first', () => {
  const [first, second, , , code] = phoneLines(laptop, [
    { origin: 'http://192.168.1.23:3000', network: 'wlan0' },
    { origin: 'http://172.17.0.1:3000', network: 'docker0' },
  ]);
  expect([first, second]).toEqual([
    '  For phones      http://192.168.1.23:3000   (wlan0)',
    '       or by      http://172.17.0.1:3000     (docker0)',
  ]);
  expect(code).toContain('█');
});

test('AD4 it says why there is none, and nothing of a site’s own', () => {
  expect(phoneLines({ ...laptop, host: '127.0.0.1' })).toEqual([
    '  For phones      none: HOST=127.0.0.1 keeps the app to this computer',
  ]);
  expect(phoneLines(laptop, [])).toEqual(['  For phones      none: this computer is in no network']);
  expect(phoneLines({ ...laptop, appUrl: 'https://room.example' })).toEqual([]);
});
