import { RoomPage } from '@/testing/people/room-page';
import { makeView } from '@/testing/people/room-view';
import { LoginEndsNotice } from './login-ends-notice';

let page: RoomPage;
beforeEach(() => {
  page = new RoomPage();
});
afterEach(() => page.close());

const hour = 3_600_000;
const endsIn = (ms: number): void =>
  page.answer('GET /api/spotify/status', {
    body: { authenticated: true, reconnectBy: new Date(Date.now() + ms).toISOString() },
  });
const asHost = { memberId: 'mia', role: 'host', name: 'Mia' } as const;

test('LG13 the end of a login is told the host from 14 days before, with the way to a new one', async () => {
  endsIn(14 * 24 * hour + hour);
  await page.show(makeView({}, asHost), <LoginEndsNotice />);
  expect(page.text).toBe('');
  endsIn(14 * 24 * hour - hour);
  await page.show(makeView({}, asHost), <LoginEndsNotice />);
  expect(page.text).toContain(
    new Date(Date.now() + 14 * 24 * hour - hour).toLocaleDateString([], { day: 'numeric', month: 'long' }),
  );
  expect(page.find('link', 'Log in again')?.getAttribute('href')).toBe('/api/spotify/authorize?returnTo=/room/BCD234');
  await page.press('OK');
  expect(page.text).toBe('');
});

test('LG13 a page at another address, on a phone for instance, says where Spotify can return, and leads nowhere', async () => {
  endsIn(hour);
  await page.show(makeView({}, asHost), <LoginEndsNotice />, { onAppUrl: false });
  expect(page.text).toContain('Log in at http://app.example, on the computer');
  expect(page.find('link', 'Log in again')).toBeNull();
});

test('LG13 guests are neither told nor is anything asked for them', async () => {
  endsIn(hour);
  await page.show(makeView(), <LoginEndsNotice />);
  expect([page.text, page.calls]).toEqual(['', []]);
});
