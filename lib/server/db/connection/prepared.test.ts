import { perProcess } from '@/lib/server/runtime/per-process';
import { stopInstance } from '@/lib/server/lifecycle';
import { makeRoom } from '@/testing/people/app-client';
import { getPool } from './pool';
import { queryPrepared } from './prepared';

afterAll(stopInstance);

const sessions = () => perProcess('prepared-statements', () => ({ shared: false }));
beforeEach(() => {
  sessions().shared = false;
});

const statement = { name: 'a-number', text: 'SELECT $1::int AS "number"', values: [7] };
const prepared = async (): Promise<number> => {
  const { rows } = await getPool().query(
    `SELECT count(*)::int AS "count" FROM pg_prepared_statements WHERE name = $1`,
    [statement.name],
  );
  return rows[0].count;
};

test('a statement is prepared once per connection', async () => {
  expect(await queryPrepared(statement)).toEqual([{ number: 7 }]);
  expect(await queryPrepared(statement)).toEqual([{ number: 7 }]);
  expect(await prepared()).toBe(1);
  expect(sessions().shared).toBe(false);
});

test('EV3 sessions that a pooler gave to others in between: the same answer, and no more names', async () => {
  await queryPrepared(statement);
  await getPool().query('DEALLOCATE ALL');
  expect(await queryPrepared(statement)).toEqual([{ number: 7 }]);
  expect(sessions().shared).toBe(true);
  expect(await prepared()).toBe(0);
});

test('EV3 sessions in which others prepared before: the same answer', async () => {
  const other = { ...statement, name: 'another-number' };
  await getPool().query(`PREPARE "another-number" AS SELECT 1`);
  expect(await queryPrepared(other)).toEqual([{ number: 7 }]);
  expect(sessions().shared).toBe(true);
});

test('every other failure is one', async () => {
  await expect(queryPrepared({ name: 'broken', text: 'SELECT broken', values: [] })).rejects.toMatchObject({
    code: '42703',
  });
  expect(sessions().shared).toBe(false);
});

test('EV3 the app goes on when every session is another one', async () => {
  const room = await makeRoom();
  await room.host.get(room.path);
  await getPool().query('DEALLOCATE ALL');
  expect((await room.host.get(room.path)).status).toBe(200);
  expect((await room.host.get('/api/spotify/status')).status).toBe(200);
});
