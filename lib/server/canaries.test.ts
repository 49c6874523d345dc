import { getPool } from '@/lib/server/db/connection/pool';
import { faults } from '@/simulator/control-client';
import { AppClient, join, makeParty } from '@/testing/people/app-client';
import { readEvents } from '@/testing/people/event-reader';
import { snapshotOf } from '@/testing/people/party';
import { keepWrittenLines } from '@/testing/written-lines';
import { setUpSimulator } from '@/testing/engine/set-up-simulator';
import { add, idOf, songs, uriOf, vote } from '@/testing/engine/quiet-room';
import { until } from '@/testing/until';
import { decryptToken } from './auth/encryption';

process.env['LOG_LEVEL'] = 'debug';
process.env['METRICS_TOKEN'] = 'canary-of-the-metrics';
const spotify = setUpSimulator();

interface Grant {
  readonly sessionId: string;
  readonly sealedAccess: string;
  readonly sealedRefresh: string;
  readonly accountId: string;
  readonly displayName: string;
}

async function grantOf(code: string): Promise<Grant> {
  const found = await getPool().query<Grant>(
    'SELECT t.* FROM "SpotifyToken" t JOIN "Room" r ON r."hostSessionId" = t."sessionId" WHERE r."code" = $1',
    [code],
  );
  const [grant] = found.rows;
  if (grant === undefined) throw new Error('The host has no grant.');
  return grant;
}

/** Both tokens of a host as Spotify knows them. */
function tokensOf({ sessionId, sealedAccess, sealedRefresh }: Grant): readonly string[] {
  const tokens = [decryptToken(sessionId, 'access', sealedAccess), decryptToken(sessionId, 'refresh', sealedRefresh)];
  return tokens.map((token) => token ?? '');
}

test('after a party with everything that can go wrong, no secret and nobody’s name is in the log or the figures', async () => {
  const lines = keepWrittenLines();
  const text = (): string => [...lines.out, ...lines.err].join('');
  try {
    const room = await makeParty(spotify, { name: 'Canary kitchen', hostName: 'Canary host' });
    const guest = await join(room, 'Canary guest');
    const stream = await readEvents(guest, room.path);
    await stream.next('snapshot');
    const before = await grantOf(room.code);
    // What goes well.
    await guest.get(`${room.path}/search?q=canarywords`);
    const item = idOf(await add(guest, room, uriOf(0)));
    await vote(room.host, room, item, 1);
    await room.host.post(`${room.path}/playback/pause`);
    await room.host.post(`${room.path}/playback/play`);
    const { skip } = await snapshotOf(room);
    await guest.post(`${room.path}/skip-votes`, { playId: skip.playId });
    await room.host.post('/api/spotify/refresh?force=1');
    // What does not.
    await spotify.control.addRule({
      when: { path: '/v1/me/player/pause', account: room.account },
      ...faults.serverError(),
    });
    await room.host.post(`${room.path}/playback/pause`);
    await spotify.control.addRule({ when: { path: '/api/token', account: room.account }, ...faults.serverError() });
    await room.host.post('/api/spotify/refresh?force=1');
    await new AppClient().get('/api/spotify/callback?code=canarycode&state=canarystate');
    await new AppClient().get('/api/me', { headers: { cookie: 'roomtone_session=canarycookie' } });
    await new AppClient().post(`${room.path}/members`, { name: 'Canary\u0000' });
    await new AppClient().get('/api/rooms/CANARY');
    await new AppClient().get('/api/canarypath?canaryquery=1', { headers: { 'x-request-id': 'canary-request-id' } });
    await room.host.post(`${room.path}/queue`, { uri: 'canaryuri' });
    stream.close();
    await until(() => text().includes('"route":"/api/rooms/:code/queue"'));

    const scraped = await room.host.get('/api/metrics', { headers: { authorization: 'Bearer canary-of-the-metrics' } });
    expect(scraped.status).toBe(200);
    const figures = String(scraped.body);
    const after = await grantOf(room.code);
    const secrets = {
      code: room.code,
      names: ['canary'],
      cookies: [...room.host.cookies.values(), ...guest.cookies.values()],
      tokens: [...tokensOf(before), ...tokensOf(after), before.sealedAccess, before.sealedRefresh],
      accounts: [before.accountId, before.displayName],
      sessions: [before.sessionId],
      members: [guest.memberId, item],
      addresses: [room.host.address, guest.address],
      songs: [songs[0]?.name ?? '', uriOf(0)],
      configuration: [process.env['SESSION_SECRET'], process.env['SPOTIFY_CLIENT_SECRET'], process.env['DATABASE_URL']],
    };
    // The party was seen at all.
    for (const seen of ['request.answered', 'spotify.token_answer_unreadable', '"status":502', '"status":404'])
      expect(text()).toContain(seen);
    expect(figures).toMatch(/roomtone_commands_total\{command="pause",outcome="ok"\} [1-9]/);
    expect(figures).toMatch(/roomtone_commands_total\{command="pause",outcome="server_error"\} 1/);
    expect(figures).toMatch(/roomtone_spotify_calls_total\{kind="command",outcome="server_error"\} [1-9]/);
    expect(figures).toMatch(/roomtone_token_refreshes_total\{outcome="ok"\} 1/);
    expect(figures).toMatch(/roomtone_http_requests_total\{route="unknown",method="GET",status="404"\} [1-9]/);
    expect(figures).toMatch(/roomtone_rooms\{state="[a-z_]+"\} [1-9]/);
    for (const [kind, values] of Object.entries(secrets)) {
      for (const value of [values].flat()) {
        expect([kind, (value ?? '').length > 3]).toEqual([kind, true]);
        const said = [text(), figures].filter((words) => words.toLowerCase().includes((value ?? '').toLowerCase()));
        expect([kind, said.length]).toEqual([kind, 0]);
      }
    }
  } finally {
    lines.stop();
  }
});
