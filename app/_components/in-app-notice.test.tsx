import { screen } from '@testing-library/react';
import { RoomPage } from '@/testing/people/room-page';
import { makeView } from '@/testing/people/room-view';
import { InAppNotice } from './in-app-notice';

let page: RoomPage;
beforeEach(() => {
  window.history.replaceState(null, '', '/room/BCD234?x=1');
  page = new RoomPage();
});
afterEach(() => page.close());

test('MB7 on Android a link leads out of the app, to the same page', async () => {
  await page.show(makeView(), <InAppNotice browser={{ name: 'Instagram', onAndroid: true }} />);
  expect(page.text).toContain('open inside Instagram,');
  expect(page.find('link', 'Open in your browser')?.getAttribute('href')).toBe(
    'intent://localhost/room/BCD234?x=1#Intent;scheme=http;action=android.intent.action.VIEW;category=android.intent.category.BROWSABLE;S.browser_fallback_url=http%3A%2F%2Flocalhost%2Froom%2FBCD234%3Fx%3D1;end',
  );
});

test('MB7 elsewhere words lead out of it, and the address can be copied', async () => {
  const written: string[] = [];
  Object.assign(document, {
    execCommand: () => written.push(document.querySelector('textarea')?.value ?? '') > 0,
  });
  await page.show(makeView(), <InAppNotice browser={{ name: null, onAndroid: false }} />);
  expect(page.text).toMatch(/open inside another app,.*“Open in browser” in its menu/);
  expect(page.find('link', 'Open in your browser')).toBeNull();
  await page.press('Copy the link');
  expect(written).toEqual(['http://localhost/room/BCD234?x=1']);
  expect(screen.getByRole('button', { name: 'Copied' })).toBeTruthy();
});

test('MB7 a browser of one’s own hears nothing of it', async () => {
  await page.show(makeView(), <InAppNotice browser={null} />);
  expect(page.text).toBe('');
});
