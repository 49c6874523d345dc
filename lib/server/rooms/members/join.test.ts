import { getPool } from '@/lib/server/db/connection/pool';
import { stopInstance } from '@/lib/server/lifecycle';
import { AppClient, join, makeRoom } from '@/testing/people/app-client';
import { expectProblem } from '@/testing/jest/matchers';
import type { TestRoom } from '@/testing/people/party';
import { until } from '@/testing/until';

afterAll(stopInstance);

describe('joining', () => {
  test('MB1 joining again renames, coming back is known, two may share a name', async () => {
    const room = await makeRoom();
    const guest = new AppClient();
    const first = await guest.post(`${room.path.toLowerCase().replace('/api/rooms/', '/api/rooms/')}/members`, {
      name: ' Bob ',
    });
    expect(first.status).toBe(201);
    expect(first.body.member).toEqual({ id: expect.any(String), name: 'Bob', role: 'guest' });
    const again = await guest.post(`${room.path}/members`, { name: 'Bobby' });
    expect(again.status).toBe(200);
    expect(again.body.member).toEqual({ ...first.body.member, name: 'Bobby' });
    const other = await new AppClient().post(`${room.path}/members`, { name: 'Bobby' });
    expect(other.status).toBe(201);
    expect((await guest.send('DELETE', `${room.path}/members/me`)).status).toBe(204);
    expectProblem(await guest.get(room.path), 403, 'not_a_member');
    const back = await guest.post(`${room.path}/members`, { name: 'Bob' });
    expect([back.status, back.body.member.id]).toEqual([200, first.body.member.id]);
  });

  test('not_a_member carries what the join page shows', async () => {
    const room = await makeRoom({ name: 'Kitchen' });
    const answer = await new AppClient().get(room.path);
    expectProblem(answer, 403, 'not_a_member');
    expect(answer.body.room).toEqual({ code: room.code, name: 'Kitchen' });
  });

  test('RO1 one room at a time, also when two are entered at once', async () => {
    const [a, b] = [await makeRoom(), await makeRoom()];
    const guest = await join(a);
    const moves = Array.from({ length: 12 }, (_, index) =>
      guest.post(`${(index % 2 === 0 ? b : a).path}/members`, { name: 'x' }),
    );
    for (const { status } of await Promise.all(moves)) expect([200, 201]).toContain(status);
    const places = await Promise.all([a, b].map(async (room) => (await guest.get(room.path)).status));
    expect(places.toSorted()).toEqual([200, 403]);
  });

  test('the host of another room is told to end it first', async () => {
    const [a, b] = [await makeRoom(), await makeRoom()];
    expectProblem(await a.host.post(`${b.path}/members`, { name: 'x' }), 409, 'already_hosting');
  });
});

describe('MB2 HT1 who comes in is looked at again under the lock', () => {
  const room = `(SELECT "roomId" FROM "Member" WHERE "id" = $1)`;

  test.each([
    [
      'somebody removed meanwhile',
      'known',
      `UPDATE "Member" SET "removedAt" = now() WHERE "id" = $1`,
      403,
      'removed_by_host',
    ],
    [
      'somebody new, while the room was locked',
      'new',
      `UPDATE "Room" SET "locked" = true WHERE "id" = ${room}`,
      403,
      'room_locked',
    ],
    [
      'somebody new, while the room ended',
      'new',
      `UPDATE "Room" SET "endedAt" = now() WHERE "id" = ${room}`,
      410,
      'room_ended',
    ],
  ] as const)('%s', async (_what, who, sql, status, code) => {
    const { path, code: roomCode } = await makeRoom();
    const known = await join({ path } as TestRoom);
    const other = await getPool().connect();
    try {
      await other.query('BEGIN');
      await other.query(`SELECT 1 FROM "Room" WHERE "code" = $1 FOR UPDATE`, [roomCode]);
      const { rows } = await other.query(`SELECT pg_backend_pid() AS "pid"`);
      const answer = (who === 'known' ? known : new AppClient()).post(`${path}/members`, { name: 'Zoe' });
      await until(async () => {
        const waiting = `SELECT 1 FROM pg_stat_activity WHERE $1::int = ANY(pg_blocking_pids(pid))`;
        return (await getPool().query(waiting, [rows[0].pid])).rows.length > 0;
      });
      await other.query(sql, [known.memberId]);
      await other.query('COMMIT');
      expectProblem(await answer, status, code);
    } finally {
      other.release();
    }
  });
});

describe('limits', () => {
  test('RM-04 newcomers are limited per address and room, at a rate no party reaches', async () => {
    const room = await makeRoom();
    const statuses: number[] = [];
    for (let index = 0; index < 61; index += 1) {
      statuses.push((await new AppClient('198.51.100.9').post(`${room.path}/members`, { name: `g${index}` })).status);
    }
    expect(statuses.slice(0, 60).every((status) => status === 201)).toBe(true);
    // Who comes after that waits at the door (AM1).
    expect(statuses[60]).toBe(202);
    const listed = (await room.host.get(room.path)).body.snapshot;
    expect([listed.memberCount, listed.members.length]).toEqual([61, 61]);
  });
});
