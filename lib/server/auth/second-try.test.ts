import { getPool } from '@/lib/server/db/connection/pool';
import { purge } from '@/lib/server/db/purge';
import { claimSecondTry } from '@/lib/server/db/spotify-tokens';
import { cleanUp } from '@/lib/server/rooms/cleanup';
import { log } from '@/lib/server/runtime/log';
import { faults } from '@/simulator/control-client';
import { setUpSimulator } from '@/testing/engine/set-up-simulator';
import { expectProblem } from '@/testing/jest/matchers';
import { AppClient, join, makeParty, makeRoom } from '@/testing/people/app-client';
import { type Party, snapshotOf } from '@/testing/people/party';
import { logIn } from '@/testing/people/spotify-login';
import { providerOf } from './provider';

const spotify = setUpSimulator({ timeStands: true });

// Grants that ended in another test, or in another file, look like an outage (TK4).
const forgetGrants = () => getPool().query(`DELETE FROM "SpotifyToken"`);
beforeEach(forgetGrants);
afterEach(async () => {
  jest.restoreAllMocks();
  await forgetGrants();
});

const grantOf = async ({ code }: Party) =>
  (
    await getPool().query<{ sessionId: string; sealedRefresh: string | null; keptRefresh: string | null }>(
      `SELECT t.* FROM "SpotifyToken" t JOIN "Room" r ON r."hostSessionId" = t."sessionId" WHERE r."code" = $1`,
      [code],
    )
  ).rows[0];
const refreshes = async ({ account }: Party): Promise<number> =>
  (await spotify.control.calls({ account, grantType: 'refresh_token' })).length;
const pass = (minutes: number) =>
  getPool().query(
    `UPDATE "SpotifyToken" SET "grantEndedAt" = "grantEndedAt" - make_interval(mins => $1), "expiresAt" = now()`,
    [minutes],
  );

/** A room whose host's grant seems to have ended: Spotify said so once. */
async function endedOnce(): Promise<Party> {
  const room = await makeParty(spotify);
  const when = { path: '/api/token', account: room.account };
  await spotify.control.addRule({ when, times: 1, ...faults.invalidGrant() });
  expectProblem(await room.host.post('/api/spotify/refresh?force=1'), 409, 'spotify_reconnect');
  expect(await grantOf(room)).toMatchObject({ sealedRefresh: null, keptRefresh: expect.stringMatching(/^v1\./) });
  return room;
}

describe('TK8 a grant that seems to have ended', () => {
  test('is tried once more after an hour by the housekeeping, and is back without a word', async () => {
    const room = await endedOnce();
    const guest = await join(room);
    expectProblem(await room.host.post(`${room.path}/playback/pause`), 409, 'spotify_reconnect');
    await pass(59);
    await cleanUp();
    expect((await room.host.get('/api/spotify/status')).body).toEqual({ authenticated: false });
    expect([await refreshes(room), (await snapshotOf(room)).spotify.status]).toEqual([1, 'reconnect']);
    const { version } = await snapshotOf(room);
    await pass(2);
    const said = jest.spyOn(log, 'info');
    expect(await cleanUp()).toBe('done');
    expect(said.mock.calls).toContainEqual(['spotify.grant_came_back']);
    const after = (await guest.get(room.path)).body.snapshot;
    expect([await refreshes(room), after.spotify]).toEqual([2, { status: 'connected' }]);
    expect(after.version).toBeGreaterThan(version);
    expect(await grantOf(room)).toMatchObject({ sealedRefresh: expect.any(String), keptRefresh: null });
    expect((await room.host.get('/api/spotify/status')).body.authenticated).toBe(true);
    expect((await room.host.post(`${room.path}/playback/pause`)).status).toBe(204);
  });

  test('is tried by whoever asks then, once', async () => {
    const room = await endedOnce();
    await pass(61);
    const [first] = await Promise.all([
      room.host.post('/api/spotify/refresh'),
      room.host.get('/api/spotify/status'),
      room.host.post(`${room.path}/playback/pause`),
      cleanUp(),
    ]);
    expect(first.status).toBe(200);
    expect(await refreshes(room)).toBe(2);
  });

  test('is tried by one instance alone', async () => {
    const { sessionId = '' } = (await grantOf(await endedOnce())) ?? {};
    expect(await claimSecondTry(sessionId, 'too early', 15)).toBeNull();
    await pass(61);
    const claims = await Promise.all(['one', 'another'].map((holder) => claimSecondTry(sessionId, holder, 15)));
    expect(claims.filter((claim) => claim !== null)).toHaveLength(1);
  });

  test.each([
    ['refuses it again', faults.invalidGrant()],
    ['does not answer', faults.tokenOutage()],
  ])('is over, and deleted, when Spotify %s', async (_how, fault) => {
    const room = await endedOnce();
    await spotify.control.addRule({ when: { path: '/api/token', account: room.account }, ...fault });
    await pass(61);
    expectProblem(await room.host.post(`${room.path}/playback/pause`), 409, 'spotify_reconnect');
    expect(await grantOf(room)).toMatchObject({ sealedRefresh: null, keptRefresh: null });
    await cleanUp();
    expectProblem(await room.host.post(`${room.path}/playback/pause`), 409, 'spotify_reconnect');
    expect(await refreshes(room)).toBe(2);
  });

  test('waits while Spotify wants no token requests, but no longer than two hours', async () => {
    const room = await endedOnce();
    await pass(61);
    await providerOf({ world: null, clientId: null }).gate.block('rate_limit', 60, 'token');
    await cleanUp();
    expect(await refreshes(room)).toBe(1);
    await purge();
    expect(await grantOf(room)).toMatchObject({ keptRefresh: expect.any(String) });
    await pass(60);
    await purge();
    expect(await grantOf(room)).toMatchObject({ keptRefresh: null });
  });

  test('is tried before what was kept for it is too old, where nobody was there for a day', async () => {
    const room = await endedOnce();
    await pass(24 * 60);
    await cleanUp();
    expect((await snapshotOf(room)).spotify.status).toBe('connected');
  });

  test('is replaced by a new login at once', async () => {
    const room = await endedOnce();
    await logIn(room.host, room.account);
    expect(await grantOf(room)).toMatchObject({ sealedRefresh: expect.any(String), keptRefresh: null });
    expect((await snapshotOf(room)).spotify.status).toBe('connected');
  });
});

describe('TK8 nothing is kept any more after', () => {
  test.each([
    ['Disconnect', (room: Party) => room.host.send('DELETE', '/api/spotify/connection')],
    ['Log out', (room: Party) => room.host.send('DELETE', '/api/session')],
    [
      'Log out everywhere else, somewhere else',
      async (room: Party) => {
        // Hosts a party of its own, and so does not take this room over (LG7).
        const elsewhere = await makeRoom();
        await join(elsewhere);
        await logIn(elsewhere.host, room.account);
        expect(await grantOf(room)).toMatchObject({ keptRefresh: expect.any(String) });
        return elsewhere.host.send('DELETE', '/api/session?others=1');
      },
    ],
    [
      'another device as host',
      async (room: Party) => {
        const { code } = (await room.host.post(`${room.path}/transfer`)).body.transfer;
        return new AppClient().post('/api/transfers', { code });
      },
    ],
  ])('%s', async (_what, press) => {
    const room = await endedOnce();
    expect((await press(room)).status).toBeLessThan(300);
    const { rows } = await getPool().query(`SELECT 1 FROM "SpotifyToken" WHERE "keptRefresh" IS NOT NULL`);
    expect(rows).toEqual([]);
  });
});
