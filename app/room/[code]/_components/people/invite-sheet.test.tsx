import { screen } from '@testing-library/react';
import type { AppFacts, InviteAddress } from '@/lib/shared/contract/app';
import { RoomPage } from '@/testing/people/room-page';
import { makeView } from '@/testing/people/room-view';
import { InviteSheet } from './invite-sheet';

let page: RoomPage;
beforeEach(() => {
  page = new RoomPage();
});
afterEach(() => page.close());

const asHost = { memberId: 'mia', role: 'host', name: 'Mia' } as const;
const wifi: InviteAddress = { origin: 'http://192.168.1.23:3000', network: 'wlan0', used: false };
const bridge: InviteAddress = { origin: 'http://172.17.0.1:3000', network: 'docker0', used: false };
const show = (app: Partial<AppFacts>, you = {}) =>
  page.show(makeView({}, you), <InviteSheet onClose={() => undefined} onScreens={() => undefined} />, app);
const openHelp = () =>
  page.do(() => {
    const details = document.querySelector('details');
    details?.setAttribute('open', '');
    details?.dispatchEvent(new Event('toggle'));
  });
const code = (): string | null => screen.queryByRole('img', { name: /^QR code/ })?.getAttribute('aria-label') ?? null;

test('AD4 the likeliest address is the code’s; the others are there by the names of their networks', async () => {
  await show({ invite: [wifi, bridge] });
  expect(code()).toBe('QR code that opens http://192.168.1.23:3000/room/BCD234');
  await openHelp();
  await page.do((user) => user.click(screen.getByRole('radio', { name: /172\.17\.0\.1.*docker0/ })));
  expect(code()).toBe('QR code that opens http://172.17.0.1:3000/room/BCD234');
  expect(page.text).toContain('in the same Wi-Fi');
});

test('a room without a name has its code there once', async () => {
  const { room } = makeView().snapshot;
  await page.show(
    makeView({ room: { ...room, name: '' } }),
    <InviteSheet onClose={() => undefined} onScreens={() => undefined} />,
  );
  expect(screen.getAllByText(/BCD234/).map(({ textContent }) => textContent)).toEqual([
    'BCD234',
    'http://app.example/room/BCD234',
  ]);
});

test('AD4 where no phone can come, the page says why, and shows no address', async () => {
  await show({ invite: [], hereAlone: true });
  expect([code(), page.find('button', 'Copy link')]).toEqual([null, null]);
  expect(page.text).toContain('for this computer alone');
  await show({ invite: [], hereAlone: false });
  expect(page.text).toContain('in no network');
});

test('AD4 a site has one address and nothing to say of networks', async () => {
  await show({ invite: [{ origin: 'https://room.example', network: null, used: false }] }, asHost);
  expect(code()).toBe('QR code that opens https://room.example/room/BCD234');
  expect(page.text).not.toMatch(/same Wi-Fi|phone/);
  expect(page.calls).toEqual([]);
});

test('AD5 the host sees whether a phone has come, and is not asked for again once one has', async () => {
  page.answer('GET /room/BCD234/phones', { body: { invite: [wifi, bridge] } });
  await show({ invite: [wifi, bridge] }, asHost);
  expect(page.text).toContain('No phone has come through this address yet.');
  page.answer('GET /room/BCD234/phones', { body: { invite: [{ ...bridge, used: true }, wifi] } });
  await show({ invite: [wifi, bridge] }, asHost);
  expect(page.text).toContain('A phone has come through this address.');
  expect(code()).toContain('172.17.0.1');
});

test('AD5 guests are not told, and ask for nothing', async () => {
  await show({ invite: [wifi, bridge] });
  expect(page.text).not.toContain('No phone has come');
  expect(page.calls).toEqual([]);
});

test('SC12 the host types the Wi-Fi once, and has a second code for it, which nobody is sent', async () => {
  const site = { invite: [{ origin: 'https://room.example', network: null, used: false }] };
  await show(site);
  expect(page.text).not.toContain('Wi-Fi for your guests');
  await show(site, asHost);
  await openHelp();
  await page.do((user) => user.type(screen.getByRole('textbox', { name: 'Name of the Wi-Fi' }), 'Kitchen'));
  await page.do((user) => user.type(screen.getByRole('textbox', { name: 'Password' }), 'long enough'));
  await page.do((user) => user.click(screen.getByRole('button', { name: 'Make the code' })));
  expect(screen.getByRole('img', { name: 'QR code that joins the Wi-Fi Kitchen' })).toBeDefined();
  await page.do((user) => user.click(screen.getByRole('button', { name: 'Forget it' })));
  expect(window.localStorage.length).toBe(0);
  expect(page.calls).toEqual([]);
});
