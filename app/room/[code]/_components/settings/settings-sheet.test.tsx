import { screen } from '@testing-library/react';
import { RoomPage } from '@/testing/people/room-page';
import type { AppFacts } from '@/lib/shared/contract/app';
import { makeView } from '@/testing/people/room-view';
import { SettingsSheet } from './settings-sheet';

let page: RoomPage;
beforeEach(() => {
  page = new RoomPage();
});
afterEach(() => page.close());

const view = makeView({}, { memberId: 'mia', role: 'host', name: 'Mia' });
const { room } = view.snapshot;
const show = (change: Partial<typeof room> = {}, app: Partial<AppFacts> = {}) =>
  page.show(
    { ...view, snapshot: { ...view.snapshot, room: { ...room, ...change } } },
    <SettingsSheet onClose={() => undefined} />,
    app,
  );
const sent = (): string[] =>
  page.calls
    .filter(({ method }) => method !== 'GET')
    .map(({ method, path, body }) => `${method} ${path} ${JSON.stringify(body ?? null)}`);

const unfold = (title: string) =>
  page.do(() => {
    const summary = [...document.querySelectorAll('summary')].find(({ textContent }) => textContent.startsWith(title));
    summary?.parentElement?.setAttribute('open', '');
    summary?.parentElement?.dispatchEvent(new Event('toggle'));
  });
const choose = (select: HTMLElement, value: string) => page.do((user) => user.selectOptions(select, value));

test('SC4 a setting of the queue applies at once, says what it is now, and is taken back', async () => {
  await show();
  await page.do((user) => user.click(screen.getByRole('radio', { name: /^Turns/ })));
  await page.receive({ room: { ...room, queueOrder: 'turns' } });
  expect(page.text).toContain('Songs take turns.');
  await page.press('Undo');
  expect(sent()).toEqual(['PATCH  {"queueOrder":"turns"}', 'PATCH  {"queueOrder":"votes"}']);
});

test('lengths that were set elsewhere are shown beside those to choose from', async () => {
  await show({ maxSongMs: 45 * 60_000 });
  await unfold('What guests may add');
  const [longest, again] = screen.getAllByRole<HTMLSelectElement>('combobox');
  expect(longest?.selectedOptions[0]?.textContent).toBe('45 minutes');
  if (again !== undefined) await choose(again, String(2 * 3_600_000));
  if (longest !== undefined) await choose(longest, '');
  expect(sent()).toEqual(['PATCH  {"replayAfterMs":7200000}', 'PATCH  {"maxSongMs":null}']);
});

test('HT5 Spotify is asked for the playlists when they are wanted, and only where it can return to', async () => {
  page.answer('GET /playlists', { status: 409, body: { code: 'spotify_scope_needed', detail: 'x' } });
  await show();
  expect(page.calls).toEqual([]);
  await unfold('Playlists');
  const link = page.find('link', 'Ask Spotify');
  expect(link?.getAttribute('href')).toBe('/api/spotify/authorize?returnTo=/room/BCD234&for=playlists');
  await page.close();
  page = new RoomPage();
  page.answer('GET /playlists', { status: 409, body: { code: 'spotify_scope_needed', detail: 'x' } });
  await show({}, { onAppUrl: false });
  await unfold('Playlists');
  expect(page.find('link', 'Ask Spotify')).toBeNull();
  expect(page.find('link', 'http://app.example')?.getAttribute('href')).toBe('http://app.example/room/BCD234');
});

test('a playlist for when no song waits, and those that songs may come from', async () => {
  const playlists = ['Slow', 'Loud'].map((name) => ({ id: `id-${name}`, name, songs: 9, isOwn: true }));
  page.answer('GET /playlists', { body: { playlists } });
  await show({ sources: [{ name: 'Loud' }] });
  await unfold('Playlists');
  for (const select of screen.getAllByRole('combobox')) await choose(select, 'id-Slow');
  await page.receive({ room: { ...room, sources: [{ name: 'Loud' }], fallback: { name: 'Slow' } } });
  expect(page.text).toContain('Without songs: Slow.');
  await page.press('Undo');
  const boxes = screen.getAllByRole<HTMLInputElement>('checkbox');
  expect(boxes.map(({ checked }) => checked)).toEqual([false, true]);
  await page.do((user) => user.click(screen.getByRole('checkbox', { name: /^Slow/ })));
  expect(sent()).toEqual([
    'PUT /fallback {"playlistId":"id-Slow"}',
    'PUT /fallback {"playlistId":null}',
    'PUT /sources {"playlistIds":["id-Loud","id-Slow"]}',
  ]);
});

test('QU10 what is blocked is listed, and a block is taken back', async () => {
  page.answer('GET /blocks', { body: { blocks: [{ id: '7', kind: 'artist', name: 'The Band' }] } });
  await show();
  await unfold('Blocked');
  expect(page.text).toContain('The BandArtist');
  page.answer('GET /blocks', { body: { blocks: [] } });
  await page.press('Unblock The Band');
  expect(page.text).toContain('Nothing is blocked.');
  await page.press('Undo');
  expect(sent()).toEqual(['DELETE /blocks/7 null', 'POST /blocks {"kind":"artist","name":"The Band"}']);
});

test('HT2 a new code is asked for once more, and told', async () => {
  page.answer('POST /code', { body: { room: { ...room, code: 'XYZ789' } } });
  await show();
  await page.press('New code');
  expect(sent()).toEqual([]);
  await page.press('Make a new code');
  expect(sent()).toEqual(['POST /code null']);
  expect(page.text).toContain('The room’s code is XYZ789 now.');
});

test('what goes wrong is said at the lower edge, in place of the last change', async () => {
  page.answer('PATCH ', { status: 503, body: { code: 'unavailable', detail: 'Not now.' } });
  await show();
  await page.do((user) => user.click(screen.getByRole('switch', { name: /^Guests can pause/ })));
  expect(screen.getByRole('alert').textContent).toBe('Not now.');
});

test('LG10 a host who logs out is asked first; LG11 so is one who logs the others out', async () => {
  await show();
  await page.press('Log out');
  await page.press('Log out everywhere else');
  expect(sent()).toEqual([]);
  expect(page.text).toContain('Your room ends for everybody');
  await page.press('Log the others out');
  expect(page.text).toContain('Every other browser is logged out.');
  await page.press('Log out and end the room');
  expect(page.text).toContain('This browser is logged out.');
  expect(sent()).toEqual(['DELETE /api/session?others=1 null', 'DELETE /api/session null']);
});

test('LG11 without Spotify there is no account by which others could be known', async () => {
  await page.show(
    { ...view, snapshot: { ...view.snapshot, spotify: { status: 'not_connected' } } },
    <SettingsSheet onClose={() => undefined} />,
  );
  expect([page.find('button', 'Log out') === null, page.find('button', 'Log out everywhere else')]).toEqual([
    false,
    null,
  ]);
});

test('AP1 the host sees whose Spotify app is used, and can change it; where there is no choice nothing is asked', async () => {
  const used = { own: null, operator: true, allowed: true, redirectUri: 'x' };
  page.answer('GET /api/spotify/app', { body: used });
  await show({}, { ownApps: 'offered' });
  expect(page.text).toContain('The Spotify app of this site is used.');
  expect(page.find('link', 'Use your own Spotify app')?.getAttribute('href')).toBe('/setup?returnTo=%2Froom%2FBCD234');
  await page.close();
  page = new RoomPage();
  page.answer('GET /api/spotify/app', { body: { ...used, own: { clientId: 'a'.repeat(32) } } });
  await show({}, { ownApps: 'needed' });
  expect(page.text).toContain('Your own Spotify app is used.');
  expect(page.find('link', 'Change it')).not.toBeNull();
  await page.close();
  page = new RoomPage();
  await show({}, { ownApps: 'off' });
  expect(page.calls.filter(({ path }) => path.includes('spotify/app'))).toEqual([]);
  expect(page.text).not.toContain('Spotify app');
});
