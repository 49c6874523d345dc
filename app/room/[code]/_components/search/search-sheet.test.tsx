import { screen } from '@testing-library/react';
import { RoomPage } from '@/testing/people/room-page';
import { makeItem, makeTrack, makeView } from '@/testing/people/room-view';
import { SearchSheet } from './search-sheet';

let page: RoomPage;
beforeEach(() => {
  jest.useFakeTimers();
  page = new RoomPage();
});
afterEach(async () => {
  await page.close();
  jest.useRealTimers();
});

const field = (): HTMLInputElement => screen.getByRole('textbox', { name: 'Song, artist or link' });
async function search(words: string): Promise<void> {
  await page.type(field(), words);
  await page.do(() => jest.advanceTimersByTime(1_000));
}
const sheet = <SearchSheet onClose={() => undefined} />;

test('QU2 a song that cannot be added says why, in place of its button', async () => {
  const refusal = { code: 'played_recently', detail: 'This song was played 20 minutes ago.' };
  page.answer('GET /search', { body: { tracks: [{ ...makeTrack('Old'), refusal }, makeTrack('New')] } });
  await page.show(makeView(), sheet);
  await search('song');
  expect(page.find('button', 'Add Old, The Band')).toBeNull();
  expect(page.text).toContain(refusal.detail);
  expect(page.button('Add New, The Band')).toBeTruthy();
});

test('an added song says when it plays, and the sheet stays for the next', async () => {
  page.answer('GET /search', { body: { tracks: [makeTrack('One'), makeTrack('Two')] } });
  page.answer('POST /queue', { status: 201, body: { item: makeItem('One') } });
  await page.show(makeView({ queue: [makeItem('Zero')] }), sheet);
  await search('song');
  await page.press('Add One, The Band');
  expect(page.calls.map(({ method, path, body }) => ({ method, path, body }))).toContainEqual({
    method: 'POST',
    path: '/queue',
    body: { uri: 'spotify:track:One' },
  });
  expect(document.activeElement?.textContent).toBe('Added');
  await page.receive({ queue: [makeItem('Zero'), makeItem('One')], queueCount: 2 });
  expect(page.text).toContain('Added; plays in about 6 min');
  expect(page.button('Add Two, The Band')).toBeTruthy();
  await page.receive({ queue: [makeItem('One', { state: 'pending' })], queueCount: 1 });
  expect(page.text).toContain('Added; waits for the host');
});

test('QU2 a song that is refused when it is added says why; one that failed can be tried again', async () => {
  page.answer('GET /search', { body: { tracks: [makeTrack('One'), makeTrack('Two'), makeTrack('Three')] } });
  await page.show(makeView(), sheet);
  await search('song');
  page.answer('POST /queue', { status: 404, body: { code: 'track_not_found', detail: 'No such song.' } });
  await page.press('Add Three, The Band');
  expect(page.find('button', 'Add Three, The Band')).toBeNull();
  page.answer('POST /queue', { status: 409, body: { code: 'queue_full', detail: 'The queue is full.' } });
  await page.press('Add One, The Band');
  expect(page.find('button', 'Add One, The Band')).toBeNull();
  page.answer('POST /queue', { status: 503, body: { code: 'unavailable', detail: 'Not now.' } });
  await page.press('Add Two, The Band');
  expect([page.text.includes('The queue is full.'), page.text.includes('Not now.')]).toEqual([true, true]);
  expect(page.button('Add Two, The Band')).toBeTruthy();
});

test('by keyboard: down from the field through the results, and back', async () => {
  page.answer('GET /search', { body: { tracks: [makeTrack('One'), makeTrack('Two')], nextOffset: 2 } });
  await page.show(makeView(), sheet);
  await search('song');
  const at = () => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent;
  await page.do(() => field().focus());
  const visited = [];
  for (const name of ['ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowUp', 'ArrowUp', 'ArrowUp']) {
    await page.do((user) => user.keyboard(`{${name}}`));
    visited.push(at());
  }
  const [one, two, more, input] = ['Add One, The Band', 'Add Two, The Band', 'More results', 'Song, artist or link'];
  expect(visited).toEqual([one, two, more, more, two, one, input]);
});

test('says what to do when Spotify does not answer, when nothing was found, and when guests may add nothing', async () => {
  const view = makeView();
  await page.show(view, sheet);
  page.answer('GET /search', { status: 502, body: { code: 'spotify_unavailable', detail: 'x' } });
  await search('song');
  expect(page.text).toContain('A pasted link to a song may still work');
  page.answer('GET /search', { body: { tracks: [] } });
  await page.press('Search again');
  expect(page.text).toContain('Spotify found no such song.');
  await page.receive({ room: { ...view.snapshot.room, queueOpen: false } });
  expect(page.text).toContain('The host takes no songs right now.');
});

test('a link that means no song shows only why, whatever was found before', async () => {
  page.answer('GET /search', { body: { tracks: [makeTrack('One')] } });
  await page.show(makeView(), sheet);
  await search('one');
  expect(page.text).toContain('One song found.');
  page.answer('GET /search', { status: 400, body: { code: 'invalid_uri', detail: 'That is not a link to a song.' } });
  await search('https://open.spotify.com/album/7abc');
  expect(page.text).toContain('That is not a link to a song.');
  expect(page.text).not.toContain('One song found.');
  expect(page.find('button', /^(Search again|Add One)/)).toBeNull();
});

test('tells a guest how many songs are left, and the host nothing of it', async () => {
  const view = makeView({ queue: [makeItem('One', { addedBy: 'ada' })] });
  const room = { ...view.snapshot.room, songsPerGuest: 2 };
  await page.show({ ...view, snapshot: { ...view.snapshot, room } }, sheet);
  expect(page.text).toContain('You can add 1 more song for now.');
  await page.receive({ room: { ...room, songsPerGuest: 1 } });
  expect(page.text).toContain('You have 1 song waiting, as many as one guest may have.');
  await page.do(() => page.store.receiveYou({ ...view.you, role: 'host' }));
  expect(page.text).not.toContain('as many as one guest may have');
});
