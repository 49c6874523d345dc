import { getPool } from '@/lib/server/db/connection/pool';
import { faults } from '@/simulator/control-client';
import { AppClient, makeParty, makeRoom } from '@/testing/people/app-client';
import { expectProblem } from '@/testing/jest/matchers';
import { setUpSimulator } from '@/testing/engine/set-up-simulator';
import { claimRefresh, saveRefreshed } from '@/lib/server/db/spotify-tokens';
import { reconnectBy } from './grant-end';
import { withSpotify } from './with-spotify';
import { requireToken } from './token-keeper';
import { decryptToken, encryptTokens } from './encryption';

const spotify = setUpSimulator();

interface Host {
  readonly client: AppClient;
  readonly account: string;
  readonly sessionId: string;
  readonly path: string;
}

async function connectedHost(): Promise<Host> {
  const { host, path, account } = await makeParty(spotify);
  const { rows } = await getPool().query(`SELECT "hostSessionId" FROM "Room" WHERE "code" = $1`, [path.slice(-6)]);
  return { client: host, account, sessionId: rows[0].hostSessionId, path };
}

/** Lets the stored access token have so many seconds left. */
const setSecondsLeft = (host: Host, seconds: number): Promise<unknown> =>
  getPool().query(`UPDATE "SpotifyToken" SET "expiresAt" = now() + make_interval(secs => $2) WHERE "sessionId" = $1`, [
    host.sessionId,
    seconds,
  ]);

const refreshes = (host: Host) => spotify.control.calls({ account: host.account, grantType: 'refresh_token' });
const status = async (host: Host) => (await host.client.get('/api/spotify/status')).body;

describe('TK1 the leeway', () => {
  test.each([
    [61, 0],
    [59, 1],
    [0, 1],
    [-600, 1],
  ])('%i s left: %i refreshes', async (seconds, expected) => {
    const host = await connectedHost();
    await setSecondsLeft(host, seconds + (seconds === 61 ? 4 : 0));
    const { authenticated, expiresAt } = await status(host);
    expect(authenticated).toBe(true);
    expect(await refreshes(host)).toHaveLength(expected);
    if (expected === 1) expect(Date.parse(expiresAt) - Date.now()).toBeGreaterThan(3_500_000);
  });
});

describe('TK2 one refresh at a time', () => {
  test('60 requests with an expired token: one', async () => {
    const host = await connectedHost();
    await setSecondsLeft(host, -10);
    const answers = await Promise.all(Array.from({ length: 60 }, () => status(host)));
    expect(answers.every(({ authenticated }) => authenticated === true)).toBe(true);
    expect(await refreshes(host)).toHaveLength(1);
  });

  test('forced ones that overlap share a call; one after the other each makes its own', async () => {
    const host = await connectedHost();
    const force = () => host.client.post('/api/spotify/refresh?force=1');
    const together = await Promise.all(Array.from({ length: 10 }, force));
    expect(together.map((answer) => answer.status)).toEqual(Array.from({ length: 10 }, () => 200));
    expect(await refreshes(host)).toHaveLength(1);
    await force();
    expect(await refreshes(host)).toHaveLength(2);
  });

  test('whoever waits for another instance gets what it stored', async () => {
    const host = await connectedHost();
    await setSecondsLeft(host, -10);
    const before = await requireToken(host.sessionId);
    expect(await claimRefresh(host.sessionId, before.version, 'another instance', 15)).toBe(true);
    const waiting = status(host);
    const sealed = encryptTokens(host.sessionId, 'new-access', 'new-refresh');
    const token = { ...sealed, scope: before.scope, expiresInSeconds: 3_600, startedSecondsAgo: 0 };
    expect(await saveRefreshed(host.sessionId, before.version, 'another instance', token)).toBe(true);
    expect((await waiting).authenticated).toBe(true);
    expect(await refreshes(host)).toHaveLength(0);
  });

  test('a claim whose holder died ends, and a late holder overwrites nothing', async () => {
    const host = await connectedHost();
    await setSecondsLeft(host, -10);
    const before = await requireToken(host.sessionId);
    await claimRefresh(host.sessionId, before.version, 'dead instance', 15);
    await getPool().query(
      `UPDATE "SpotifyToken" SET "refreshLeaseUntil" = now() - interval '1 second' WHERE "sessionId" = $1`,
      [host.sessionId],
    );
    expect((await status(host)).authenticated).toBe(true);
    expect(await refreshes(host)).toHaveLength(1);
    const sealed = encryptTokens(host.sessionId, 'late', 'late');
    const token = { ...sealed, scope: '', expiresInSeconds: 3_600, startedSecondsAgo: 0 };
    expect(await saveRefreshed(host.sessionId, before.version, 'dead instance', token)).toBe(false);
  });
});

describe('TK3 the refresh token', () => {
  test('omitted: the old one stays', async () => {
    const host = await connectedHost();
    const before = await requireToken(host.sessionId);
    await host.client.post('/api/spotify/refresh?force=1');
    const after = await requireToken(host.sessionId);
    const open = (sealed: string) => decryptToken(host.sessionId, 'refresh', sealed);
    expect(open(after.sealedRefresh)).toBe(open(before.sealedRefresh));
    expect(after.sealedAccess).not.toBe(before.sealedAccess);
  });

  test('rotated, and the old one dead at once: the new one replaces it, again and again', async () => {
    const host = await connectedHost();
    await spotify.control.change({ refreshMode: 'rotate' });
    for (let round = 1; round <= 3; round += 1) {
      expect((await host.client.post('/api/spotify/refresh?force=1')).status).toBe(200);
      expect(await refreshes(host)).toHaveLength(round);
    }
    await spotify.control.change({ refreshMode: 'omit' });
    expect((await status(host)).authenticated).toBe(true);
  });
});

/** Lets the database refuse the next write of this host's tokens, as one does that is being shut down. */
async function failNextSave({ sessionId }: Host): Promise<() => Promise<unknown>> {
  await getPool().query(`
    CREATE SEQUENCE refused_saves;
    CREATE FUNCTION refuse_save() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      IF nextval('refused_saves') = 1 THEN RAISE EXCEPTION 'shutting down' USING ERRCODE = '57P01'; END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER refuse_save BEFORE UPDATE OF "sealedRefresh" ON "SpotifyToken" FOR EACH ROW
      WHEN (NEW."sessionId" = '${sessionId}') EXECUTE FUNCTION refuse_save()`);
  return () =>
    getPool().query(
      `DROP TRIGGER refuse_save ON "SpotifyToken"; DROP FUNCTION refuse_save; DROP SEQUENCE refused_saves`,
    );
}

test('AP8 a new refresh token that the database does not take at once is not lost', async () => {
  const host = await connectedHost();
  const restore = await failNextSave(host);
  const when = { path: '/api/token', account: host.account };
  await spotify.control.addRule({ when, ...faults.token({ refreshToken: 'rotate' }) });
  try {
    for (let round = 1; round <= 2; round += 1) {
      expect((await host.client.post('/api/spotify/refresh?force=1')).status).toBe(200);
      expect(await refreshes(host)).toHaveLength(round);
    }
  } finally {
    await restore();
  }
});

describe('TK4 the end of a grant', () => {
  // Those that ended in another file look like an outage.
  beforeEach(() => getPool().query(`UPDATE "SpotifyToken" SET "grantEndedAt" = NULL`));

  test('invalid_grant: tokens are gone, the account stays known, the room says so', async () => {
    const host = await connectedHost();
    await spotify.control.revokeGrants(host.account, { accessTokens: true });
    expectProblem(await host.client.post('/api/spotify/refresh?force=1'), 409, 'spotify_reconnect');
    expect(await status(host)).toEqual({ authenticated: false });
    const { rows } = await getPool().query(`SELECT * FROM "SpotifyToken" WHERE "sessionId" = $1`, [host.sessionId]);
    expect(rows[0]).toMatchObject({ sealedAccess: null, sealedRefresh: null, accountId: expect.any(String) });
    expect((await host.client.get(host.path)).body.snapshot.spotify).toEqual({ status: 'reconnect' });
    const again = await host.client.fetch('GET', '/api/spotify/authorize');
    expect(new URL(again.headers.get('location') ?? '').searchParams.get('show_dialog')).toBe('true');
    await getPool().query(
      `UPDATE "SpotifyToken" SET "grantEndedAt" = now() - interval '1 day' WHERE "sessionId" = $1`,
      [host.sessionId],
    );
  });

  test('a third account refused within minutes is an outage: nothing is deleted', async () => {
    for (let index = 0; index < 2; index += 1) {
      const other = await connectedHost();
      await getPool().query(`UPDATE "SpotifyToken" SET "grantEndedAt" = now() WHERE "sessionId" = $1`, [
        other.sessionId,
      ]);
    }
    const host = await connectedHost();
    await spotify.control.addRule({
      when: { path: '/api/token', account: host.account },
      times: 1,
      ...faults.invalidGrant(),
    });
    expectProblem(await host.client.post('/api/spotify/refresh?force=1'), 502, 'spotify_unavailable');
    expect((await status(host)).authenticated).toBe(true);
    expect((await host.client.post('/api/spotify/refresh?force=1')).status).toBe(200);
    await getPool().query(`UPDATE "SpotifyToken" SET "grantEndedAt" = NULL`);
  });
});

describe('TK5 passing failures', () => {
  test.each([
    ['an outage', faults.tokenOutage()],
    ['a page', faults.tokenHtml()],
    ['a refused client', faults.invalidClient()],
    ['a rate limit', faults.rateLimitedText(1)],
    ['a broken connection', faults.resetBefore()],
    ['an absurd expiry', faults.token({ fields: { expires_in: 0.5 } })],
  ])('%s changes nothing, and a living token goes on being used', async (_what, fault) => {
    const host = await connectedHost();
    await setSecondsLeft(host, 30);
    const before = await requireToken(host.sessionId);
    await spotify.control.addRule({ when: { path: '/api/token', account: host.account }, ...fault });
    expect((await status(host)).authenticated).toBe(true);
    expectProblem(await host.client.post('/api/spotify/refresh'), 502, 'spotify_unavailable');
    await expect(withSpotify(host.sessionId, (client) => client.getDevices())).resolves.toHaveLength(4);
    const after = await requireToken(host.sessionId);
    expect([after.sealedAccess, after.sealedRefresh, after.version]).toEqual([
      before.sealedAccess,
      before.sealedRefresh,
      before.version,
    ]);
  });
});

describe('TK6 a 401 from the Web API', () => {
  test('brings one refresh and one repetition', async () => {
    const host = await connectedHost();
    await spotify.control.expireTokens(host.account);
    expect((await host.client.post(`${host.path}/playback/pause`)).status).toBe(204);
    expect(await refreshes(host)).toHaveLength(1);
  });

  test('never more, however often it comes', async () => {
    const host = await connectedHost();
    const path = '/v1/me/player/pause';
    await spotify.control.addRule({ when: { path, account: host.account }, ...faults.accessTokenRefused() });
    expectProblem(await host.client.post(`${host.path}/playback/pause`), 502, 'spotify_unavailable');
    expect(await refreshes(host)).toHaveLength(1);
    expect(await spotify.control.calls({ account: host.account, path })).toHaveLength(2);
    expect((await status(host)).authenticated).toBe(true);
  });
});

describe('what is asked without a login', () => {
  test('status and refresh', async () => {
    expect((await new AppClient().get('/api/spotify/status')).body).toEqual({ authenticated: false });
    expectProblem(await new AppClient().post('/api/spotify/refresh'), 409, 'spotify_not_connected');
    const { host } = await makeRoom();
    expectProblem(await host.post('/api/spotify/refresh?force=1'), 409, 'spotify_not_connected');
  });
});

test.each([
  ['2026-05-24T10:00:00.000Z', '2026-11-24T10:00:00.000Z'],
  ['2026-08-31T10:00:00.000Z', '2027-02-28T10:00:00.000Z'],
  ['2027-08-31T23:59:59.999Z', '2028-02-29T23:59:59.999Z'],
  ['2026-12-31T00:00:00.000Z', '2027-06-30T00:00:00.000Z'],
])('reconnectBy is six calendar months after %s', (from, by) => {
  expect(reconnectBy(new Date(from)).toISOString()).toBe(by);
});
