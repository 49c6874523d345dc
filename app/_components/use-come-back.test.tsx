import { act, renderHook } from '@testing-library/react';
import { useComeBack } from './use-come-back';

beforeEach(() => {
  jest.useFakeTimers();
  window.history.replaceState(null, '', '/room/BCD234');
});
afterEach(() => jest.useRealTimers());

/** A page that failed, while the app's readiness is that. */
async function open(readiness: { ok: boolean | null }) {
  let loads = 0;
  const load = (): void => void (loads += 1);
  Object.assign(globalThis, {
    fetch: () =>
      readiness.ok === null ? Promise.reject(new TypeError('Failed')) : Promise.resolve({ ok: readiness.ok }),
  });
  const page = renderHook(() => useComeBack(load));
  /** Lives through so many looks, however long they wait for each other. */
  const looks = (count: number): Promise<void> =>
    act(async () => {
      for (let look = 0; look < count; look += 1) await jest.advanceTimersToNextTimerAsync();
    });
  await act(() => Promise.resolve());
  return { page, looks, loads: () => loads };
}

test('EV8 a page that failed in an outage is loaded again as soon as the app is ready, and not before', async () => {
  const readiness: { ok: boolean | null } = { ok: false };
  const { page, looks, loads } = await open(readiness);
  expect([page.result.current, loads()]).toEqual([true, 0]);
  await looks(5);
  readiness.ok = null;
  await looks(2);
  expect([page.result.current, loads()]).toEqual([true, 0]);
  readiness.ok = true;
  await looks(1);
  expect(loads()).toBe(1);
  await looks(3);
  expect(loads()).toBe(1);
});

test('EV8 a page that fails although the app is ready is tried once more, and not in a circle', async () => {
  const first = await open({ ok: true });
  expect(first.loads()).toBe(1);
  first.page.unmount();
  const second = await open({ ok: true });
  await second.looks(3);
  expect([second.page.result.current, second.loads()]).toEqual([false, 0]);
});

test('EV8 a page that is left looks no more', async () => {
  const readiness = { ok: false };
  const { page, looks, loads } = await open(readiness);
  page.unmount();
  readiness.ok = true;
  await looks(2);
  expect(loads()).toBe(0);
});
