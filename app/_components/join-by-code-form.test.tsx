import { screen } from '@testing-library/react';
import { RoomPage } from '@/testing/people/room-page';
import { makeView } from '@/testing/people/room-view';
import { JoinByCodeForm } from './join-by-code-form';

let page: RoomPage;
beforeEach(() => {
  page = new RoomPage();
});
afterEach(() => page.close());

test('AD4 at home, where the app does not answer, people are told of the Wi-Fi', async () => {
  Object.assign(globalThis, { fetch: () => Promise.reject(new TypeError('Failed to fetch')) });
  await page.show(makeView(), <JoinByCodeForm />);
  await page.do(async (user) => {
    await user.type(screen.getByRole('textbox', { name: 'Room code' }), 'BCD234');
    await user.click(screen.getByRole('button', { name: 'Join' }));
  });
  expect(screen.getByRole('alert').textContent).toMatch(/could not be reached.*same Wi-Fi as the computer/);
});
