import { screen } from '@testing-library/react';
import { RoomPage } from '@/testing/people/room-page';
import { makeView } from '@/testing/people/room-view';
import { ScreensSheet } from './screens-sheet';

let page: RoomPage;
beforeEach(() => {
  page = new RoomPage();
});
afterEach(() => page.close());

const tv = { id: 'tv', pairedAt: '2026-11-24T20:14:00.000Z', present: true };
const open = (screens: readonly (typeof tv)[]) => {
  page.answer('GET /screens', { body: { screens } });
  return page.show(makeView({}, { coHost: true }), <ScreensSheet onClose={() => undefined} />, {
    invite: [{ origin: 'http://192.168.1.23:3000', network: 'wlan0', used: false }],
  });
};
const field = () => screen.getByRole<HTMLInputElement>('textbox', { name: 'Code on the TV' });
const sent = () => page.calls.filter(({ method }) => method !== 'GET');

test('SN5 a code that is typed gives the room a screen, which is in the list at once', async () => {
  await open([]);
  expect(page.text).toContain('192.168.1.23:3000/tv');
  await page.press('Show the room there');
  expect(sent()).toEqual([]);
  page.answer('POST /screens', {
    status: 404,
    body: { code: 'screen_not_found', detail: 'No screen shows that code.' },
  });
  await page.type(field(), 'bcd fgh');
  await page.press('Show the room there');
  expect(page.text).toContain('No screen shows that code.');
  page.answer('POST /screens', { status: 201, body: { screen: tv } });
  page.answer('GET /screens', { body: { screens: [tv] } });
  await page.press('Show the room there');
  expect(sent().map(({ body }) => body)).toEqual([{ code: 'BCDFGH' }, { code: 'BCDFGH' }]);
  expect(field().value).toBe('');
  expect(page.button(/^Take away/)).toBeTruthy();
});

test('SN5 screens say whether they are on, and are taken away', async () => {
  await open([tv, { ...tv, id: 'cellar', pairedAt: '2026-11-24T21:00:00.000Z', present: false }]);
  expect(screen.getAllByRole('listitem').map(({ textContent }) => /On|Off/.exec(textContent)?.[0])).toEqual([
    'On',
    'Off',
  ]);
  page.answer('GET /screens', { body: { screens: [] } });
  await page.press(/^Take away/);
  expect(sent()).toEqual([{ method: 'DELETE', path: '/screens/tv', body: undefined }]);
  expect(page.find('button', /^Take away/)).toBeNull();
});
