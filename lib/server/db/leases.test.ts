import { makeRoom } from '@/testing/people/app-client';
import { stopInstance } from '@/lib/server/lifecycle';
import { getDb } from './connection/client';
import { holdsLease, releaseLease, releaseCommandLock, takeLease, takeCommandLock } from './leases';
import { getPool } from './connection/pool';

afterAll(stopInstance);

const life = 60_000;

/** A room that nobody watches: the instance that made it has stopped. */
async function roomId(): Promise<string> {
  const { code } = await makeRoom();
  const { rows } = await getPool().query('SELECT "id" FROM "Room" WHERE "code" = $1', [code]);
  return rows[0].id;
}

const expire = (table: 'WatchLease' | 'CommandTurn', id: string) =>
  getPool().query(`UPDATE "${table}" SET "expiresAt" = now() - interval '1 second' WHERE "roomId" = $1`, [id]);

describe('WT1 a room’s lease', () => {
  test('is one instance’s of all that ask at once, and stays its own while it renews it', async () => {
    const id = await roomId();
    const holders = Array.from({ length: 10 }, (_, index) => `instance ${index}`);
    const fences = await Promise.all(holders.map((holder) => takeLease(id, holder, true, life)));
    const winners = holders.filter((_, index) => fences[index] !== null);
    expect(winners).toHaveLength(1);
    const [winner = ''] = winners;
    const fence = fences.find((candidate) => candidate !== null);
    expect(await takeLease(id, winner, true, life)).toBe(fence);
    expect(await takeLease(id, 'somebody else', true, life)).toBeNull();
  });

  test('passes on with a higher fence when it has ended, or was given back', async () => {
    const id = await roomId();
    const first = (await takeLease(id, 'a', true, life)) ?? 0;
    await expire('WatchLease', id);
    const second = (await takeLease(id, 'b', true, life)) ?? 0;
    expect(second).toBeGreaterThan(first);
    await releaseLease(id, 'b');
    expect(await takeLease(id, 'a', true, life)).toBeGreaterThan(second);
  });

  test('WT2 is proved by its fence: neither one that has ended nor one before it counts', async () => {
    const id = await roomId();
    const first = (await takeLease(id, 'a', true, life)) ?? 0;
    expect(await holdsLease(getDb(), id, 'a', first)).toBe(true);
    await expire('WatchLease', id);
    expect(await holdsLease(getDb(), id, 'a', first)).toBe(false);
    await takeLease(id, 'b', true, life);
    await expire('WatchLease', id);
    // The same instance again is another time that it watches: what it began before is not of this one.
    const again = (await takeLease(id, 'a', true, life)) ?? 0;
    expect(await holdsLease(getDb(), id, 'a', first)).toBe(false);
    expect(await holdsLease(getDb(), id, 'a', again)).toBe(true);
  });

  test('WT8 goes to who has a stream of the room open from who has none, and never the other way', async () => {
    const id = await roomId();
    const without = (await takeLease(id, 'a', false, life)) ?? 0;
    expect(await takeLease(id, 'b', false, life)).toBeNull();
    const withStream = (await takeLease(id, 'b', true, life)) ?? 0;
    expect(withStream).toBeGreaterThan(without);
    expect(await holdsLease(getDb(), id, 'a', without)).toBe(false);
    expect(await takeLease(id, 'a', false, life)).toBeNull();
    expect(await takeLease(id, 'a', true, life)).toBeNull();
    // Its last stream has closed.
    expect(await takeLease(id, 'b', false, life)).toBe(withStream);
    expect(await takeLease(id, 'a', true, life)).toBeGreaterThan(withStream);
  });

  test('somebody else’s cannot be given back', async () => {
    const id = await roomId();
    const fence = (await takeLease(id, 'a', true, life)) ?? 0;
    await releaseLease(id, 'b');
    expect(await holdsLease(getDb(), id, 'a', fence)).toBe(true);
  });
});

describe('CM1 the turn to command', () => {
  test('is one command’s of all that ask at once, until it is given back or has ended', async () => {
    const id = await roomId();
    const taken = await Promise.all(
      Array.from({ length: 10 }, (_, index) => takeCommandLock(id, `turn ${index}`, life)),
    );
    expect(taken.filter(Boolean)).toHaveLength(1);
    const holder = `turn ${taken.indexOf(true)}`;
    await releaseCommandLock(id, 'another');
    expect(await takeCommandLock(id, 'next', life)).toBe(false);
    await releaseCommandLock(id, holder);
    expect(await takeCommandLock(id, 'next', life)).toBe(true);
    await expire('CommandTurn', id);
    expect(await takeCommandLock(id, 'last', life)).toBe(true);
  });

  test('CM5 goes first to whoever waits for the host or the queue, on whatever instance, and not for long when they are gone', async () => {
    const id = await roomId();
    const take = (holder: string, first = false) => takeCommandLock(id, holder, life, first);
    expect([await take('a guest'), await take('the host', true)]).toEqual([true, false]);
    await releaseCommandLock(id, 'a guest');
    expect([await take('a guest again'), await take('the host', true)]).toEqual([false, true]);
    await releaseCommandLock(id, 'the host');
    expect([await take('a guest again'), await take('the host', true)]).toEqual([true, false]);
    await releaseCommandLock(id, 'a guest again');
    await getPool().query(`UPDATE "CommandTurn" SET "firstUntil" = now() - interval '1 second' WHERE "roomId" = $1`, [
      id,
    ]);
    expect(await take('another guest')).toBe(true);
  });
});
