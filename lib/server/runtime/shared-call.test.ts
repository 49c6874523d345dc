import { SharedCalls } from './shared-call';

test('calls that overlap are one, and a failure is shared by nobody who asks after it', async () => {
  const calls = new SharedCalls();
  let made = 0;
  const fail = (): Promise<number> => {
    made += 1;
    return Promise.reject(new Error('refused'));
  };
  const together = await Promise.allSettled([calls.run('a', fail), calls.run('a', fail)]);
  expect(together.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(made).toBe(1);
  // In the same turn of the event loop in which the failure was heard of.
  expect(await calls.run('a', () => Promise.resolve(2))).toBe(2);
});
