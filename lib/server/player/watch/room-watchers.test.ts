import { getPool } from '@/lib/server/db/connection/pool';
import { setUpSimulator } from '@/testing/engine/set-up-simulator';
import { makeParty } from '@/testing/people/app-client';
import { until } from '@/testing/until';
import { RoomWatchers } from './room-watchers';

const spotify = setUpSimulator();

/** Who watches a room, and since which fence; null when nobody does. */
async function lease(roomId: string): Promise<{ readonly holder: string; readonly attended: boolean } | null> {
  const { rows } = await getPool().query(
    `SELECT "holder", "attended" FROM "WatchLease" WHERE "roomId" = $1 AND "expiresAt" > clock_timestamp()`,
    [roomId],
  );
  return rows[0] ?? null;
}

/** A room that nobody watches. */
async function roomId(): Promise<string> {
  const { code } = await makeParty(spotify);
  const { rows } = await getPool().query('SELECT "id" FROM "Room" WHERE "code" = $1', [code]);
  await getPool().query(`DELETE FROM "WatchLease" WHERE "roomId" = $1`, [rows[0].id]);
  return rows[0].id;
}

const held = (id: string): Promise<boolean> => lease(id).then((found) => found !== null);

test('WT8 a stream that opens takes the room from an instance that has none, at once', async () => {
  const id = await roomId();
  const [run, page] = [new RoomWatchers(), new RoomWatchers()];
  await getPool().query(
    `INSERT INTO "WatchLease" ("roomId", "holder", "expiresAt") VALUES ($1, 'frozen', now() + interval '1 hour')
     ON CONFLICT ("roomId") DO UPDATE SET "holder" = 'frozen', "attended" = false, "expiresAt" = EXCLUDED."expiresAt"`,
    [id],
  );
  const release = run.hold(id);
  const close = page.acquire(id);
  await until(async () => (await lease(id))?.attended === true);
  expect((await lease(id))?.holder).not.toBe('frozen');
  close();
  release();
  await Promise.all([run.close(), page.close()]);
});

describe('WT9 as a function', () => {
  afterEach(() => delete process.env['VERCEL']);

  test('the room is given back with its last stream, and a page that reloads has it again', async () => {
    const id = await roomId();
    process.env['VERCEL'] = '1';
    const watchers = new RoomWatchers();
    const [first, second] = [watchers.acquire(id), watchers.acquire(id)];
    await until(() => held(id));
    first();
    await watchers.settled();
    expect(await held(id)).toBe(true);
    second();
    const again = watchers.acquire(id);
    await watchers.settled();
    await until(() => held(id));
    again();
    await watchers.settled();
    expect(await held(id)).toBe(false);
  });
});
