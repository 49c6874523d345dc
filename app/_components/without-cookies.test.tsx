import { screen } from '@testing-library/react';
import { StartDemo } from '@/app/demo/start-demo';
import { JoinScreen } from '@/app/room/[code]/_components/entry/join-screen';
import { RoomPage } from '@/testing/people/room-page';
import { makeView } from '@/testing/people/room-view';
import { LoginOutcomeNotice } from './login-outcome';
import { StartRoomForm } from './start-room-form';

let page: RoomPage;
beforeEach(() => {
  page = new RoomPage();
});
afterEach(async () => {
  await page.close();
  Reflect.deleteProperty(document, 'cookie');
});

/** A browser that was told to keep none: writing is silently ignored. */
function refuseCookies(): void {
  Object.defineProperty(document, 'cookie', {
    configurable: true,
    get: () => '',
    set() {
      // What is written goes nowhere.
    },
  });
}

const join = <JoinScreen room={{ code: 'BCD234', name: 'Kitchen' }} app={{ simulated: false, inAppBrowser: null }} />;
const forms = [
  ['joining', join, 'Join the room', 'POST /members', {}],
  ['starting a room', <StartRoomForm key="start" />, 'Start the room', 'POST /api/rooms', { room: { code: 'BCD234' } }],
  ['beginning a demo', <StartDemo key="demo" />, 'Open a demo room', 'POST /api/demo', { room: { code: 'BCD234' } }],
] as const;

const press = (button: string): Promise<void> =>
  page.do(async (user) => {
    const name = screen.queryByRole('textbox', { name: 'Your name' });
    if (name !== null) await user.type(name, 'Nora');
    await user.click(screen.getByRole('button', { name: button }));
  });

test.each(forms)(
  'MB6 %s in a browser that keeps no cookies asks for nothing, and says what to do',
  async (_what, form, button) => {
    refuseCookies();
    await page.show(makeView(), form);
    for (let times = 0; times < 3; times += 1) await press(button);
    expect(page.calls).toEqual([]);
    expect(screen.getByRole('alert').textContent).toMatch(/keeps no cookies.*Safari or Chrome/);
    expect(page.button(button).hasAttribute('disabled')).toBe(false);
  },
);

test('MB6 a login that came back to such a browser is told as that, and to no other', async () => {
  await page.show(makeView(), <LoginOutcomeNotice outcome="other_browser" path="/" />);
  expect(screen.getByRole('alert').textContent).toMatch(/another browser than the one you began in/);
  refuseCookies();
  await page.show(makeView(), <LoginOutcomeNotice outcome="other_browser" path="/" />);
  expect(screen.getByRole('alert').textContent).toMatch(/keeps no cookies/);
});

// The last of this file: from here on the page knows.
test('MB6 where the session does not come back, nobody is led on, and no second try leaves more behind', async () => {
  page.answer('GET ', { status: 403, body: { code: 'not_a_member', detail: 'Join the room first.' } });
  for (const [, form, button, request, body] of forms) {
    page.answer(request, { body });
    await page.show(makeView(), form);
    for (let times = 0; times < 2; times += 1) await press(button);
    expect(screen.getByRole('alert').textContent).toMatch(/keeps no cookies/);
  }
  expect(page.calls.map(({ method, path }) => `${method} ${path}`)).toEqual(['POST /members', 'GET ']);
});
