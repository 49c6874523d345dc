import { getPool } from '@/lib/server/db/connection/pool';
import { readLoginOutcome } from './login-outcome';
import { requireTrack } from '@/simulator/catalogue/catalogue';
import { faults } from '@/simulator/control-client';
import { setUpSimulator } from '@/testing/engine/set-up-simulator';
import { expectProblem } from '@/testing/jest/matchers';
import { AppClient, makeParty, origin } from '@/testing/people/app-client';
import { chooseApp, makeApp } from '@/testing/people/own-app';
import { hostRoom, type Party, snapshotOf } from '@/testing/people/party';
import { beginLogin, consent, logIn } from '@/testing/people/spotify-login';
import { until } from '@/testing/until';

const spotify = setUpSimulator();
const redirectUri = `${origin}/api/spotify/callback`;
const readApp = async (person: AppClient) => (await person.get('/api/spotify/app')).body;
const forgetApp = async (person: AppClient) => (await person.send('DELETE', '/api/spotify/app')).status;
const isConnected = async (person: AppClient): Promise<boolean> =>
  (await person.get('/api/spotify/status')).body.authenticated;
const refresh = (person: AppClient) => person.post('/api/spotify/refresh?force=1');

/** Somebody with an app of their own. */
async function ownerOf(more: Parameters<typeof makeApp>[3] = {}) {
  const [host, account] = [new AppClient(), await spotify.account()];
  const clientId = await makeApp(spotify.control, account, host, more);
  expect((await chooseApp(host, clientId)).status).toBe(200);
  return { host, account, clientId };
}

/** A room that plays through its host's own app. */
async function ownParty(more: Parameters<typeof makeApp>[3] = {}): Promise<Party & { clientId: string }> {
  const { host, account, clientId } = await ownerOf(more);
  const room = await hostRoom(host);
  expect(await logIn(host, account)).toBe('/?spotify=connected');
  return { ...room, account, clientId };
}

/** What calls the gate has counted for an app. */
async function counted(clientId: string): Promise<number> {
  const text = `SELECT coalesce(sum("calls"), 0)::int AS "n" FROM "OwnAppCallCount" WHERE "clientId" = $1`;
  return (await getPool().query(text, [clientId])).rows[0].n;
}

describe('AP1 a client id is kept with the session', () => {
  test('in lower case, and said to nobody else', async () => {
    const host = new AppClient();
    const nobody = { own: null, operator: true, allowed: true, redirectUri };
    expect(await readApp(host)).toEqual(nobody);
    expect(host.cookies.size).toBe(0);
    const { status, body } = await chooseApp(host, 'ABCDEF0123456789abcdef0123456789');
    expect([status, body]).toEqual([200, { ...nobody, own: { clientId: 'abcdef0123456789abcdef0123456789' } }]);
    expect(await readApp(host)).toEqual(body);
    expect(await readApp(new AppClient())).toEqual(nobody);
    expect([await forgetApp(host), await forgetApp(host), await forgetApp(new AppClient())]).toEqual([204, 204, 204]);
    expect(await readApp(host)).toEqual(nobody);
  });

  test.each([[''], ['abc'], ['g'.repeat(32)], ['a'.repeat(33)], [` ${'a'.repeat(32)}`], [42], [null]])(
    '%j is none',
    async (clientId) => {
      const host = new AppClient();
      expectProblem(await host.send('PUT', '/api/spotify/app', { json: { clientId } }), 400, 'invalid_request');
      expect(host.cookies.size).toBe(0);
    },
  );

  test('on another address of this computer it is of no use', async () => {
    const elsewhere = { json: { clientId: 'a'.repeat(32) }, headers: { host: '127.0.0.2:3000' } };
    expectProblem(await new AppClient().send('PUT', '/api/spotify/app', elsewhere), 409, 'use_app_url');
  });

  test('and outlives Disconnect, but not logging out', async () => {
    const { host, clientId } = await ownParty();
    await host.send('DELETE', '/api/spotify/connection');
    expect((await readApp(host)).own).toEqual({ clientId });
    await host.send('DELETE', '/api/session');
    const { rowCount } = await getPool().query(`SELECT 1 FROM "Session" WHERE "spotifyClientId" = $1`, [clientId]);
    expect(rowCount).toBe(0);
  });
});

describe('AP3 without a secret', () => {
  test('a login and its refreshes name the app in the body, and nothing of the deployment’s', async () => {
    const { host, account, clientId } = await ownerOf();
    const authorize = await beginLogin(host);
    expect(authorize.searchParams.get('client_id')).toBe(clientId);
    expect((await host.fetch('GET', await consent(authorize, account))).headers.get('location')).toContain('connected');
    for (let round = 0; round < 2; round += 1) expect((await refresh(host)).status).toBe(200);
    const calls = await spotify.control.calls({ account, path: '/api/token' });
    expect(calls.map(({ clientId: id, status }) => [id, status])).toEqual([
      [clientId, 200],
      [clientId, 200],
      [clientId, 200],
    ]);
  });

  test.each(['rotate', 'omit'] as const)('TK3 refresh tokens: %s', async (refreshMode) => {
    const { host } = await ownParty({ refreshMode });
    for (let round = 0; round < 3; round += 1) expect((await refresh(host)).status).toBe(200);
    expect(await isConnected(host)).toBe(true);
  });

  test('a grant stays with the app that it was made with, whatever the session uses next', async () => {
    const { host, account, clientId } = await ownParty();
    const other = new AppClient();
    await chooseApp(other, await makeApp(spotify.control, account, other, { allowList: [account] }));
    await getPool().query(`UPDATE "Session" SET "spotifyClientId" = NULL WHERE "spotifyClientId" = $1`, [clientId]);
    await refresh(host);
    expect((await spotify.control.calls({ account, grantType: 'refresh_token' })).at(-1)?.clientId).toBe(clientId);
  });
});

describe('AP4 another app', () => {
  test('forgets the connection of the one before, as Disconnect does; the same one changes nothing', async () => {
    const party = await ownParty();
    const { host, clientId } = party;
    expect((await chooseApp(host, clientId.toUpperCase())).status).toBe(200);
    expect([await isConnected(host), (await snapshotOf(party)).spotify.status]).toEqual([true, 'connected']);
    expect((await chooseApp(host, 'b'.repeat(32))).status).toBe(200);
    expect([await isConnected(host), (await snapshotOf(party)).spotify.status]).toEqual([false, 'not_connected']);
  });

  test('a connection with the deployment’s app is one with another app; forgetting an own one leaves it', async () => {
    const { host } = await makeParty(spotify);
    expect(await forgetApp(host)).toBe(204);
    expect(await isConnected(host)).toBe(true);
    await chooseApp(host, 'c'.repeat(32));
    expect(await isConnected(host)).toBe(false);
  });

  test('forgetting it forgets what was connected with it; the deployment’s own id is as good as that', async () => {
    const { host } = await ownParty();
    expect(await forgetApp(host)).toBe(204);
    expect([await isConnected(host), (await readApp(host)).own]).toEqual([false, null]);
  });

  test('a login on its way through the one before leads nowhere, also one that Spotify has answered', async () => {
    const { host, account } = await ownerOf();
    const callback = await consent(await beginLogin(host), account);
    await chooseApp(host, 'd'.repeat(32));
    expect((await host.fetch('GET', callback)).headers.get('location')).toBe('/?spotify=expired');
    expect(await spotify.control.calls({ account, path: '/api/token' })).toEqual([]);
    const late = await ownerOf();
    const profile = { path: '/v1/me', account: late.account };
    await spotify.control.addRule({ when: profile, times: 1, ...faults.hang() });
    const back = late.host.fetch('GET', await consent(await beginLogin(late.host), late.account));
    await spotify.control.waitForCalls(profile);
    await chooseApp(late.host, 'd'.repeat(32));
    await spotify.control.release();
    expect((await back).headers.get('location')).toBe('/?spotify=expired');
    expect([await isConnected(host), await isConnected(late.host)]).toEqual([false, false]);
  });

  test('a refresh under way stores nothing any more', async () => {
    const { host, account } = await ownParty();
    const refreshed = { path: '/api/token', account };
    await spotify.control.clearCalls();
    await spotify.control.addRule({ when: refreshed, times: 1, ...faults.hang() });
    const refreshing = refresh(host);
    await spotify.control.waitForCalls(refreshed);
    const next = await makeApp(spotify.control, account, host);
    await chooseApp(host, next);
    expect(await logIn(host, account)).toBe('/?spotify=connected');
    await spotify.control.release();
    await refreshing;
    expect((await refresh(host)).status).toBe(200);
    const last = (await spotify.control.calls({ account, grantType: 'refresh_token' })).at(-1);
    expect([last?.clientId, last?.status]).toEqual([next, 200]);
  });
});

describe('AP5 each app has its own blocks, budget and outages', () => {
  test('a block of one stops nobody else’s calls', async () => {
    const [blocked, other] = [await ownParty(), await ownParty()];
    const operators = await makeParty(spotify);
    await spotify.control.addRule({ when: { clientId: blocked.clientId, path: '/v1/*' }, ...faults.quotaExceeded() });
    const press = ({ host, path }: Party) => host.post(`${path}/playback/pause`);
    expect((await press(blocked)).body.code).toBe('spotify_rate_limited');
    expect([(await press(other)).status, (await press(operators)).status]).toEqual([204, 204]);
    await spotify.control.clearCalls();
    expect((await press(blocked)).status).toBe(503);
    expect(await spotify.control.calls({ clientId: blocked.clientId })).toEqual([]);
    expect((await refresh(blocked.host)).status).toBe(200);
  });

  test('a 429 of the accounts service as well', async () => {
    const [blocked, other] = [await ownParty(), await ownParty()];
    await spotify.control.addRule({
      when: { clientId: blocked.clientId, path: '/api/token' },
      ...faults.rateLimited(40),
    });
    expect([(await refresh(blocked.host)).status, (await refresh(other.host)).status]).toEqual([502, 200]);
    await spotify.control.clearCalls();
    await refresh(blocked.host);
    expect(await spotify.control.calls({ path: '/api/token' })).toEqual([]);
  });

  test('calls are counted for the app that they go through', async () => {
    const { host, path, clientId } = await ownParty();
    const before = await counted(clientId);
    await host.post(`${path}/queue`, { uri: requireTrack('Kettle').uri });
    expect(await counted(clientId)).toBeGreaterThan(before);
  });

  test('who has no grant moves nothing: not by failing, nor by asking for too much', async () => {
    const victim = await ownParty();
    const { clientId } = victim;
    const before = await counted(clientId);
    const stranger = new AppClient();
    await chooseApp(stranger, clientId);
    const account = await spotify.account();
    for (const rule of [
      { when: { account, path: '/v1/me' }, ...faults.quotaExceeded() },
      { when: { account, path: '/api/token' }, ...faults.rateLimited(4_000) },
      { when: { account, path: '/api/token' }, ...faults.invalidGrant() },
    ]) {
      await spotify.control.clearRules();
      await spotify.control.addRule(rule);
      expect(await logIn(stranger, account)).toBe('/?spotify=failed');
    }
    await spotify.control.clearRules();
    expect(await logIn(stranger, account)).toBe('/?spotify=not_allowed');
    expect(await counted(clientId)).toBe(before);
    expect((await refresh(victim.host)).status).toBe(200);
    expect((await victim.host.post(`${victim.path}/playback/pause`)).status).toBe(204);
  });

  test('TK4 three accounts refused by three apps are no outage', async () => {
    for (let index = 0; index < 3; index += 1) {
      const { host, account } = await ownParty();
      await spotify.control.revokeGrants(account);
      expectProblem(await refresh(host), 409, 'spotify_reconnect');
    }
  });
});

describe('AP6 what is wrong with an own app is said to its host', () => {
  test('deleted in the middle of the party: the room says so, nothing stored is lost, and another app brings the music back', async () => {
    const party = await ownParty();
    const { host, account, clientId } = party;
    await spotify.control.deleteApp(clientId);
    await spotify.control.expireTokens(account);
    await host.post(`${party.path}/playback/pause`);
    const shown = await until(async () => {
      const { spotify: state } = await snapshotOf(party);
      return state.status === 'connected' ? null : state;
    });
    expect(shown).toEqual({ status: 'not_allowed', detail: expect.stringMatching(/the host’s own app/) });
    expect(await isConnected(host)).toBe(true);
    await chooseApp(host, await makeApp(spotify.control, account, host));
    expect(await logIn(host, account)).toBe('/?spotify=connected');
    expect((await snapshotOf(party)).spotify).toEqual({ status: 'connected' });
    expect((await host.post(`${party.path}/playback/play`)).status).toBe(204);
  });

  test.each([
    ['not on its list', { owner: 'alex' }, '/?spotify=not_allowed', 'own_app_not_allowed'],
    ['its owner without Premium', { ownerHasPremium: false }, '/?spotify=not_allowed', 'own_app_not_premium'],
  ])('%s', async (_, more, address, outcome) => {
    const { host, account } = await ownerOf(more);
    expect(await logIn(host, account)).toBe(address);
    expect(await readLoginOutcome(host.headers['cookie'] ?? null, 'not_allowed')).toBe(outcome);
  });

  test('gone while its owner agrees', async () => {
    const { host, account, clientId } = await ownerOf();
    const callback = await consent(await beginLogin(host), account);
    await spotify.control.deleteApp(clientId);
    expect((await host.fetch('GET', callback)).headers.get('location')).toBe('/?spotify=failed');
    expect(await readLoginOutcome(host.headers['cookie'] ?? null, 'failed')).toBe('own_app_refused');
  });
});

test('LG7 an account is the same whichever app it used; the app goes with the newest grant', async () => {
  const party = await makeParty(spotify);
  const elsewhere = new AppClient();
  const clientId = await makeApp(spotify.control, party.account, elsewhere);
  await chooseApp(elsewhere, clientId);
  expect(await logIn(elsewhere, party.account)).toBe(`/room/${party.code}?spotify=connected`);
  await spotify.control.clearCalls();
  expect((await elsewhere.post(`${party.path}/playback/pause`)).status).toBe(204);
  expect((await spotify.control.calls({ account: party.account })).at(-1)?.clientId).toBe(clientId);
  expectProblem(await refresh(party.host), 409, 'spotify_not_connected');
});

test('TR2 the app goes along when the host goes on on another device', async () => {
  const party = await ownParty();
  const { code } = (await party.host.post(`${party.path}/transfer`)).body.transfer;
  const phone = new AppClient();
  expect((await phone.post('/api/transfers', { code })).status).toBe(200);
  expect((await readApp(phone)).own).toEqual({ clientId: party.clientId });
  expect((await refresh(phone)).status).toBe(200);
  const last = (await spotify.control.calls({ account: party.account, grantType: 'refresh_token' })).at(-1);
  expect([last?.clientId, last?.status]).toEqual([party.clientId, 200]);
});
