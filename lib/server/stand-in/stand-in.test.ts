import { getPool } from '@/lib/server/db/connection/pool';
import { stopInstance } from '@/lib/server/lifecycle';
import { answerSimulatedSpotify } from '@/lib/server/simulated-spotify';
import { expectProblem } from '@/testing/jest/matchers';
import { AppClient, makeRoom, origin } from '@/testing/people/app-client';
import { type Party, snapshotOf } from '@/testing/people/party';
import { beginLogin } from '@/testing/people/spotify-login';
import { siteWorld } from './address';
import { inWorld } from './world';

/** Every request that leaves this process. */
const leaving = jest.spyOn(globalThis, 'fetch');

beforeAll(() => {
  // A site with nothing but the stand-in: as a preview is, and a demo without a Spotify app.
  for (const name of Object.keys(process.env)) if (name.startsWith('SPOTIFY_')) delete process.env[name];
  process.env['DEMO'] = 'on';
});

afterEach(() => {
  // Nobody outside was asked anything by any test.
  expect(leaving).not.toHaveBeenCalled();
});

afterAll(async () => {
  await stopInstance();
  leaving.mockRestore();
});

function open(url: string, init: RequestInit = {}): Promise<Response> {
  return answerSimulatedSpotify(new Request(url, init));
}

async function agree(authorize: URL, account: string): Promise<string> {
  const form = new URLSearchParams(authorize.search);
  form.set('account', account);
  form.set('decision', 'agree');
  const headers = { 'content-type': 'application/x-www-form-urlencoded', origin, host: '127.0.0.1:3000' };
  const response = await open(authorize.origin + authorize.pathname, {
    method: 'POST',
    body: form.toString(),
    headers,
  });
  expect(response.status).toBe(303);
  return response.headers.get('location') ?? '';
}

/** A room whose host logged in with one of the stand-in's accounts. */
async function hostWith(account: string): Promise<Party> {
  const room = await makeRoom();
  const callback = new URL(await agree(await beginLogin(room.host), account));
  const { headers } = await room.host.fetch('GET', callback.pathname + callback.search);
  expect(headers.get('location')).toBe('/?spotify=connected');
  return { ...room, account };
}

test('a whole login goes through the site’s own pages, and the room plays and obeys', async () => {
  const host = new AppClient();
  const authorize = await beginLogin(host);
  expect(authorize.origin + authorize.pathname).toBe(`${origin}/simulated-spotify/authorize`);
  const page = await open(authorize.href);
  expect(page.status).toBe(200);
  const html = await page.text();
  expect(html).toContain('Alex Example');
  expect(html.match(/(?:action|href)="\/[^"]*"/g)).toEqual(['action="/simulated-spotify/authorize"']);

  const room = await hostWith('alex');
  const { spotify, playback } = await snapshotOf(room);
  expect([spotify.status, playback.status]).toEqual(['connected', 'playing']);
  expect((await room.host.post(`${room.path}/playback/pause`)).status).toBe(204);
  expect((await snapshotOf(room)).playback.status).toBe('paused');
  expect((await room.host.get(`${room.path}/search?q=kettle`)).body.tracks.length).toBeGreaterThan(0);
  expect((await room.host.post('/api/spotify/refresh?force=1')).status).toBe(200);
});

test('WB-05 a form without an end is not read to it', async () => {
  let read = 0;
  const endless = new ReadableStream<Uint8Array>({
    pull(controller) {
      read += 4_096;
      controller.enqueue(new Uint8Array(4_096));
    },
  });
  const init = { method: 'POST', body: endless, duplex: 'half' };
  expect((await open(`${origin}/simulated-spotify/authorize`, init)).status).toBe(413);
  expect(read).toBeLessThan(64 * 1_024);
});

test('the host’s own phone is there too, and every way from it leads back', async () => {
  const phone = await open(`${origin}/simulated-spotify/?account=sam`);
  const html = await phone.text();
  expect(html).toContain('Sam’s Spotify app');
  const ways = html.match(/(?:action|href)="\/[^"]*"/g) ?? [];
  expect(ways.length).toBeGreaterThan(1);
  for (const way of ways) expect(way).toMatch(/="\/simulated-spotify\/\?account=\w+"$/);
  const pressed = await open(`${origin}/simulated-spotify/?account=sam`, { method: 'POST', body: 'press=pause' });
  expect([pressed.status, pressed.headers.get('location')]).toEqual([303, '/simulated-spotify/?account=sam']);
  expect(await inWorld(siteWorld, (world) => world.players.report('sam').playing)).toBe(false);
});

test('the services are nobody’s but this process’s: browsers find neither tokens nor the Web API', async () => {
  for (const path of ['/api/token', '/v1/me', '/v1/me/player', '/control/reset', '/nothing']) {
    expect((await open(`${origin}/simulated-spotify${path}`)).status).toBe(404);
    expect((await open(`${origin}/simulated-spotify${path}`, { method: 'POST', body: 'x' })).status).toBe(404);
  }
});

test('a form that another site’s page sends is refused', async () => {
  const headers = { origin: 'https://evil.example', host: '127.0.0.1:3000' };
  const response = await open(`${origin}/simulated-spotify/authorize`, { method: 'POST', body: 'a=b', headers });
  expect(response.status).toBe(403);
});

test('visits to a world come one after the other, so that no instance undoes what another did', async () => {
  const visits = Array.from({ length: 12 }, (_, index) =>
    inWorld('busy', (world) => world.grants.openGrant('alex', [String(index)], 0).id),
  );
  const ids = await Promise.all(visits);
  expect(ids.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 12 }, (_, index) => index + 1));
});

test('a world is as its last visitor left it: a player that began goes on, and does not begin anew', async () => {
  const begun = () => inWorld('still', (world) => world.players.report('alex').begun);
  const first = await begun();
  expect(first).toHaveLength(1);
  expect(await begun()).toEqual(first);
});

test('what is stored of it opens nothing: no token and no code in clear', async () => {
  const room = await hostWith('sam');
  const tokens = await inWorld(siteWorld, (world) => {
    const grant = world.grants.openGrant('sam', [], Date.now());
    return [world.grants.issueAccessToken(grant, [], Date.now() + 60_000), world.grants.issueRefreshToken(grant)];
  });
  const { rows } = await getPool().query(`SELECT "state" FROM "SimulatedSpotify" WHERE "world" = $1`, [siteWorld]);
  for (const token of tokens) expect(rows[0].state).not.toContain(token);
  expect((await snapshotOf(room)).spotify.status).toBe('connected');
});

test('a grant of Spotify’s is not used here, nor even opened: it may be the operator’s', async () => {
  const room = await hostWith('kim');
  await getPool().query(
    `UPDATE "SpotifyToken" SET "world" = NULL, "expiresAt" = now() - interval '1 minute', "sealedRefresh" = 'sealed elsewhere'
     WHERE "sessionId" = (SELECT "hostSessionId" FROM "Room" WHERE "code" = $1)`,
    [room.code],
  );
  expectProblem(await room.host.post(`${room.path}/playback/pause`), 409, 'spotify_not_connected');
  expectProblem(await room.host.post('/api/spotify/refresh?force=1'), 409, 'spotify_not_connected');
  const { rows } = await getPool().query(
    `SELECT "sealedRefresh" FROM "SpotifyToken" WHERE "sealedRefresh" = 'sealed elsewhere'`,
  );
  expect(rows).toHaveLength(1);
});
