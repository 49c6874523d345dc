import { start, stopInstance } from './lifecycle';

afterAll(stopInstance);

test('an instance does nothing by itself before what it stands on is there', async () => {
  let provide: () => void = () => undefined;
  const provided = new Promise<void>((resolve) => (provide = resolve));
  Reflect.set(globalThis, Symbol.for('roomtone.provided'), provided);
  jest.useFakeTimers();
  jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  try {
    start();
    expect(jest.getTimerCount()).toBe(0);
    provide();
    await provided;
    // It looks for rooms, and will clean up.
    expect(jest.getTimerCount()).toBeGreaterThanOrEqual(2);
  } finally {
    jest.restoreAllMocks();
    jest.useRealTimers();
    Reflect.deleteProperty(globalThis, Symbol.for('roomtone.provided'));
  }
});
