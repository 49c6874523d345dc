import { randomBytes } from 'node:crypto';
import { getPool } from '@/lib/server/db/connection/pool';
import { findGrantsUnderKeys, replaceEncryption } from '@/lib/server/db/grant-keys';
import { claimRefresh, saveRefreshed } from '@/lib/server/db/spotify-tokens';
import { cleanUp } from '@/lib/server/rooms/cleanup';
import { getEnv } from '@/lib/server/runtime/env';
import { log } from '@/lib/server/runtime/log';
import { setUpSimulator } from '@/testing/engine/set-up-simulator';
import { expectProblem } from '@/testing/jest/matchers';
import { AppClient, makeParty } from '@/testing/people/app-client';
import { type Party, snapshotOf } from '@/testing/people/party';
import { encryptTokens, keyIds } from './encryption';
import { renewGrants } from './renew-grants';
import { requireToken } from './token-keeper';

const spotify = setUpSimulator({ timeStands: true });

const old = 'k3Jw9vQe7Ls2Xn5Tb8Rd1Yf6Hg4Mc0Zp';
const fresh = 'Zq8Rt4Wm1Kx7Vb3Nh6Lc9Fd2Js5Gy0Pa';

/** From now on the app has these secrets. */
const deploy = (...secrets: readonly string[]) => jest.replaceProperty(getEnv(), 'sessionSecrets', secrets);

beforeEach(async () => {
  await getPool().query(`DELETE FROM "SpotifyToken"`);
  deploy(old);
});
afterEach(() => jest.restoreAllMocks());

const sessionOf = async ({ code }: Party): Promise<string> =>
  (await getPool().query(`SELECT "hostSessionId" FROM "Room" WHERE "code" = $1`, [code])).rows[0].hostSessionId;

/** The names of the keys of all stored logins. */
const keysOf = async (): Promise<readonly string[]> =>
  (
    await getPool().query<{ key: string }>(
      `SELECT DISTINCT split_part(unnest(ARRAY["sealedAccess", "sealedRefresh"]), '.', 2) AS "key" FROM "SpotifyToken"`,
    )
  ).rows.map(({ key }) => key);

/** So many logins of people who do not come by. */
async function insertGrants(count: number, world: string | null = null): Promise<void> {
  for (let index = 0; index < count; index += 1) {
    const { rows } = await getPool().query(
      `INSERT INTO "Session" ("id", "tokenHash", "expiresAt") VALUES (gen_random_uuid(), $1, now() + interval '1 day') RETURNING "id"`,
      [randomBytes(32)],
    );
    const { sealedAccess, sealedRefresh } = encryptTokens(rows[0].id, 'access', 'refresh');
    await getPool().query(
      `INSERT INTO "SpotifyToken" ("sessionId", "sealedAccess", "sealedRefresh", "tokenType", "scope", "expiresAt", "authorizedAt", "accountId", "displayName", "world")
       VALUES ($1, $2, $3, 'Bearer', '', now(), now(), 'somebody', 'Somebody', $4)`,
      [rows[0].id, sealedAccess, sealedRefresh, world],
    );
  }
}

describe('TK-02 what an older secret encrypted', () => {
  test('is encrypted anew by the housekeeping, all of it; then the older one may go', async () => {
    const room = await makeParty(spotify);
    await insertGrants(105);
    deploy(fresh, old);
    const said = jest.spyOn(log, 'info');
    expect(await cleanUp()).toBe('done');
    expect(said.mock.calls).toContainEqual(['secrets.logins_renewed', { renewed: 106, left: 0, unreadable: 0 }]);
    expect(await keysOf()).toEqual([keyIds([fresh]).current]);
    // The cookie is under the new one since the last answer.
    const host = new AppClient();
    for (const [name, value] of room.host.cookies) host.cookies.set(name, value);
    await host.get(room.path);
    deploy(fresh);
    expect((await host.post('/api/spotify/refresh?force=1')).status).toBe(200);
    expect((await host.post(`${room.path}/playback/pause`)).status).toBe(204);
  });

  test('is left where other tokens were stored since it was read, and a refresh that is under way is stored', async () => {
    const sessionId = await sessionOf(await makeParty(spotify));
    deploy(fresh, old);
    const [row] = await findGrantsUnderKeys(keyIds().older, null, null, 1);
    if (row === undefined) throw new Error('There is one.');
    const { version } = await requireToken(sessionId);
    expect(await claimRefresh(sessionId, version, 'an instance', 15)).toBe(true);
    await renewGrants();
    const [key] = await keysOf();
    expect(key).toBe(keyIds().current);
    const sealed = encryptTokens(sessionId, 'newer', 'newer');
    const token = { ...sealed, scope: '', expiresInSeconds: 3_600, startedSecondsAgo: 0 };
    expect(await saveRefreshed(sessionId, version, 'an instance', token)).toBe(true);
    expect(await replaceEncryption(row, encryptTokens(sessionId, 'older', 'older'))).toBe(false);
    expect(await requireToken(sessionId)).toMatchObject(sealed);
  });

  test('is not opened where it is of somebody whom this deployment does not serve', async () => {
    await insertGrants(1, 'site');
    deploy(fresh, old);
    const said = jest.spyOn(log, 'info');
    await renewGrants();
    expect(said.mock.calls).toEqual([['secrets.logins_renewed', { renewed: 0, left: 0, unreadable: 0 }]]);
    expect(await keysOf()).toEqual([keyIds([old]).current]);
  });
});

describe('TK7 a login that none of the secrets opens', () => {
  test('stays: the host is asked to connect, the operator told once, and with the secret it goes on', async () => {
    const room = await makeParty(spotify);
    const host = new AppClient();
    for (const [name, value] of room.host.cookies) host.cookies.set(name, value);
    deploy(fresh, old);
    await host.get(room.path);
    deploy(fresh);
    const said = jest.spyOn(log, 'error').mockImplementation();
    for (let index = 0; index < 2; index += 1) {
      expectProblem(await host.post('/api/spotify/refresh?force=1'), 409, 'spotify_reconnect');
      expectProblem(await host.post(`${room.path}/playback/pause`), 409, 'spotify_reconnect');
    }
    expect((await host.get('/api/spotify/status')).body).toEqual({ authenticated: false });
    expect((await host.get('/api/me')).body.spotify).toEqual({ authenticated: false });
    expect((await snapshotOf({ ...room, host })).spotify.status).toBe('reconnect');
    await renewGrants();
    expect(said.mock.calls).toEqual([['spotify.token_unreadable', {}]]);
    // An hour later the housekeeping says it, though nobody asks.
    globalThis.roomtoneProcess?.delete('said-lately');
    await renewGrants();
    expect(said).toHaveBeenCalledTimes(2);
    deploy(fresh, old);
    expect((await host.post(`${room.path}/playback/pause`)).status).toBe(204);
    expect((await snapshotOf({ ...room, host })).spotify.status).toBe('connected');
    expect((await host.get('/api/spotify/status')).body.authenticated).toBe(true);
  });
});
