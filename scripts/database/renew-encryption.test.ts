import { getPool } from '@/lib/server/db/connection/pool';
import { setUpSimulator } from '@/testing/engine/set-up-simulator';
import type { AppClient } from '@/testing/people/app-client';
import type { TestRoom } from '@/testing/people/party';
import { renewGrants } from './renew-encryption';

const spotify = setUpSimulator({ timeStands: true });

const old = 'k3Jw9vQe7Ls2Xn5Tb8Rd1Yf6Hg4Mc0Zp';
const fresh = 'Zq8Rt4Wm1Kx7Vb3Nh6Lc9Fd2Js5Gy0Pa';

/** What a deployment with those secrets does, with everything of it loaded anew. */
async function deployed(secrets: string, work: (kit: typeof import('@/testing/people/app-client')) => Promise<void>) {
  process.env['SESSION_SECRET'] = secrets;
  globalThis.roomtoneProcess?.delete('opened-seals');
  try {
    await jest.isolateModulesAsync(async () => {
      const { getRoomWatchers } = await import('@/lib/server/player/watch/room-watchers');
      try {
        await work(await import('@/testing/people/app-client'));
      } finally {
        // They know the secrets of this deployment, and would give up a login that the next one has encrypted.
        await getRoomWatchers().close();
        globalThis.roomtoneProcess?.delete('room-watchers');
      }
    });
  } finally {
    process.env['SESSION_SECRET'] = old;
  }
}

/** The same browser, at the deployment that there is now. */
function asBefore(client: AppClient, who: AppClient): AppClient {
  for (const [name, value] of who.cookies) client.cookies.set(name, value);
  return client;
}

const grantOf = async ({ code }: TestRoom): Promise<string> =>
  (
    await getPool().query(
      `SELECT "sealedRefresh" FROM "SpotifyToken" WHERE "sessionId" = (SELECT "hostSessionId" FROM "Room" WHERE "code" = $1)`,
      [code],
    )
  ).rows[0].sealedRefresh;

test('SESSION_SECRET is rotated by the written steps: nobody who comes in the meantime is logged out, and the old key opens nothing', async () => {
  let room: TestRoom | null = null;
  let guest: AppClient | null = null;
  let absent: AppClient | null = null;
  await deployed(old, async ({ makeParty, join }) => {
    room = await makeParty(spotify);
    guest = await join(room, 'Mia');
    absent = await join(room, 'Ole');
  });
  const [here, visitor, away] = [room, guest, absent] as unknown as [TestRoom, AppClient, AppClient];
  const before = { cookies: new Map(here.host.cookies), grant: await grantOf(here) };

  // 1. The new one in front of the old one. Whoever comes gets a cookie under the new one.
  await deployed(`${fresh},${old}`, async ({ AppClient }) => {
    for (const person of [here.host, visitor]) {
      const client = asBefore(new AppClient(), person);
      expect((await client.get(here.path)).status).toBe(200);
      expect([...client.cookies.values()]).not.toEqual([...person.cookies.values()]);
      asBefore(person, client);
      // Once: it is under the new one now.
      expect((await client.fetch('GET', here.path)).headers.getSetCookie()).toEqual([]);
    }
  });

  // 2. Logins are encrypted anew, by the command.
  const database = { url: process.env['DATABASE_URL'] ?? '', ca: null };
  expect((await renewGrants(database, [fresh, old])).renewed).toBeGreaterThan(0);
  expect(await grantOf(here)).not.toBe(before.grant);
  expect(await renewGrants(database, [fresh, old])).toMatchObject({ renewed: 0 });

  // 3. The old one is taken out.
  await deployed(fresh, async ({ AppClient }) => {
    const host = asBefore(new AppClient(), here.host);
    expect((await host.get(here.path)).status).toBe(200);
    expect((await host.get('/api/spotify/status')).body.authenticated).toBe(true);
    expect((await host.post('/api/spotify/refresh')).status).toBe(200);
    expect((await asBefore(new AppClient(), visitor).get(here.path)).status).toBe(200);
    // Who was not here in between, and whoever has a cookie under the old one, is a stranger.
    expect((await asBefore(new AppClient(), away).get(here.path)).status).toBe(403);
    const thief = new AppClient();
    for (const [name, value] of before.cookies) thief.cookies.set(name, value);
    expect((await thief.get(here.path)).status).toBe(403);
  });
});

test('a login that none of the secrets opens is counted and left as it is', async () => {
  let room: TestRoom | null = null;
  await deployed(old, async ({ makeParty }) => void (room = await makeParty(spotify)));
  const grant = await grantOf(room as unknown as TestRoom);
  const { lost } = await renewGrants({ url: process.env['DATABASE_URL'] ?? '', ca: null }, [fresh]);
  expect(lost).toBeGreaterThan(0);
  expect(await grantOf(room as unknown as TestRoom)).toBe(grant);
});
