import { requireTrack } from '@/simulator/catalogue/catalogue';
import { faults } from '@/simulator/control-client';
import { type AppClient, join, makeParty, makeRoom } from '@/testing/people/app-client';
import type { TestRoom } from '@/testing/people/party';
import { expectProblem } from '@/testing/jest/matchers';
import { setUpSimulator } from '@/testing/engine/set-up-simulator';
import { getPool } from '@/lib/server/db/connection/pool';
import { getEnv } from '@/lib/server/runtime/env';

afterEach(async () => {
  jest.useRealTimers();
  await getPool().query(`DELETE FROM "SpotifyCallCount"`);
});
const spotify = setUpSimulator();

async function connectedRoom() {
  const party = await makeParty(spotify);
  const upstream = async () => (await spotify.control.calls({ account: party.account, path: '/v1/search' })).length;
  return { ...party, upstream };
}

const search = (client: AppClient, room: TestRoom, q: string, offset?: number) =>
  client.get(
    `${room.path}/search?${new URLSearchParams({ q, ...(offset === undefined ? {} : { offset: `${offset}` }) })}`,
  );

/** As if that many minutes had passed, for the cache alone. */
function later(minutes: number): void {
  const at = Date.now() + minutes * 60_000;
  jest.useFakeTimers({
    now: at,
    doNotFake: [
      'setTimeout',
      'setInterval',
      'setImmediate',
      'nextTick',
      'performance',
      'queueMicrotask',
      'clearTimeout',
      'clearInterval',
      'clearImmediate',
    ],
  });
}

const kettle = requireTrack('Kettle');

describe('words', () => {
  test('bring songs, ten at a time, and where the next ones begin', async () => {
    const room = await connectedRoom();
    const guest = await join(room);
    const first = await search(guest, room, 'kettle');
    expect(first.status).toBe(200);
    expect(first.body.tracks[0]).toEqual({
      uri: kettle.uri,
      id: kettle.id,
      kind: 'track',
      name: 'Kettle',
      artists: ['Ólafur Tin'],
      album: 'Northern Kitchen',
      artworkUrl: expect.any(String),
      durationMs: 132_000,
      explicit: false,
      url: `https://open.spotify.com/track/${kettle.id}`,
    });
    const page = (await search(guest, room, 'a')).body;
    expect(page.tracks).toHaveLength(10);
    expect(page.nextOffset).toBe(10);
    const next = (await search(guest, room, 'a', page.nextOffset)).body;
    expect(next.tracks[0].uri).not.toBe(page.tracks[0].uri);
    expect((await search(guest, room, 'no song is called so')).body).toEqual({ tracks: [] });
  });

  test('a song that cannot be played here says why it could not be added', async () => {
    const room = await connectedRoom();
    const { body } = await search(room.host, room, 'Withdrawn from Sale');
    expect(body.tracks[0]).toMatchObject({
      name: 'Withdrawn from Sale',
      refusal: { code: 'track_not_found', detail: expect.any(String) },
    });
  });

  test('the last page has no next one, however much Spotify promises', async () => {
    const room = await connectedRoom();
    const items = [{ type: 'track', uri: kettle.uri, name: 'Kettle', duration_ms: 1 }];
    await spotify.control.addRule({
      when: { path: '/v1/search', account: room.account },
      action: { kind: 'answer', status: 200, body: { tracks: { items, next: 'more' } } },
    });
    expect((await search(room.host, room, 'kettle', 980)).body.nextOffset).toBe(990);
    expect((await search(room.host, room, 'kettle', 990)).body).not.toHaveProperty('nextOffset');
  });

  test.each([
    ['nothing', ''],
    ['spaces', '%20%20'],
    ['too many', 'x'.repeat(101)],
    ['an offset that is none', 'kettle&offset=x'],
    ['an offset out of bounds', 'kettle&offset=991'],
  ])('%s: invalid_request', async (_what, query) => {
    const room = await makeRoom();
    expectProblem(await room.host.get(`${room.path}/search?q=${query}`), 400, 'invalid_request');
  });
});

describe('a pasted link', () => {
  test('brings that one song, without a search, and adding it costs no further request', async () => {
    const room = await connectedRoom();
    const link = `https://open.spotify.com/track/${kettle.id}?si=0123456789abcdef&context=${'x'.repeat(100)}`;
    for (const pasted of [link, kettle.uri, ` ${kettle.uri} `]) {
      expect((await search(room.host, room, pasted)).body).toEqual({
        tracks: [expect.objectContaining({ uri: kettle.uri })],
      });
    }
    expect(await room.upstream()).toBe(0);
    expect((await search(room.host, room, 'spotify:track:0000000000000000000000')).body).toEqual({ tracks: [] });
  });

  test.each(['https://open.spotify.com/album/0000000000000000000000', 'https://spotify.link/abc', 'spotify:artist:x'])(
    'to something else is refused, and nothing is asked: %s',
    async (link) => {
      const room = await connectedRoom();
      await spotify.control.clearCalls();
      const answer = await search(room.host, room, link);
      expectProblem(answer, 400, 'invalid_uri');
      expect(answer.body.detail).toContain(link.includes('.link/') ? 'short link' : 'not a link to a song');
      const calls = await spotify.control.calls({ account: room.account });
      expect(calls.filter(({ path }) => path !== '/v1/me/player')).toEqual([]);
    },
  );
});

describe('RL-03 one request to Spotify for the same words', () => {
  test('from everybody at once, and for five minutes', async () => {
    const room = await connectedRoom();
    const guests = await Promise.all([join(room), join(room), join(room)]);
    await spotify.control.addRule({ when: { path: '/v1/search', account: room.account }, ...faults.slow(100) });
    const words = ['Low Tide', 'low  tide', ' LOW TIDE '];
    const answers = await Promise.all(guests.map((guest, index) => search(guest, room, words[index] ?? '')));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(await room.upstream()).toBe(1);
    later(4);
    await search(room.host, room, 'low tide');
    expect(await room.upstream()).toBe(1);
    later(2);
    await search(room.host, room, 'low tide');
    expect(await room.upstream()).toBe(2);
    await search(room.host, room, 'low tide', 10);
    expect(await room.upstream()).toBe(3);
  });

  test('of one host: another account is asked for itself', async () => {
    const [room, other] = [await connectedRoom(), await connectedRoom()];
    await search(room.host, room, 'neighbours');
    await search(other.host, other, 'neighbours');
    expect([await room.upstream(), await other.upstream()]).toEqual([1, 1]);
  });

  test('a failure is told and not kept', async () => {
    const room = await connectedRoom();
    const when = { path: '/v1/search', account: room.account };
    for (const [fault, status, code] of [
      [faults.serverErrorHtml(), 502, 'spotify_unavailable'],
      [faults.emptyBody(), 502, 'spotify_unavailable'],
      [faults.notRegistered(), 403, 'spotify_not_allowed'],
    ] as const) {
      await spotify.control.addRule({ when, times: 1, ...fault });
      expectProblem(await search(room.host, room, 'fuse'), status, code);
    }
    expect((await search(room.host, room, 'fuse')).body.tracks[0].name).toBe('Fuse');
  });

  test('words that Spotify does not read find nothing', async () => {
    const room = await connectedRoom();
    const when = { path: '/v1/search', account: room.account };
    await spotify.control.addRule({ when, action: { kind: 'answer', status: 400, body: 'Bad request' } });
    expect((await search(room.host, room, '"')).body).toEqual({ tracks: [] });
  });
});

describe('search gives way', () => {
  test('a spent share of the day: old answers, else spotify_rate_limited; the remote still works', async () => {
    const room = await connectedRoom();
    await search(room.host, room, 'fuse');
    later(10);
    await getPool().query(
      `INSERT INTO "SpotifyCallCount" ("hour", "kind", "calls") VALUES (date_trunc('hour', now()), 'read', $1)
       ON CONFLICT ("hour", "kind") DO UPDATE SET "calls" = $1`,
      [Math.ceil(getEnv().spotifyCallsPerDay * 0.85)],
    );
    const refused = await search(room.host, room, 'humid');
    expectProblem(refused, 503, 'spotify_rate_limited');
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await search(room.host, room, 'fuse')).body.tracks[0].name).toBe('Fuse');
    expect(await room.upstream()).toBe(1);
    expect((await room.host.post(`${room.path}/playback/pause`)).status).toBe(204);
    later(30);
    expectProblem(await search(room.host, room, 'fuse'), 503, 'spotify_rate_limited');
  });

  test('after Disconnect nothing that is kept is given any more (LG8)', async () => {
    const room = await connectedRoom();
    await search(room.host, room, 'fuse');
    await search(room.host, room, kettle.uri);
    await room.host.send('DELETE', '/api/spotify/connection');
    expectProblem(await search(room.host, room, 'fuse'), 409, 'spotify_not_connected');
    expectProblem(await search(room.host, room, kettle.uri), 409, 'spotify_not_connected');
  });

  test('120 searches a minute of one member, counted apart from everybody else’s', async () => {
    const room = await makeRoom();
    const [busy, calm] = [await join(room), await join(room)];
    for (let count = 0; count < 120; count += 1) await search(busy, room, 'x');
    expectProblem(await search(busy, room, 'x'), 429, 'rate_limited');
    expectProblem(await search(calm, room, 'x'), 409, 'spotify_not_connected');
  });
});

test('QU2 what the room does not take from the requester is told with each song', async () => {
  const room = await connectedRoom();
  await room.host.send('PATCH', room.path, { json: { explicitAllowed: false } });
  const guest = await join(room);
  const refusalOf = async (client: AppClient, words: string) =>
    (await search(client, room, words)).body.tracks[0].refusal?.code;
  const shortCircuit = requireTrack('Short Circuit');
  expect(await refusalOf(guest, 'Short Circuit')).toBe('explicit_not_allowed');
  expect(await refusalOf(guest, shortCircuit.uri)).toBe('explicit_not_allowed');
  expect(await refusalOf(room.host, 'Short Circuit')).toBeUndefined();
  expect(await refusalOf(guest, 'Kettle')).toBeUndefined();
  expect((await guest.post(`${room.path}/queue`, { uri: kettle.uri })).status).toBe(201);
  expect((await search(room.host, room, 'kettle')).body.tracks[0].refusal).toEqual({
    code: 'already_queued',
    detail: expect.stringContaining('Bob'),
  });
  // Added from a search: nothing was looked up again.
  const calls = await spotify.control.calls({ account: room.account });
  expect(calls.filter(({ path }) => path === `/v1/tracks/${kettle.id}`)).toEqual([]);
});
