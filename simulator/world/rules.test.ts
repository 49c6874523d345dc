import { RuleStore, type RuleInput } from './rules';

const facts = { method: 'POST', path: '/v1/me/player/next', account: 'alex', clientId: null, grantType: null };
const hang = { kind: 'hang' } as const;
const taken = (book: RuleStore, count: number, of = facts) =>
  Array.from({ length: count }, () => book.take(of)?.id ?? null);

function bookOf(...rules: RuleInput[]): RuleStore {
  const book = new RuleStore();
  for (const rule of rules) book.add(rule);
  return book;
}

describe('rules', () => {
  test('act on the next n matching calls, after letting some pass', () => {
    expect(taken(bookOf({ action: hang, times: 2 }), 4)).toEqual([1, 1, null, null]);
    expect(taken(bookOf({ action: hang, skip: 1, times: 1 }), 3)).toEqual([null, 1, null]);
    expect(taken(bookOf({ action: hang }), 3)).toEqual([1, 1, 1]);
  });

  test('the oldest one that wants a call gets it; when it is spent the next one does', () => {
    expect(taken(bookOf({ action: hang, times: 1 }, { action: hang, times: 1 }), 3)).toEqual([1, 2, null]);
  });

  test.each([
    [{ path: '/v1/me/player/next' }, true],
    [{ path: '/v1/*' }, true],
    [{ path: '/v1/me/player/:command' }, true],
    [{ path: '/v1/me/player' }, false],
    [{ method: 'GET' }, false],
    [{ method: 'POST', account: 'alex' }, true],
    [{ account: 'sam' }, false],
    [{ grantType: 'refresh_token' }, false],
  ])('when %j', (when, matches) => {
    expect(bookOf({ when, action: hang }).take(facts) !== null).toBe(matches);
  });

  test('can be removed', () => {
    const book = bookOf({ action: hang });
    expect([book.remove(1), book.remove(1), book.take(facts)]).toEqual([true, false, null]);
  });
});
