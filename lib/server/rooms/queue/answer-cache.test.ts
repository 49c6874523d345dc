import { SpotifyError } from '@/lib/server/spotify/errors';
import { AnswerCache } from './answer-cache';

const passing = new SpotifyError('rate_limited');
const minutes = (count: number): number => count * 60_000;

function start(most = 10) {
  let now = 1;
  const answers = new AnswerCache<number | null>(most, () => now);
  let asked = 0;
  const ask = () => Promise.resolve((asked += 1));
  const fail = (failure: Error) => () => Promise.reject(failure);
  return { answers, ask, fail, asked: () => asked, at: (ms: number) => (now = ms + 1) };
}

test('an answer is asked for once while it is new, and again afterwards', async () => {
  const { answers, ask, at } = start();
  await expect(answers.get('a', ask)).resolves.toBe(1);
  at(minutes(5));
  await expect(answers.get('a', ask)).resolves.toBe(1);
  await expect(answers.get('b', ask)).resolves.toBe(2);
  at(minutes(5) + 1);
  await expect(answers.get('a', ask)).resolves.toBe(3);
});

test('that there is nothing is an answer too', async () => {
  const { answers, ask } = start();
  await expect(answers.get('a', () => Promise.resolve(null))).resolves.toBeNull();
  await expect(answers.get('a', ask)).resolves.toBeNull();
});

test('those who ask meanwhile share one question, its failure too', async () => {
  const { answers, ask, asked, fail } = start();
  await expect(Promise.all([answers.get('a', ask), answers.get('a', ask)])).resolves.toEqual([1, 1]);
  expect(asked()).toBe(1);
  const failing = [answers.get('b', fail(passing)), answers.get('b', ask)];
  expect((await Promise.allSettled(failing)).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  await expect(answers.get('b', ask)).resolves.toBe(2);
});

test('an answer that came another way meanwhile is kept, and fails nobody', async () => {
  const { answers, ask, asked } = start();
  const waiting = answers.get('a', ask);
  answers.put('a', 7);
  await expect(waiting).resolves.toBe(1);
  await expect(answers.get('a', ask)).resolves.toBe(7);
  expect(asked()).toBe(1);
});

test('an old answer is given where that is better, but not one that is too old', async () => {
  const { answers, ask, fail, at } = start();
  await answers.get('a', ask);
  at(minutes(15));
  await expect(answers.get('a', fail(new Error('final')))).rejects.toThrow('final');
  await expect(answers.get('a', fail(passing))).resolves.toBe(1);
  // It was not made new by that.
  await expect(answers.get('a', ask)).resolves.toBe(2);
  at(minutes(45));
  await expect(answers.get('a', fail(passing))).rejects.toBe(passing);
});

test('the oldest give way: to the number, and to time', async () => {
  const { answers, fail, at } = start(2);
  answers.put('a', 1);
  answers.put('b', 2);
  answers.put('a', 3);
  answers.put('c', 4);
  at(minutes(6));
  await expect(answers.get('a', fail(passing))).resolves.toBe(3);
  await expect(answers.get('c', fail(passing))).resolves.toBe(4);
  await expect(answers.get('b', fail(passing))).rejects.toBe(passing);
});
