import { RoomPage } from '@/testing/people/room-page';
import { makeView } from '@/testing/people/room-view';
import type { MemberDto, You } from '@/lib/shared/contract/snapshot';
import { ArrivalsNotice } from './arrivals-notice';

let page: RoomPage;
beforeEach(() => {
  jest.useFakeTimers({ doNotFake: ['queueMicrotask', 'setTimeout', 'setInterval', 'setImmediate'] });
  page = new RoomPage();
});
afterEach(async () => {
  await page.close();
  jest.useRealTimers();
});

const people = (from: number, to: number): MemberDto[] =>
  Array.from({ length: to - from }, (_, index) => ({
    id: `g${from + index}`,
    name: `Guest ${from + index}`,
    role: 'guest',
    present: true,
  }));
const show = (you: Partial<You>) => page.show(makeView({ members: people(0, 20) }, you), <ArrivalsNotice />);

test('SC9 the host is told how many came within a minute, once', async () => {
  await show({ role: 'host' });
  expect(page.text).toBe('');
  await page.receive({ members: people(0, 26) });
  expect(page.text).toBe('');
  jest.setSystemTime(Date.now() + 30_000);
  await page.receive({ members: people(0, 32) });
  expect(page.text).toContain('12 people came within a minute.');
  await page.press('OK');
  // Who goes and comes back is no newcomer.
  await page.receive({ members: people(0, 10) });
  await page.receive({ members: people(0, 32) });
  expect(page.text).toBe('');
});

test('SC9 neither one after the other nor to a guest', async () => {
  await show({ role: 'host' });
  await page.receive({ members: people(0, 29) });
  jest.setSystemTime(Date.now() + 61_000);
  await page.receive({ members: people(0, 38) });
  expect(page.text).toBe('');
  await page.close();
  page = new RoomPage();
  await show({});
  await page.receive({ members: people(0, 40) });
  expect(page.text).toBe('');
});
