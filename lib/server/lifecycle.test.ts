import { keepWrittenLines } from '@/testing/written-lines';
import { start, stopInstance } from './lifecycle';

// A proxy stands in front of this instance, and nobody said under which name people find it there.
delete process.env['APP_URL'];
process.env['TRUSTED_HOPS'] = '1';

afterAll(stopInstance);

test('an instance does nothing by itself before what it stands on is there', async () => {
  let provide: () => void = () => undefined;
  const provided = new Promise<void>((resolve) => (provide = resolve));
  Reflect.set(globalThis, Symbol.for('roomtone.provided'), provided);
  jest.useFakeTimers();
  const lines = keepWrittenLines();
  try {
    start();
    expect(jest.getTimerCount()).toBe(0);
    provide();
    await provided;
    // It looks for rooms, and will clean up.
    expect(jest.getTimerCount()).toBeGreaterThanOrEqual(2);
  } finally {
    lines.stop();
    jest.useRealTimers();
    Reflect.deleteProperty(globalThis, Symbol.for('roomtone.provided'));
  }
});

test('behind a proxy an address that nobody said is named in the log', () => {
  const lines = keepWrittenLines();
  try {
    start();
    expect(lines.err).toEqual([expect.stringContaining('"event":"app_url.assumed","appUrl":"http://127.0.0.1:3000"')]);
  } finally {
    lines.stop();
  }
});
