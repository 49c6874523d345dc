import { RoomPage } from '@/testing/people/room-page';
import { makeView } from '@/testing/people/room-view';
import { useRoomAddress } from './use-room-address';

function Page(): null {
  useRoomAddress();
  return null;
}

let page: RoomPage;
beforeEach(() => {
  page = new RoomPage();
});
afterEach(() => page.close());

test('HT2 an open page follows the room to its new code, and keeps its step in the browser’s history', async () => {
  window.history.pushState({ sheet: true }, '', '/room/BCD234/display?x=1');
  const view = makeView();
  await page.show(view, <Page />);
  await page.receive({ room: { ...view.snapshot.room, code: 'XYZ789' } });
  expect([window.location.pathname + window.location.search, window.history.state]).toEqual([
    '/room/XYZ789/display?x=1',
    { sheet: true },
  ]);
  // A step that was made under the old code.
  window.history.replaceState(null, '', '/room/BCD234');
  await page.do(() => window.dispatchEvent(new PopStateEvent('popstate')));
  expect(window.location.pathname).toBe('/room/XYZ789');
});
