import { getPool } from '@/lib/server/db/connection/pool';
import { stopInstance } from '@/lib/server/lifecycle';
import { log } from '@/lib/server/runtime/log';
import { AppClient, makeRoom } from '@/testing/people/app-client';
import type { TestRoom } from '@/testing/people/party';
import { expectProblem } from '@/testing/jest/matchers';
import { consume, limits } from './rate-limits';

afterAll(stopInstance);

/** Codes that lead nowhere: made of one symbol more often than chance would. */
const wrongCode = (index: number): string => `/api/rooms/ZZZZ${String(index + 22).padStart(2, '2')}`;

/** Somebody new at an address from which all guesses are used up. */
async function blockedAddress(address: string): Promise<void> {
  for (let used = 0; used < limits.codeGuesses.points; used += 1) await consume('codeGuesses', address);
}

const statusOf = async (room: Pick<TestRoom, 'path'>, address: string): Promise<number> =>
  (await new AppClient(address).get(room.path)).status;

test('RM-01 codes that lead nowhere are counted per address; a member of a live room is never limited', async () => {
  const room = await makeRoom();
  const member = new AppClient('198.51.100.7');
  await member.post(`${room.path}/members`, { name: 'Bob' });
  const guesser = new AppClient('198.51.100.7');
  const answers: number[] = [];
  for (let index = 0; index < 31; index += 1) answers.push((await guesser.get(wrongCode(index))).status);
  expect(answers.slice(0, 30).every((status) => status === 404)).toBe(true);
  expect(answers[30]).toBe(429);
  const limited = await guesser.get('/api/rooms/ZZZZZZ');
  expectProblem(limited, 429, 'rate_limited');
  expect(Number(limited.headers.get('retry-after'))).toBeGreaterThan(0);
  expectProblem(await guesser.get((await makeRoom()).path), 429, 'rate_limited');
  expect((await member.get(room.path)).status).toBe(200);
  expect((await new AppClient('198.51.100.8').get('/api/rooms/ZZZZZZ')).status).toBe(404);
});

test('RM-08 addresses of one IPv6 network are one address', async () => {
  await blockedAddress('2001:db8:7:7::/64');
  expect((await new AppClient('2001:db8:7:7:1:2:3:4').get('/api/rooms/ZZZZZZ')).status).toBe(429);
  expect((await new AppClient('2001:db8:7:8:1:2:3:4').get('/api/rooms/ZZZZZZ')).status).toBe(404);
});

describe('RM-01 while codes are guessed from everywhere', () => {
  const clear = () => getPool().query(`DELETE FROM "rate_limit" WHERE "key" LIKE 'allCodeGuesses:%'`);
  afterEach(clear);

  test('one miss is enough to be answered no more from that address, whether a code is right or wrong', async () => {
    const said = jest.spyOn(log, 'error').mockReturnValue();
    const room = await makeRoom();
    await new AppClient('198.51.100.20').get('/api/rooms/ZZZZZZ');
    await getPool().query(
      `INSERT INTO "rate_limit" ("key", "points", "expire") VALUES ('allCodeGuesses:all', $1, $2)
       ON CONFLICT ("key") DO UPDATE SET "points" = $1, "expire" = $2`,
      [limits.allCodeGuesses.points, Date.now() + 600_000],
    );
    const known = new AppClient('198.51.100.20');
    expectProblem(await known.get('/api/rooms/ZZZZZZ'), 429, 'rate_limited');
    expectProblem(await known.get(room.path), 429, 'rate_limited');
    expectProblem(await known.post(`${room.path}/members`, { name: 'Eve' }), 429, 'rate_limited');
    // Somebody who has guessed nothing is let in, and may mistype once.
    const honest = new AppClient('198.51.100.21');
    expect((await honest.get(room.path)).status).toBe(403);
    expect((await honest.get('/api/rooms/ZZZZZZ')).status).toBe(404);
    expect((await honest.get(room.path)).status).toBe(429);
    expect((await new AppClient('198.51.100.22').get('/api/rooms/ZZZZZZ')).status).toBe(404);
    // The operator is told, and not with every guess.
    expect(said.mock.calls).toEqual([['rooms.guessing', {}]]);
    said.mockRestore();
  });
});

describe('RM-09 one person shuts no door for everybody behind the same router', () => {
  test('a right code opens where the room has a member from there: its host, or a guest', async () => {
    const [byHost, byGuest, elsewhere] = [await makeRoom(), await makeRoom(), await makeRoom()];
    const at = '198.51.100.30';
    const host = new AppClient(at);
    const own = (await host.post('/api/rooms', {})).body.room;
    const guest = new AppClient(at);
    await guest.post(`${byGuest.path}/members`, { name: 'Bob' });
    await blockedAddress(at);
    expect((await new AppClient(at).get('/api/rooms/ZZZZZZ')).status).toBe(429);
    expect(await statusOf({ path: `/api/rooms/${own.code}` }, at)).toBe(403);
    expect((await new AppClient(at).post(`${byGuest.path}/members`, { name: 'Nora' })).status).toBe(201);
    for (const room of [byHost, elsewhere]) expect(await statusOf(room, at)).toBe(429);
  });

  test('who came from somewhere else, or has left, opens nothing there any more', async () => {
    const room = await makeRoom();
    const [home, away] = ['198.51.100.40', '198.51.100.41'];
    for (const address of [home, away]) await blockedAddress(address);
    const guest = new AppClient('198.51.100.42');
    await guest.post(`${room.path}/members`, { name: 'Bob' });
    const from = (address: string) => guest.get(room.path, { headers: { 'x-forwarded-for': address } });
    expect((await from(home)).status).toBe(200);
    expect(await statusOf(room, home)).toBe(403);
    expect((await from(away)).status).toBe(200);
    expect([await statusOf(room, home), await statusOf(room, away)]).toEqual([429, 403]);
    await guest.send('DELETE', `${room.path}/members/me`);
    expect(await statusOf(room, away)).toBe(429);
  });

  test('what is kept of an address is no address, means nothing in another room, and goes with who leaves', async () => {
    const [room, other] = [await makeRoom(), await makeRoom()];
    const guest = new AppClient('198.51.100.50');
    const stored = async (): Promise<Buffer | null> => {
      const { rows } = await getPool().query<{ network: Buffer | null }>(
        `SELECT "network" FROM "Member" WHERE "name" = 'Guest of two' ORDER BY "joinedAt" DESC LIMIT 1`,
      );
      return rows[0]?.network ?? null;
    };
    await guest.post(`${room.path}/members`, { name: 'Guest of two' });
    const first = await stored();
    await guest.post(`${other.path}/members`, { name: 'Guest of two' });
    const second = await stored();
    expect([first?.length, second?.length]).toEqual([16, 16]);
    expect(first).not.toEqual(second);
    expect(first?.toString('latin1')).not.toContain('198.51');
    await guest.send('DELETE', `${other.path}/members/me`);
    expect(await stored()).toBeNull();
  });
});
