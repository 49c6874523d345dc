import { stopInstance } from '@/lib/server/lifecycle';
import { join, makeRoom } from '@/testing/people/app-client';
import { getPool } from './connection/pool';
import { noteStreams } from './stream-time';

afterAll(stopInstance);

/** How long ago, in whole seconds, the streams of a guest count as begun after one more note. */
async function begunAfter(known: { readonly from: number; readonly until: number } | null): Promise<number> {
  const guest = await join(await makeRoom());
  if (known !== null) {
    await getPool().query(
      `UPDATE "Member" SET "streamFrom" = now() - make_interval(secs => $2), "streamUntil" = now() - make_interval(secs => $3)
       WHERE "id" = $1`,
      [guest.memberId, known.from, known.until],
    );
  }
  expect(await noteStreams([{ memberId: guest.memberId, seconds: 3 }])).toEqual(new Set([guest.memberId]));
  const { rows } = await getPool().query(
    `SELECT round(extract(epoch FROM "streamUntil" - "streamFrom"))::int AS "seconds" FROM "Member" WHERE "id" = $1`,
    [guest.memberId],
  );
  return rows[0].seconds;
}

test.each([
  ['the first stream counts from its beginning', null, 3],
  ['without a break the time goes on', { from: 12, until: 6 }, 12],
  ['after a break it begins anew', { from: 50, until: 41 }, 3],
  ['a break after half a minute takes nothing away', { from: 900, until: 860 }, 900],
])('SV10 %s', async (_what, known, seconds) => {
  expect(await begunAfter(known)).toBe(seconds);
});

test('SV10 who has left is not noted', async () => {
  const room = await makeRoom();
  const guest = await join(room);
  await guest.send('DELETE', `${room.path}/members/me`);
  expect(await noteStreams([{ memberId: guest.memberId, seconds: 3 }])).toEqual(new Set());
});
