import type { RoomSnapshot, SpotifyState } from '@/lib/shared/contract/snapshot';
import { RoomPage } from '@/testing/people/room-page';
import { makeItem, makeView } from '@/testing/people/room-view';
import { StatusBanner } from './status-banner';

let page: RoomPage;
beforeEach(() => {
  page = new RoomPage();
});
afterEach(() => page.close());

const asHost = { memberId: 'mia', role: 'host', name: 'Mia' } as const;
const show = (spotify: SpotifyState) =>
  page.show(makeView({ spotify }, asHost), <StatusBanner onOpenDevices={() => undefined} />);

describe('SC5 no device is awake', () => {
  const asleep = (queue: RoomSnapshot['queue'], you = {}) => {
    const { snapshot } = makeView();
    return page.show(
      makeView({ queue, playback: { ...snapshot.playback, status: 'no_device' } }, you),
      <StatusBanner onOpenDevices={() => undefined} />,
    );
  };
  const href = () => page.find('link', 'Open Spotify')?.getAttribute('href');

  test('the host can open Spotify, on the first song that is to play', async () => {
    await asleep([makeItem('Waits', { state: 'pending' }), makeItem('First'), makeItem('Second')], asHost);
    expect(href()).toBe('https://open.spotify.com/track/First');
    expect(page.button('Choose a device')).toBeTruthy();
    await asleep([], asHost);
    expect(href()).toBe('https://open.spotify.com/home');
  });

  test('so can they after a command that found none', async () => {
    const playback = { ...makeView().snapshot.playback, status: 'paused' } as const;
    await page.show(makeView({ playback }, asHost), <StatusBanner onOpenDevices={() => undefined} />);
    expect(href()).toBeUndefined();
    page.answer('POST /playback/play', {
      status: 409,
      body: { code: 'no_active_device', detail: 'No Spotify device is awake.' },
    });
    await page.do(() => page.store.run((api) => api.play()));
    expect(href()).toBe('https://open.spotify.com/home');
  });

  test('guests cannot: the music does not come from their phones', async () => {
    await asleep([makeItem('First')]);
    expect(page.text).toContain('No Spotify device is awake.');
    expect(href()).toBeUndefined();
  });
});

test('LG12 another account is offered where it helps', async () => {
  const another = 'Use another Spotify account';
  await show({ status: 'not_allowed' });
  expect(page.find('link', another)).not.toBeNull();
  await show({ status: 'not_allowed', detail: 'Spotify has paused this app.' });
  expect(page.text).toContain('Spotify has paused this app.');
  expect(page.find('link', another)).toBeNull();
});

test('AP6 a host whom Spotify does not let in is led to an app of their own, where there may be one', async () => {
  const own = () => page.find('link', 'Your own Spotify app')?.getAttribute('href');
  const refused = { status: 'not_allowed', detail: 'Spotify does not know the host’s own app any more.' } as const;
  const banner = <StatusBanner onOpenDevices={() => undefined} />;
  await page.show(makeView({ spotify: refused }, asHost), banner, { ownApps: 'offered' });
  expect(own()).toBe('/setup?returnTo=%2Froom%2FBCD234');
  await page.show(makeView({ spotify: { status: 'rate_limited' } }, asHost), banner, { ownApps: 'offered' });
  expect(own()).toBeUndefined();
  await page.show(makeView({ spotify: refused }), banner, { ownApps: 'offered' });
  expect(own()).toBeUndefined();
  await show(refused);
  expect(own()).toBeUndefined();
});
