import { LatestChanges } from './latest-changes';

test('SC4 changes go out one after the other, and those that wait go together', async () => {
  const sent: object[] = [];
  const ends: ((worked: boolean) => void)[] = [];
  const changes = new LatestChanges<{ a: number; b: string }>((change) => {
    sent.push(change);
    return new Promise((resolve) => ends.push(resolve));
  });
  const first = changes.push({ a: 1 });
  void changes.push({ a: 2 });
  void changes.push({ a: 3, b: 'x' });
  expect(sent).toEqual([{ a: 1 }]);
  ends[0]?.(true);
  await Promise.resolve();
  await Promise.resolve();
  expect(sent).toEqual([{ a: 1 }, { a: 3, b: 'x' }]);
  ends[1]?.(false);
  expect(await first).toBe(false);
  void changes.push({ a: 4 });
  expect(sent).toHaveLength(3);
});
