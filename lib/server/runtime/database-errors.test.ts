import { isDatabaseDown, isDatabaseFull, isDatabaseGone, outageCause } from './database-errors';

/** An error as one of the libraries throws it. */
const failure = (properties: object, message = 'failed'): Error => Object.assign(new Error(message), properties);

/** Prisma's form of PostgreSQL's code, as its adapter makes it. */
const fromPrisma = (code: string, originalCode: string): Error =>
  failure({
    name: 'PrismaClientKnownRequestError',
    code,
    meta: { driverAdapterError: failure({ cause: { originalCode, kind: 'postgres' } }) },
  });

test.each([
  ['too many connections', failure({ code: '53300' })],
  ['the same, as Prisma says it', failure({ code: 'P2037' })],
  ['the same around a statement', fromPrisma('P2010', '53300')],
  ['shut down', failure({ code: '57P01' })],
  ['the same around a statement', fromPrisma('P2010', '57P01')],
  ['starting', fromPrisma('P2039', '57P03')],
  ['connection lost', fromPrisma('P2010', '08006')],
  ['database dropped', failure({ code: '3D000' })],
  ['database closed', failure({ code: '55000' }, 'database "roomtone" is not currently accepting connections')],
  ['password changed', failure({ code: '28P01' })],
  ['refused', failure({ cause: failure({ code: 'ECONNREFUSED' }) })],
  ['no name server', failure({ code: 'EAI_AGAIN' })],
  ['a pool that waited', failure({}, 'timeout exceeded when trying to connect')],
])('%s: the database is down', (_title, error) => {
  expect(isDatabaseDown(error)).toBe(true);
});

test.each([
  ['a statement that is wrong', failure({ code: '42703' })],
  ['the same, as Prisma says it', fromPrisma('P2010', '42703')],
  ['a key that is there already', failure({ code: 'P2002' })],
  ['something else', new Error('P2037 is in the middle of a sentence')],
  ['no error at all', undefined],
])('%s: it is not', (_title, error) => {
  expect([isDatabaseDown(error), isDatabaseGone(error), isDatabaseFull(error)]).toEqual([false, false, false]);
});

test.each([
  ['full', failure({ code: '53300' })],
  ['full', fromPrisma('P2010', '53300')],
  ['login_refused', fromPrisma('P2010', '28P01')],
  ['no_such_database', fromPrisma('P2010', '3D000')],
  ['late', failure({}, 'Connection terminated due to connection timeout')],
  ['late', failure({}, 'Query read timeout')],
  ['unreachable', failure({}, 'Connection terminated unexpectedly')],
  ['unreachable', fromPrisma('P2010', '57P01')],
])('RL-13 %s: the operator is told why', (why, error) => {
  expect([isDatabaseDown(error), outageCause(error)]).toEqual([true, why]);
});

test('one that is full is not gone, and may have room again', () => {
  for (const error of [
    failure({ code: '53300' }),
    fromPrisma('P2010', '53300'),
    failure({ code: 'XX000' }, 'MaxClientsInSessionMode: max clients reached'),
  ]) {
    expect([isDatabaseFull(error), isDatabaseGone(error)]).toEqual([true, false]);
  }
  expect(isDatabaseFull(failure({ code: 'ECONNREFUSED' }))).toBe(false);
});

test('an error that is its own cause ends', () => {
  const error = failure({});
  expect(isDatabaseDown(Object.assign(error, { cause: error }))).toBe(false);
});
