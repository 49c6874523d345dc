import { keepWrittenLines } from '@/testing/written-lines';
import { problemResponse } from './problem-response';

const canary = 'BQDw3xT7kLm9PzQ2 canary typed by Alice';

/** Errors as they come, with what somebody typed, or what another server said, in all their parts. */
const thrown: readonly (readonly [string, string, Error, number])[] = [
  ['a fault of ours', 'request.failed', new TypeError(canary, { cause: new Error(canary) }), 500],
  [
    'what PostgreSQL says of a row',
    'request.failed',
    Object.assign(new Error(`Key ("name")=(${canary}) already exists.`), {
      code: '23505',
      detail: canary,
      where: canary,
    }),
    500,
  ],
  [
    'a database that is gone',
    'database.down',
    Object.assign(new Error(`connect ECONNREFUSED ${canary}`), { code: 'ECONNREFUSED', address: canary }),
    503,
  ],
];

test.each(thrown)(
  'RL-12 of %s the log has the kind and nothing that it says, and neither has the answer',
  async (_what, event, error, status) => {
    error.stack = `${error.name}: ${canary}\n    at run (${process.cwd()}/lib/server/x.ts:1:1)`;
    const lines = keepWrittenLines();
    const response = problemResponse(error);
    lines.stop();
    const written = [...lines.out, ...lines.err].join('');
    expect(written).toContain(`"event":"${event}"`);
    expect(written).toContain('lib/server/x.ts:1:1');
    expect(written).not.toMatch(/canary|Alice/);
    expect(response.status).toBe(status);
    expect(await response.text()).not.toMatch(/canary|Alice/);
  },
);
