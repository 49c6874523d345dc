import { screen } from '@testing-library/react';
import { RoomPage } from '@/testing/people/room-page';
import { makeItem, makeTrack, makeView } from '@/testing/people/room-view';
import { UndoProvider, UndoStrip } from '@/app/room/[code]/_components/notices/undo';
import { UpNext } from './up-next';

let page: RoomPage;
beforeEach(() => {
  page = new RoomPage();
});
afterEach(() => page.close());

const room = (
  <UndoProvider>
    <UpNext sheet={null} onOpen={() => undefined} onClose={() => undefined} />
    <UndoStrip />
  </UndoProvider>
);
const rows = (): (string | null)[] => screen.queryAllByRole('listitem').map(({ textContent }) => textContent);

test('each song says who added it and when it plays', async () => {
  const own = { addedBy: 'ada', addedByName: 'Ada' };
  await page.show(makeView({ queue: [makeItem('First'), makeItem('Second', own), makeItem('Third')] }), room);
  expect(rows()).toEqual([
    expect.stringContaining('Bob · next'),
    expect.stringContaining('You · about 6 min'),
    expect.stringContaining('Bob · about 9 min'),
  ]);
  // A long name is cut, and can be read whole; nothing cuts the words behind it.
  expect(screen.getByText('You').title).toBe('You');
  expect(page.text).toContain('The song with the most votes plays first; among equals, the one added first.');
  expect(page.text).not.toContain('Your song is next.');
  await page.receive({ queue: [makeItem('Second', own)] });
  expect(page.text).toContain('Your song is next.');
});

test('QU5 a vote is sent, shows at once, and is taken back by the same press', async () => {
  await page.show(makeView({ queue: [makeItem('Song', { score: 1, voters: { bob: 1 } })] }), room);
  await page.press('Vote for it');
  expect(page.button('Vote for it').getAttribute('aria-pressed')).toBe('true');
  expect(rows()[0]).toContain('Score 2');
  await page.press('Vote for it');
  expect(rows()[0]).toContain('Score 1');
  const path = '/queue/Song/vote';
  expect(page.calls).toEqual([
    { method: 'PUT', path, body: { value: 1 } },
    { method: 'PUT', path, body: { value: 0 } },
  ]);
});

test('FD1 a song that Spotify has already shows its score, and takes no votes', async () => {
  await page.show(makeView({ queue: [makeItem('Song', { state: 'next', score: 3 })] }), room);
  expect(rows()[0]).toMatch(/Next.*Score 3/);
  expect(page.find('button', /^Vote/)).toBeNull();
});

test('QU6 who added a song takes it out and puts it back; others have no button for it', async () => {
  const own = makeItem('Mine', { addedBy: 'ada', addedByName: 'Ada' });
  await page.show(makeView({ queue: [own, makeItem('Theirs')] }), room);
  expect(page.find('button', 'Take out Theirs')).toBeNull();
  await page.press('Take out Mine');
  expect(rows()).toHaveLength(1);
  expect(page.text).toContain('Taken out: Mine.');
  expect(document.activeElement?.textContent).toBe('Undo');
  await page.press('Undo');
  expect(rows()).toHaveLength(2);
  expect(page.calls.map(({ method, path }) => `${method} ${path}`)).toEqual([
    'DELETE /queue/Mine',
    'POST /queue/Mine/restore',
  ]);
});

test('QU9 a song that waits for approval is said to; the host and co-hosts approve it', async () => {
  const queue = [makeItem('Song', { state: 'pending' })];
  await page.show(makeView({ queue }), room);
  expect(rows()[0]).toContain('waits for the host');
  expect(page.find('button', /^(Approve|Vote)/)).toBeNull();
  await page.do(() => page.store.receiveYou({ ...page.store.getState().you, coHost: true }));
  await page.press('Approve Song');
  expect(page.calls.map(({ path }) => path)).toEqual(['/queue/Song/approve']);
});

test('FD11 where songs need an open page, the host is told, and nobody else', async () => {
  const view = makeView({ queue: [makeItem('Song')], queueNeedsPage: true });
  const words = 'only while somebody has this room open';
  await page.show({ ...view, you: { ...view.you, role: 'host' } }, room);
  expect(page.text).toContain(words);
  await page.show({ ...view, you: { ...view.you, role: 'guest' } }, room);
  expect(page.text).not.toContain(words);
});

test('all songs are shown on request, and follow the room', async () => {
  const all = ['A', 'B', 'C', 'D'].map((name) => makeItem(name));
  await page.show(makeView({ queue: all.slice(0, 2), queueCount: 4 }), room);
  expect(rows()).toHaveLength(2);
  jest.useFakeTimers();
  page.answer('GET /queue', { body: { version: 1, queue: all } });
  await page.press('Show all 4 songs');
  await page.do(() => jest.advanceTimersByTime(0));
  expect(rows().map((row) => row?.[0])).toEqual(['A', 'B', 'C', 'D']);
  // The first one begins: it is not seen again behind the others, though the last reading still had it.
  page.answer('GET /queue', { body: { version: 2, queue: all.slice(1) } });
  await page.receive({ queue: all.slice(1, 3), queueCount: 3 });
  expect(rows().map((row) => row?.[0])).toEqual(['B', 'C', 'D']);
  await page.do(() => jest.advanceTimersByTime(0));
  expect(page.calls).toHaveLength(1);
  await page.do(() => jest.advanceTimersByTime(2_000));
  expect(page.calls).toHaveLength(2);
  jest.useRealTimers();
});

test('an empty queue invites, unless the host takes no songs', async () => {
  const view = makeView();
  await page.show(view, room);
  expect(page.text).toContain('Add one, and it plays after this song.');
  await page.receive({ room: { ...view.snapshot.room, queueOpen: false, fallback: { name: 'Slow' } } });
  expect(page.text).toContain('The host takes no songs right now.');
  expect(page.text).toContain('Until then the host’s playlist plays: Slow.');
  expect(page.find('button', 'Add a song')).toBeNull();
});

test('songs that wait are no reason to keep quiet about a closed queue', async () => {
  const view = makeView({ queue: [makeItem('Song')] });
  const closed = { ...view.snapshot.room, queueOpen: false };
  const words = 'The host takes no songs right now.';
  await page.show(view, room);
  expect(page.text).not.toContain(words);
  await page.receive({ room: closed });
  expect(page.text).toContain(words);
  await page.do(() => page.store.receiveYou({ ...view.you, coHost: true }));
  expect(page.text).not.toContain(words);
});

test('a song without a place on Spotify has no link there; every other has', async () => {
  const local = makeItem('Local', { track: makeTrack('Local', { url: null }) });
  await page.show(makeView({ queue: [makeItem('Song'), local] }), room);
  expect(screen.getAllByRole<HTMLAnchorElement>('link').map(({ href }) => href)).toEqual([
    'https://open.spotify.com/track/Song',
  ]);
});
