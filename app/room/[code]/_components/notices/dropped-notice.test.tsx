import { RoomPage } from '@/testing/people/room-page';
import { makeView } from '@/testing/people/room-view';
import type { DroppedSong, DropReason } from '@/lib/shared/contract/snapshot';
import { DroppedNotice } from './dropped-notice';

let page: RoomPage;
beforeEach(() => {
  window.sessionStorage.clear();
  page = new RoomPage();
});
afterEach(() => page.close());

const drop = (name: string, reason: DropReason, addedBy = 'ada'): DroppedSong => ({
  id: name,
  name,
  reason,
  addedBy,
  at: '2026-11-24T12:00:00.000Z',
});

test('QU8 whose song left unplayed is told what and why, once; nobody else is', async () => {
  const dropped = [drop('One', 'unplayable'), drop('Two', 'removed', 'bob')];
  await page.show(makeView({ dropped }), <DroppedNotice />);
  expect(page.text).toContain('Spotify cannot play “One” here, so it was skipped.');
  await page.press('OK');
  expect(page.text).toBe('');
  await page.receive({ dropped: [drop('Three', 'not_approved'), ...dropped] });
  expect(page.text).toContain('The host did not take “Three”.');
  await page.press('OK');
  // After a reload, too.
  await page.close();
  page = new RoomPage();
  await page.show(makeView({ dropped }), <DroppedNotice />);
  expect(page.text).toBe('');
});

test('QU8 songs that left for the same reason are one word', async () => {
  const dropped = [drop('One', 'blocked'), drop('Two', 'blocked'), drop('Three', 'removed')];
  await page.show(makeView({ dropped }), <DroppedNotice />);
  expect(page.text).toContain('The host does not want “One” and one more of your songs here.');
  await page.press('OK');
  expect(page.text).toContain('The host took out “Three”.');
});
