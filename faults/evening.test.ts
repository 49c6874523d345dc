import assert from 'node:assert/strict';
import { after } from 'node:test';
import { faults } from '@/simulator/control-client';
import { openTestServer, type TestServer } from '@/testing/deployments/test-server';
import { logIn } from '@/testing/people/spotify-login';
import { until } from '@/testing/until';
import { faultTest } from './fault';
import { expectSilence, OverheardParty } from './overheard-party';

const metricsToken = 'canary-of-the-metrics';

let server: TestServer | null = null;

after(() => server?.stop());

/** Songs that a guest finds and asks for. @returns their ids and what they are called */
async function addSongs(party: OverheardParty): Promise<{ readonly ids: string[]; readonly words: string[] }> {
  const { host, guests, path } = party;
  const found = (await guests[0]?.get(`${path}/search?q=a`))?.body.tracks.slice(0, 3);
  assert.equal(found.length, 3);
  const ids: string[] = [];
  for (const [index, person] of [host, ...guests].entries()) {
    const { status, body } = await person.post(`${path}/queue`, { uri: found[index].uri });
    assert.equal(status, 201);
    ids.push(body.item.id);
  }
  return { ids, words: found.flatMap(({ uri, name }: { uri: string; name: string }) => [uri, name]) };
}

faultTest('after an evening, neither the log nor the figures of a built server hold a secret', true, async () => {
  server = await openTestServer();
  const party = await OverheardParty.begin(server, { LOG_LEVEL: 'debug', METRICS_TOKEN: metricsToken });
  const { host, path, account, control } = party;
  const [first, second] = party.guests;
  assert.ok(first && second);
  const figures: string[] = [];
  const scrape = async (): Promise<string> => {
    const scraped = await host.get('/api/metrics', { headers: { authorization: `Bearer ${metricsToken}` } });
    assert.equal(scraped.status, 200);
    figures.push(String(scraped.body));
    return String(scraped.body);
  };
  try {
    await until(() => party.shown?.playback.status === 'playing');
    // What goes well: songs, votes, the remote, a skip that everybody wants, pages.
    const { ids, words } = await addSongs(party);
    assert.equal((await second.send('PUT', `${path}/queue/${ids[1]}/vote`, { json: { value: 1 } })).status, 200);
    for (const command of ['pause', 'play']) assert.equal((await host.post(`${path}/playback/${command}`)).status, 204);
    const playId = party.shown?.playback.playId;
    for (const guest of [first, second]) assert.equal((await guest.post(`${path}/skip-votes`, { playId })).status, 200);
    await until(() => words.includes(party.shown?.playback.track?.uri ?? ''));
    assert.equal((await first.get(`/room/${party.code}?canary=1`)).status, 200);
    await scrape();
    // What does not: Spotify, the database, people who guess, and people who send nonsense.
    await control.addRule({ when: { path: '/v1/me/player/pause', account }, times: 1, ...faults.resetBefore() });
    await control.addRule({ when: { path: '/v1/me/player', account }, times: 1, ...faults.serverErrorHtml() });
    assert.equal((await host.post(`${path}/playback/pause`)).status, 502);
    await control.addRule({ when: { path: '/api/token' }, times: 1, ...faults.tokenHtml() });
    await host.post('/api/spotify/refresh?force=1');
    assert.equal((await host.post('/api/spotify/refresh?force=1')).status, 200);
    const stranger = party.visitor('203.0.113.79');
    await control.addRule({ when: { path: '/api/token' }, times: 1, ...faults.token({ refreshToken: 'omit' }) });
    assert.match(await logIn(stranger, account), /spotify=failed/);
    await stranger.get('/api/spotify/callback?code=canary-code&state=canary-state');
    await stranger.get('/api/me', { headers: { cookie: 'roomtone_session=canary-cookie' } });
    await stranger.get('/api/rooms/CANARY');
    await stranger.get('/room/CANARY');
    await stranger.get('/canary/%E0%A4%A');
    await stranger.post(`${path}/members`, { name: 'Canary\u0000' });
    await first.post(`${path}/queue`, { uri: 'canary' }, { headers: { 'x-request-id': 'canary request' } });
    await party.withoutDatabase(async () => {
      const [asked, page] = await Promise.all([host.get(path), host.get(`/room/${party.code}`)]);
      assert.deepEqual([asked.status, page.status], [503, 503]);
    });
    await until(async () => (await host.get(path)).status === 200);
    await scrape();
    const known = await party.secrets();
    assert.equal(await party.end(), 0);
    const { out, err } = party.alone.written;
    const texts = { 'Standard output': out(), 'Standard error': err(), 'A figure': figures.join('\n') };
    // All that happened was seen.
    for (const event of [
      'instance.started',
      'request.answered',
      'spotify.token_answer_unreadable',
      'login.failed',
      'database.connection_lost',
    ])
      assert.match(out(), new RegExp(`"event":"${event}"`));
    // RL-13: of all of it an operator can do something about the database alone.
    assert.deepEqual(
      [...err().matchAll(/"event":"([\w.]+)"/g)].map(([, event]) => event),
      ['database.down'],
    );
    assert.match(texts['A figure'], /roomtone_commands_total\{command="next",outcome="ok"\} [1-9]/);
    assert.match(texts['A figure'], /roomtone_submissions_total\{kind="\w+",outcome="ok"\} [1-9]/);
    // Where it came from is said in words that are in the sources.
    assert.match(
      out(),
      /token_answer_unreadable","error":"OperationProcessingError:[^\n]* < requestToken [^\n]* < refreshOnce /,
    );
    // Three kinds of tokens, the login's code, and what proves it.
    assert.ok((known['Spotify’s']?.length ?? 0) >= 5);
    expectSilence({ ...known, songs: words, items: ids, metrics: [metricsToken] }, texts);
    for (const line of (out() + err()).trim().split('\n')) assert.match(line, /^\{.*\}$/);
  } finally {
    await party.end();
  }
});
