import { keepWrittenLines, type WrittenLines } from '@/testing/written-lines';
import { logWorkFailure, noteDatabaseFailure, noteDatabaseServes } from './log-failure';

const refused = (): Error => Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
const late = (): Error => new Error('timeout exceeded when trying to connect');
const slow = (): Error => new Error('Connection terminated due to connection timeout', { cause: new Error('ended') });
const behind = (code: string): Error => Object.assign(new Error('missing'), { code });

let lines: WrittenLines;
let now = 0;

beforeEach(() => {
  globalThis.roomtoneProcess?.delete('said-failures');
  globalThis.roomtoneProcess?.delete('said-lately');
  lines = keepWrittenLines();
  now = 0;
  jest.spyOn(performance, 'now').mockImplementation(() => now);
});
afterEach(() => {
  lines.stop();
  jest.restoreAllMocks();
});

const after = (ms: number): void => void (now += ms);
/** What was logged so far, with what a line says more than that it is one. */
const logged = (): readonly object[] =>
  [...lines.err, ...lines.out].map((line) => {
    const { at: _, stack: _stack, ...fields } = JSON.parse(line);
    return fields;
  });

test('RL-13 a database that goes away and comes back is one line each, however much fails meanwhile', () => {
  for (let second = 0; second < 30; second += 1) {
    noteDatabaseFailure(refused());
    logWorkFailure('watcher', refused());
    // Others may be served in between.
    noteDatabaseServes();
    after(1_000);
  }
  after(10_000);
  noteDatabaseServes();
  noteDatabaseServes();
  expect(logged()).toEqual([
    { level: 'warn', event: 'database.down', why: 'unreachable', error: 'Error:ECONNREFUSED' },
    { level: 'info', event: 'database.back', seconds: 29, failures: 60 },
  ]);
  noteDatabaseFailure(refused());
  expect(logged()).toHaveLength(3);
});

test.each([
  ['waited for a connection', late],
  ['connected', slow],
])('RL-13 a time-out of one who %s is no news, and one that lasts is', (_title, failure) => {
  noteDatabaseFailure(failure());
  after(60_000);
  logWorkFailure('orphaned_rooms', failure());
  noteDatabaseServes();
  after(4_000);
  expect(logged()).toEqual([]);
  noteDatabaseFailure(failure());
  expect(logged()).toEqual([]);
  after(1_000);
  noteDatabaseFailure(failure());
  expect(logged()).toMatchObject([{ level: 'warn', event: 'database.down', why: 'late' }]);
});

test.each(['P2021', 'P2022', '42P01', '42703'])('RL-13 %s is a database that is not migrated, said once', (code) => {
  expect(noteDatabaseFailure(behind(code))).toBe(true);
  logWorkFailure('orphaned_rooms', behind(code));
  after(86_400_000);
  noteDatabaseFailure(behind(code));
  expect(logged()).toEqual([
    { level: 'error', event: 'database.not_migrated', mend: 'npm run db:migrate', error: `Error:${code}` },
  ]);
});

test('RL-13 a mistake of ours is said once an hour, with how often it was made since', () => {
  const mistake = new RangeError('ours');
  expect(noteDatabaseFailure(mistake)).toBe(false);
  for (let minute = 0; minute < 61; minute += 1) {
    logWorkFailure('watcher', mistake);
    after(60_000);
  }
  logWorkFailure('presence', mistake);
  const said = { level: 'error', event: 'work.failed', error: 'RangeError' };
  expect(logged()).toEqual([
    { ...said, work: 'watcher' },
    { ...said, work: 'watcher', more: 59 },
    { ...said, work: 'presence' },
  ]);
});
