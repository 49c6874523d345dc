import fc from 'fast-check';
import {
  liftingScore,
  type OrderContext,
  orderQueue,
  type PlacedSong,
  pinsAfterMove,
  type WaitingSong,
} from './queue-order';

const members = ['ana', 'bob', 'cy', 'dee'];

const songs = fc
  .array(
    fc.record({
      memberId: fc.constantFrom(...members),
      score: fc.integer({ min: -4, max: 6 }),
      pin: fc.option(fc.nat(12), { freq: 5 }),
    }),
    { maxLength: 25 },
  )
  .map((list): readonly WaitingSong[] =>
    list.map((song, index) => ({ ...song, id: `song-${index}`, number: index + 1, isNext: false })),
  );

const contexts = fc.record({
  begun: fc.nat(8),
  round: fc.integer({ min: 0, max: 6 }),
  takenTurns: fc
    .dictionary(fc.constantFrom(...members), fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 3 }))
    .map((turns) => new Map(Object.entries(turns))),
});

const rules = fc.constantFrom('votes' as const, 'turns' as const);
const start: OrderContext = { rule: 'turns', begun: 0, round: 1, takenTurns: new Map() };

function song(id: string, memberId: string, number: number, more: Partial<WaitingSong> = {}): WaitingSong {
  return { id, memberId, number, score: 0, isNext: false, pin: null, ...more };
}

const ids = (list: readonly PlacedSong<WaitingSong>[]): string[] => list.map(({ song: { id } }) => id);
const order = (list: readonly WaitingSong[], context: Partial<OrderContext> = {}): string[] =>
  ids(orderQueue(list, { ...start, ...context }));

test('OR5 every song is there once, and the order does not depend on how they were read', () => {
  fc.assert(
    fc.property(songs, rules, contexts, fc.infiniteStream(fc.nat()), (list, rule, context, chance) => {
      const ordered = ids(orderQueue(list, { rule, ...context }));
      expect(ordered.toSorted()).toEqual(list.map(({ id }) => id).toSorted());
      const keys = new Map(list.map((one) => [one.id, chance.next().value]));
      const shuffled = list.toSorted((a, b) => Number(keys.get(a.id)) - Number(keys.get(b.id)));
      expect(ids(orderQueue(shuffled, { rule, ...context }))).toEqual(ordered);
    }),
  );
});

test('OR5 what is shown is what plays: as songs begin, the others keep their order', () => {
  fc.assert(
    fc.property(songs, rules, contexts, (list, rule, context) => {
      let now: OrderContext = { rule, ...context };
      let waiting = list;
      for (let placed = orderQueue(waiting, now); placed.length > 0; placed = orderQueue(waiting, now)) {
        const [first, ...rest] = placed;
        if (first === undefined) return;
        const { song: begun, turn, round } = first;
        waiting = waiting.filter(({ id }) => id !== begun.id);
        const had = now.takenTurns.get(begun.memberId) ?? [];
        const takenTurns = new Map(now.takenTurns).set(begun.memberId, turn === null ? had : [...had, turn]);
        now = { ...now, begun: now.begun + 1, round: Math.max(now.round, round), takenTurns };
        expect(ids(orderQueue(waiting, now))).toEqual(ids(rest));
      }
    }),
  );
});

test('OR1 the song that Spotify was handed is first, whatever its score and wherever others were put', () => {
  fc.assert(
    fc.property(songs, rules, contexts, (list, rule, context) => {
      const handed = song('handed', 'ana', 99, { score: -9, isNext: true });
      expect(orderQueue([...list, handed], { rule, ...context })[0]?.song.id).toBe('handed');
    }),
  );
});

test('OR2 votes: no song stands before one with a higher score, nor before an older one with the same', () => {
  fc.assert(
    fc.property(songs, contexts, (list, context) => {
      const ordered = orderQueue(list, { rule: 'votes', ...context }).flatMap(({ song: one }) =>
        one.pin === null ? [one] : [],
      );
      for (const [index, after] of ordered.slice(1).entries()) {
        const before = ordered[index];
        expect(before?.score).toBeGreaterThanOrEqual(after.score);
        if (before?.score === after.score) expect(before.number).toBeLessThan(after.number);
      }
    }),
  );
});

describe('OR3 turns', () => {
  test('a guest with a waiting song is passed by another’s later turn only where votes lifted it, and by one round at most', () => {
    fc.assert(
      fc.property(songs, contexts, (list, context) => {
        const placed = orderQueue(list, { rule: 'turns', ...context }).filter(({ song: { pin } }) => pin === null);
        for (const [index, first] of placed.entries()) {
          for (const later of placed.slice(index + 1)) {
            const ahead = (first.turn ?? 0) - (later.turn ?? 0);
            expect(ahead).toBeLessThanOrEqual(first.song.score >= liftingScore ? 1 : 0);
          }
        }
      }),
    );
  });

  test('a member’s songs take one round each, the first that are free, none before the present one', () => {
    fc.assert(
      fc.property(songs, contexts, (list, context) => {
        const placed = orderQueue(list, { rule: 'turns', ...context });
        for (const member of members) {
          const had = new Set(context.takenTurns.get(member));
          const own = placed
            .flatMap(({ song: { memberId, pin }, turn }) => (memberId === member && pin === null ? [turn ?? 0] : []))
            .toSorted((a, b) => a - b);
          const free = Array.from({ length: 60 }, (_, index) => Math.max(context.round, 1) + index).filter(
            (turn) => !had.has(turn),
          );
          expect(own).toEqual(free.slice(0, own.length));
        }
      }),
    );
  });

  test('everybody is played once before anybody is played twice', () => {
    const list = [
      song('a1', 'ana', 1),
      song('a2', 'ana', 2),
      song('a3', 'ana', 3),
      song('b1', 'bob', 4),
      song('c1', 'cy', 5),
      song('b2', 'bob', 6),
    ];
    expect(order(list)).toEqual(['a1', 'b1', 'c1', 'a2', 'b2', 'a3']);
  });

  test('a newcomer begins in the present round', () => {
    const takenTurns = new Map([['ana', [4]]]);
    const list = [song('a1', 'ana', 1), song('b1', 'bob', 2), song('n1', 'new', 3), song('n2', 'new', 4)];
    expect(order(list, { round: 4, takenTurns })).toEqual(['b1', 'n1', 'a1', 'n2']);
  });

  test('two votes lift a song by a round, a hundred by no more', () => {
    const list = (score: number) => [
      song('a1', 'ana', 1),
      song('b1', 'bob', 2),
      song('a2', 'ana', 3),
      song('a3', 'ana', 4, { score }),
    ];
    expect(order(list(liftingScore - 1))).toEqual(['a1', 'b1', 'a2', 'a3']);
    expect(order(list(liftingScore))).toEqual(['a1', 'b1', 'a3', 'a2']);
    expect(order(list(100))).toEqual(['a1', 'b1', 'a3', 'a2']);
  });
});

describe('OR4 a moved song', () => {
  test('stays where it was put, and comes nearer with every song that begins', () => {
    const list = [song('a', 'ana', 1), song('b', 'bob', 2), song('c', 'cy', 3), song('m', 'dee', 4, { pin: 7 })];
    const at = (begun: number) => order(list, { rule: 'votes', begun });
    expect(at(5)).toEqual(['a', 'b', 'm', 'c']);
    expect(at(6)).toEqual(['a', 'm', 'b', 'c']);
    expect(at(7)).toEqual(['m', 'a', 'b', 'c']);
    expect(at(9)).toEqual(['m', 'a', 'b', 'c']);
  });

  test('stands at its place while others are voted past each other', () => {
    const moved = song('m', 'dee', 4, { pin: 1 });
    const voted = (score: number) => [song('a', 'ana', 1), song('b', 'bob', 2, { score }), song('c', 'cy', 3), moved];
    expect(order(voted(0), { rule: 'votes' })).toEqual(['a', 'm', 'b', 'c']);
    expect(order(voted(5), { rule: 'votes' })).toEqual(['b', 'm', 'a', 'c']);
  });

  test('lands exactly before the song it was put before, whatever was moved earlier', () => {
    fc.assert(
      fc.property(songs, rules, contexts, fc.nat(), fc.nat(), (list, rule, context, from, to) => {
        fc.pre(list.length >= 2);
        const before = orderQueue(list, { rule, ...context }).map(({ song: one }) => one);
        const moved = before[from % before.length];
        const others = before.filter((one) => one !== moved);
        const target = others[to % (others.length + 1)];
        if (moved === undefined) return;
        const pins = pinsAfterMove(before, moved.id, target?.id ?? null, context.begun);
        const after = list.map((one) => ({ ...one, pin: pins.get(one.id) ?? null }));
        const place = target === undefined ? others.length : others.indexOf(target);
        expect(ids(orderQueue(after, { rule, ...context }))[place]).toBe(moved.id);
      }),
    );
  });

  test('cannot overtake what Spotify was handed', () => {
    const list = [song('n', 'ana', 1, { isNext: true }), song('b', 'bob', 2), song('c', 'cy', 3)];
    expect(pinsAfterMove(list, 'c', 'n', 4)).toEqual(new Map([['c', 5]]));
    const moved = list.map((one) => (one.id === 'c' ? { ...one, pin: 5 } : one));
    expect(order(moved, { begun: 4 })).toEqual(['n', 'c', 'b']);
  });
});
