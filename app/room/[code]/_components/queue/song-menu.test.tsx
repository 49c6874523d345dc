import { RoomPage } from '@/testing/people/room-page';
import { makeItem, makeTrack, makeView } from '@/testing/people/room-view';
import type { QueueItemDto } from '@/lib/shared/contract/snapshot';
import { UndoProvider, UndoStrip } from '@/app/room/[code]/_components/notices/undo';
import { SongMenu } from './song-menu';

let page: RoomPage;
let anchor: HTMLElement;
beforeEach(() => {
  page = new RoomPage();
  anchor = document.body.appendChild(document.createElement('button'));
});
afterEach(async () => {
  await page.close();
  anchor.remove();
});

const queue = [
  makeItem('Next', { state: 'next' }),
  makeItem('A'),
  makeItem('B', { track: makeTrack('B', { artists: ['One', 'Two'] }) }),
  makeItem('C'),
  makeItem('Pending', { state: 'pending' }),
];

async function open(item: QueueItemDto, others = queue): Promise<void> {
  await page.show(
    makeView({ queue: others }, { coHost: true }),
    <UndoProvider>
      <SongMenu item={item} queue={others} anchor={anchor} onClose={() => undefined} />
      <UndoStrip />
    </UndoProvider>,
  );
}
const item = (id: string): QueueItemDto => queue.find((known) => known.id === id) ?? makeItem(id);
const labels = (): string[] => [...document.querySelectorAll('[role="menuitem"]')].map((entry) => entry.textContent);
const sent = (): string[] =>
  page.calls.map(({ method, path, body }) => `${method} ${path} ${JSON.stringify(body ?? null)}`);

test('offers only what is possible with the song where it stands', async () => {
  const common = ['Take out', 'Block this song'];
  await open(item('A'));
  expect(labels()).toEqual(['Play now', 'Move down', 'Move to the end', ...common, 'Block this artist']);
  await open(item('B'));
  const moves = ['Move up', 'Move to the top', 'Move down', 'Move to the end'];
  expect(labels()).toEqual(['Play now', ...moves, ...common, 'Block One', 'Block Two']);
  await open(item('C'));
  expect(labels()).toEqual(['Play now', 'Move up', 'Move to the top', ...common, 'Block this artist']);
  await open(item('Next'));
  expect(labels()).toEqual(['Play now', ...common, 'Block this artist']);
  await open(item('Pending'));
  expect(labels()).toEqual([...common, 'Block this artist']);
});

test.each([
  ['Move up', 'A'],
  ['Move to the top', 'A'],
  ['Move down', null],
  ['Move to the end', null],
])('OR4 %s: before %s, and votes decide again when it is taken back', async (label, beforeId) => {
  await open(item('B'));
  await page.press(label);
  await page.press('Undo');
  expect(sent()).toEqual([`POST /queue/B/move ${JSON.stringify({ beforeId })}`, 'DELETE /queue/B/move null']);
});

test('OR4 a song that was moved before goes back to where it stood; it can be let go', async () => {
  const moved = makeItem('B', { moved: true });
  const others = queue.map((known) => (known.id === 'B' ? moved : known));
  await open(moved, others);
  await page.press('Move up');
  await page.press('Undo');
  await page.press('Let the votes decide again');
  expect(sent()).toEqual([
    'POST /queue/B/move {"beforeId":"A"}',
    'POST /queue/B/move {"beforeId":"C"}',
    'DELETE /queue/B/move null',
  ]);
});

test('QU10 a blocked artist says how many songs left, and is taken back', async () => {
  page.answer('POST /blocks', { status: 201, body: { block: { id: '7', kind: 'artist', name: 'Two' }, removed: 2 } });
  await open(item('B'));
  await page.press('Block Two');
  expect(page.text).toContain('Blocked: Two. 2 songs left the queue.');
  await page.press('Undo');
  expect(sent()).toEqual(['POST /blocks {"kind":"artist","name":"Two"}', 'DELETE /blocks/7 null']);
});
