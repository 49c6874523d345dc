import { randomUUID } from 'node:crypto';
import { stopInstance } from '@/lib/server/lifecycle';
import { inRoomTransaction } from './room-transactions';

afterAll(stopInstance);

/** Transactions that go on until they are told to end, and how many of them run at once. */
function openTransactions() {
  let running = 0;
  let most = 0;
  const order: number[] = [];
  const run = (roomId: string, index: number, end: Promise<void> = Promise.resolve()) =>
    inRoomTransaction(roomId, async (tx) => {
      running += 1;
      most = Math.max(most, running);
      order.push(index);
      await tx.$queryRaw`SELECT 1`;
      await end;
      running -= 1;
      return index;
    });
  return { run, order, most: () => most };
}

test('transactions of one room run one after the other, in the order they came', async () => {
  const { run, order, most } = openTransactions();
  const room = randomUUID();
  const results = await Promise.all(Array.from({ length: 30 }, (_, index) => run(room, index)));
  expect(results).toEqual(results.toSorted((a, b) => a - b));
  expect(order).toEqual(results);
  expect(most()).toBe(1);
});

test('rooms do not wait for each other', async () => {
  const { run } = openTransactions();
  let finish: () => void = () => undefined;
  const held = run(randomUUID(), 1, new Promise<void>((resolve) => (finish = resolve)));
  expect(await run(randomUUID(), 2)).toBe(2);
  finish();
  expect(await held).toBe(1);
});

test('one that fails leaves those behind it alone', async () => {
  const { run } = openTransactions();
  const room = randomUUID();
  const refused = inRoomTransaction(room, () => Promise.reject(new Error('refused')));
  const behind = run(room, 2);
  await expect(refused).rejects.toThrow('refused');
  expect(await behind).toBe(2);
});

test('RL-06 when the database is gone those that wait fail at once, and later ones are tried again', async () => {
  const { run, order } = openTransactions();
  const room = randomUUID();
  const gone = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
  const failures = await Promise.allSettled([
    inRoomTransaction(room, () => Promise.reject(gone)),
    run(room, 1),
    run(room, 2),
  ]);
  expect(failures.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
  expect(order).toEqual([]);
  expect(await run(room, 3)).toBe(3);
});

test('one that waited too long for a connection leaves those behind it alone', async () => {
  const { run } = openTransactions();
  const room = randomUUID();
  const slow = inRoomTransaction(room, () => Promise.reject(new Error('timeout exceeded when trying to connect')));
  const behind = run(room, 2);
  await expect(slow).rejects.toThrow('timeout');
  expect(await behind).toBe(2);
});
