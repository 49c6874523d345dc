import { RoomPage } from '@/testing/people/room-page';
import { makeView } from '@/testing/people/room-view';
import { Dock } from '@/app/room/[code]/_components/dock';
import { Progress } from '@/app/room/[code]/_components/song/progress';
import { Transport } from './transport';
import { UndoProvider } from '@/app/room/[code]/_components/notices/undo';

let page: RoomPage;
beforeEach(() => {
  page = new RoomPage();
});
afterEach(() => page.close());

const remote = (
  <UndoProvider>
    <Progress />
    <Transport />
    <Dock onOpen={() => undefined} />
  </UndoProvider>
);

test('HT3 a co-host has the remote, and loses it with the right', async () => {
  const view = makeView({}, { coHost: true });
  const device = { name: 'Speaker', type: 'Speaker', volumePercent: 40, supportsVolume: true };
  await page.show({ ...view, snapshot: { ...view.snapshot, playback: { ...view.snapshot.playback, device } } }, remote);
  for (const name of ['Previous song', 'Pause', 'Next song']) expect(page.button(name)).toBeTruthy();
  expect(page.find('slider', 'Position in the song')).not.toBeNull();
  expect(page.text).toContain('Volume');
  await page.do(() => page.store.receiveYou({ ...view.you, coHost: false }));
  for (const name of ['Previous song', 'Pause', 'Next song']) expect(page.find('button', name)).toBeNull();
  expect(page.find('slider', 'Position in the song')).toBeNull();
  expect(page.text).toContain('Only the host can pause here.');
});

test('nobody is offered to add songs to a closed queue, but the host and co-hosts are', async () => {
  const view = makeView();
  await page.show(view, remote);
  expect(page.button('Add a song')).toBeTruthy();
  await page.receive({ room: { ...view.snapshot.room, queueOpen: false } });
  expect(page.find('button', 'Add a song')).toBeNull();
  await page.do(() => page.store.receiveYou({ ...view.you, coHost: true }));
  expect(page.button('Add a song')).toBeTruthy();
});
