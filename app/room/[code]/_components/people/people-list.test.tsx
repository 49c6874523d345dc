import { RoomPage } from '@/testing/people/room-page';
import { makeItem, makeView } from '@/testing/people/room-view';
import { UndoProvider, UndoStrip } from '@/app/room/[code]/_components/notices/undo';
import { PeopleList } from './people-list';

let page: RoomPage;
beforeEach(() => {
  page = new RoomPage();
});
afterEach(() => page.close());

const list = (
  <UndoProvider>
    <PeopleList />
    <UndoStrip />
  </UndoProvider>
);
const asHost = { memberId: 'mia', role: 'host', name: 'Mia' } as const;
const sent = (): string[] =>
  page.calls.map(({ method, path, body }) => `${method} ${path} ${JSON.stringify(body ?? null)}`);

test('HT3 only the host manages guests, and nobody manages the host', async () => {
  await page.show(makeView({}, { coHost: true }), list);
  expect(page.find('button', /^Manage/)).toBeNull();
  await page.do(() => page.store.receiveYou({ ...page.store.getState().you, ...asHost, coHost: false }));
  expect(page.find('button', 'Manage Mia')).toBeNull();
  expect(page.button('Manage Bob')).toBeTruthy();
});

test('HT3 a guest is made co-host, which can be taken back; rights are marked', async () => {
  const view = makeView({}, asHost);
  await page.show(view, list);
  await page.press('Manage Bob');
  await page.press('Make co-host');
  await page.press('Undo');
  await page.press('Trust');
  expect(sent()).toEqual([
    'PATCH /members/bob {"coHost":true}',
    'PATCH /members/bob {"coHost":false}',
    'PATCH /members/bob {"trusted":true}',
  ]);
  const members = view.snapshot.members.map((member) =>
    member.id === 'bob' ? ({ ...member, coHost: true, present: false } as const) : member,
  );
  await page.receive({ members });
  expect(page.text).toContain('BobCo-host, Away');
  expect(page.button('No longer co-host')).toBeTruthy();
});

test('HT4 QU7 removing is asked once more, with or without the songs, and can be taken back', async () => {
  await page.show(makeView({ queue: [makeItem('A'), makeItem('B')] }, asHost), list);
  await page.press('Manage Bob');
  await page.press('Remove Bob');
  expect(document.activeElement?.textContent).toBe('Cancel');
  await page.press('Remove with all 2 songs');
  expect(page.find('button', 'Undo')).toBeNull();
  await page.press('Let Bob back');
  expect(sent()).toEqual(['DELETE /members/bob?songs=remove null', 'POST /members/bob/readmit null']);
  expect(page.text).toContain('Bob may join again with the code.');
});
