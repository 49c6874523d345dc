import { RoomPage } from '@/testing/people/room-page';
import { makeView } from '@/testing/people/room-view';
import { LogOutHere } from './log-out-here';

let page: RoomPage;
beforeEach(() => {
  page = new RoomPage();
});
afterEach(() => page.close());

const show = async (room: object | null, authenticated = false): Promise<void> => {
  page.answer('GET /api/me', { body: { room, spotify: { authenticated } } });
  await page.show(makeView(), <LogOutHere />);
};
const sent = (): string[] => page.calls.filter(({ method }) => method !== 'GET').map(({ path }) => path);

test('LG10 who hosts no room is logged out with one press, a host is asked first', async () => {
  await show({ code: 'BCD234', role: 'guest' });
  expect(page.find('button', 'Log out everywhere else')).toBeNull();
  await page.press('Log out');
  expect([sent(), page.text]).toEqual([['/api/session'], 'This browser is logged out.']);
  await page.close();
  page = new RoomPage();
  await show({ code: 'BCD234', role: 'host' }, true);
  await page.press('Log out');
  expect([sent(), page.text.includes('Your room ends for everybody')]).toEqual([[], true]);
  await page.press('Stay');
  expect(page.button('Log out')).toBeTruthy();
});

test('LG10 what fails is said, and can be tried again; without an answer nothing is offered', async () => {
  await show(null, true);
  page.answer('DELETE /api/session', { status: 503, body: { code: 'unavailable', detail: 'Not now.' } });
  await page.press('Log out');
  expect([page.find('alert', '')?.textContent, page.find('button', 'Log out') === null]).toEqual(['Not now.', false]);
  await page.close();
  page = new RoomPage();
  page.answer('GET /api/me', { status: 503, body: { code: 'unavailable', detail: 'Not now.' } });
  await page.show(makeView(), <LogOutHere />);
  expect(page.text).toBe('');
});
