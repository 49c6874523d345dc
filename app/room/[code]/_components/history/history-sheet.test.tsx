import { screen } from '@testing-library/react';
import { RoomPage } from '@/testing/people/room-page';
import { makeTrack, makeView } from '@/testing/people/room-view';
import { HistorySheet } from './history-sheet';

let page: RoomPage;
beforeEach(() => {
  page = new RoomPage();
});
afterEach(() => page.close());

const sheet = <HistorySheet onClose={() => undefined} />;
const host = { memberId: 'mia', role: 'host', name: 'Mia' } as const;
const played = [
  { id: '2', track: makeTrack('Late'), addedBy: 'ada', addedByName: 'Ada', skipped: true },
  { id: '1', track: makeTrack('Early'), addedBy: null, addedByName: null, skipped: false },
].map((song) => ({ ...song, playedAt: '2026-11-24T21:43:00.000Z' }));

test('everybody sees what was played, by whom, and what was skipped; only the host saves it', async () => {
  page.answer('GET /history', { body: { played } });
  await page.show(makeView(), sheet);
  const rows = screen.getAllByRole('listitem').map(({ textContent }) => textContent);
  expect(rows).toEqual([expect.stringMatching(/^Late.*You · skipped$/), expect.stringMatching(/^Early[^·]*$/)]);
  expect(page.find('button', 'Save')).toBeNull();
});

test('saved as a playlist, it is linked; a right that is missing is asked for', async () => {
  page.answer('GET /history', { body: { played } });
  page.answer('POST /history/playlist', { status: 409, body: { code: 'spotify_scope_needed', detail: 'x' } });
  await page.show(makeView({}, host), sheet);
  await page.press('Save');
  expect(page.find('link', 'Ask Spotify')?.getAttribute('href')).toContain('&for=saving');
  await page.close();
  page = new RoomPage();
  page.answer('GET /history', { body: { played } });
  const playlist = { name: 'Kitchen', url: 'https://open.spotify.com/playlist/1', songs: 2 };
  page.answer('POST /history/playlist', { status: 201, body: { playlist } });
  await page.show(makeView({}, host), sheet);
  await page.press('Save');
  expect(page.text).toContain('Saved as Kitchen, 2 songs.');
  expect(page.find('link', 'Open in Spotify')?.getAttribute('href')).toBe(playlist.url);
});
