import { stopInstance } from '@/lib/server/lifecycle';
import { AppClient, makeRoom } from '@/testing/people/app-client';
import { expectProblem } from '@/testing/jest/matchers';

afterAll(stopInstance);

test('RM-01 codes that lead nowhere are counted per address; a member of a live room is never limited', async () => {
  const room = await makeRoom();
  const member = Object.assign(new AppClient('198.51.100.7'), {});
  await member.post(`${room.path}/members`, { name: 'Bob' });
  const guesser = new AppClient('198.51.100.7');
  const codes = Array.from({ length: 31 }, (_, index) => `ZZZZ${String(index + 22).padStart(2, '2')}`);
  const answers: number[] = [];
  for (const code of codes) answers.push((await guesser.get(`/api/rooms/${code}`)).status);
  expect(answers.slice(0, 30).every((status) => status === 404)).toBe(true);
  const limited = await guesser.get('/api/rooms/ZZZZZZ');
  expectProblem(limited, 429, 'rate_limited');
  expect(Number(limited.headers.get('retry-after'))).toBeGreaterThan(0);
  expectProblem(await guesser.get(room.path), 429, 'rate_limited');
  expect((await member.get(room.path)).status).toBe(200);
  expect((await new AppClient('198.51.100.8').get('/api/rooms/ZZZZZZ')).status).toBe(404);
});
