import { CommandLine, type Press } from './command-line';

const press = (memberId: string | null, kind: string, first = false): Press => ({
  memberId,
  kind,
  first,
  check: () => Promise.resolve(),
});

/** A line whose first command has begun and does not end before it is told to. */
function heldUp() {
  const ran: string[] = [];
  const emptied = jest.fn();
  const line = new CommandLine(emptied);
  const push = (memberId: string | null, kind: string, first = false): Promise<string> =>
    line.push(press(memberId, kind, first), () => {
      ran.push(`${memberId ?? 'queue'} ${kind}`);
      return Promise.resolve(kind);
    });
  let goOn: () => void = () => undefined;
  const holding = line.push(press('somebody', 'held'), () => new Promise<void>((resolve) => (goOn = resolve)));
  return { line, ran, push, goOn: () => goOn(), holding, emptied };
}

test('CM5 the host and the queue go first, everybody in the order in which they came', async () => {
  const { ran, push, goOn, emptied } = heldUp();
  const all = [
    push('bob', 'pause'),
    push('eve', 'pause'),
    push('mia', 'volume', true),
    push(null, 'submit', true),
    push('bob', 'play'),
    push('mia', 'seek', true),
  ];
  expect(ran).toEqual([]);
  goOn();
  await Promise.all(all);
  expect(ran).toEqual(['mia volume', 'queue submit', 'mia seek', 'bob pause', 'eve pause', 'bob play']);
  expect(emptied).toHaveBeenCalledTimes(1);
});

test('CM5 a press takes the place of a waiting one of the same kind and member, and both hear what came of it', async () => {
  const { line, ran, push, goOn } = heldUp();
  const pressed = [push('bob', 'play'), push('bob', 'pause'), push('eve', 'play'), push('bob', 'play')];
  const lost = line.push(press('bob', 'pause'), () => Promise.reject(new Error('refused')));
  goOn();
  const outcomes = await Promise.allSettled([...pressed, lost]);
  // The last press of all is the one that counts.
  expect(ran).toEqual(['eve play', 'bob play']);
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled', 'rejected']);
});

test('CM5 of one member a handful waits, of others as many; the queue is not counted', async () => {
  const { ran, push, goOn, holding } = heldUp();
  const waiting = ['a', 'b', 'c', 'd', 'e'].flatMap((kind) => [push('bob', kind), push('eve', kind), push(null, kind)]);
  await expect(push('bob', 'f')).rejects.toMatchObject({ code: 'rate_limited', retryAfterSeconds: 1 });
  waiting.push(push('bob', 'a'), push(null, 'f'));
  goOn();
  await Promise.all([holding, ...waiting]);
  expect(ran).toHaveLength(16);
  await expect(push('bob', 'f')).resolves.toBe('f');
});
