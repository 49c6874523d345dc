import { singleFlight } from './single-flight';

test('calls that overlap are one, and a failure is shared by nobody who asks after it', async () => {
  let made = 0;
  const fail = (): Promise<number> => {
    made += 1;
    return Promise.reject(new Error('refused'));
  };
  const call = (work: () => Promise<number>) => singleFlight('test', 'a', work);
  const together = await Promise.allSettled([call(fail), call(fail)]);
  expect(together.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(made).toBe(1);
  // In the same turn of the event loop in which the failure was heard of.
  expect(await call(() => Promise.resolve(2))).toBe(2);
});
