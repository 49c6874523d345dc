import { screen } from '@testing-library/react';
import { RoomPage } from '@/testing/people/room-page';
import { makeView } from '@/testing/people/room-view';
import { PairScreen } from './pair-screen';

let page: RoomPage;
beforeEach(() => {
  page = new RoomPage();
  window.location.hash = '#bcdfgh';
});
afterEach(() => page.close());

const kitchen = { code: 'BCD234', name: 'Kitchen' };
const show = (room: typeof kitchen | null, mayPair: boolean) =>
  page.show(makeView(), <PairScreen room={room} mayPair={mayPair} />);

test('SN5 scanning a screen asks once, with the room’s name, and changes nothing before', async () => {
  await show(kitchen, true);
  expect([page.text.includes('Kitchen'), page.calls]).toEqual([true, []]);
  page.answer('POST /screens', {
    status: 404,
    body: { code: 'screen_not_found', detail: 'No screen shows that code.' },
  });
  await page.press('Show it there');
  expect(screen.getByRole('alert').textContent).toBe('No screen shows that code.');
  page.answer('POST /screens', { status: 201, body: { screen: {} } });
  await page.press('Show it there');
  expect(page.calls).toEqual(
    Array.from({ length: 2 }, () => ({ method: 'POST', path: '/screens', body: { code: 'BCDFGH' } })),
  );
  expect(page.text).toContain('The screen shows the room');
  expect(page.find('button', 'Show it there')).toBeNull();
});

test('SN5 who may not give the room a screen is told who may', async () => {
  await show(kitchen, false);
  expect([page.text.includes('co-hosts'), page.find('button', /./)]).toEqual([true, null]);
  await show(null, false);
  expect([page.text.includes('in no room'), page.find('button', /./)]).toEqual([true, null]);
});
