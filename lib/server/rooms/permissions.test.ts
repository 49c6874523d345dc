import { getPool } from '@/lib/server/db/connection/pool';
import { stopInstance } from '@/lib/server/lifecycle';
import { consume, limits } from '@/lib/server/session/rate-limits';
import { AppClient, join, makeRoom } from '@/testing/people/app-client';
import type { TestRoom } from '@/testing/people/party';

afterAll(stopInstance);

/** Everybody who may ask something of a room. */
const actors = [
  'stranger',
  'session elsewhere',
  'waiting',
  'turned away',
  'guest',
  'removed',
  'left',
  'host elsewhere',
  'host',
  'screen',
] as const;
type Actor = (typeof actors)[number];

async function pairScreen(room: TestRoom): Promise<AppClient> {
  const screen = new AppClient();
  const { code } = (await screen.post('/api/screens')).body.screen;
  await room.host.post(`${room.path}/screens`, { code });
  return screen;
}

async function cast(room: TestRoom, actor: Actor): Promise<AppClient> {
  switch (actor) {
    case 'stranger':
      return new AppClient();
    case 'session elsewhere':
      return join(await makeRoom());
    case 'waiting':
    case 'turned away': {
      const person = new AppClient();
      await room.host.send('PATCH', room.path, { json: { admission: 'knock' } });
      const { id } = (await person.post(`${room.path}/members`, { name: 'Zoe' })).body.waiting;
      if (actor === 'turned away') await room.host.send('DELETE', `${room.path}/waiting/${id}`);
      return person;
    }
    case 'guest':
      return join(room);
    case 'removed': {
      const guest = await join(room);
      await room.host.send('DELETE', `${room.path}/members/${guest.memberId}`);
      return guest;
    }
    case 'left': {
      const guest = await join(room);
      await guest.send('DELETE', `${room.path}/members/me`);
      return guest;
    }
    case 'host elsewhere':
      return (await makeRoom()).host;
    case 'host':
      return room.host;
    case 'screen':
      return pairScreen(room);
  }
}

const outside = {
  stranger: 'not_a_member',
  'session elsewhere': 'not_a_member',
  waiting: 'waiting_for_host',
  'turned away': 'not_a_member',
  removed: 'removed_by_host',
  left: 'not_a_member',
  'host elsewhere': 'not_a_member',
  screen: 'not_a_member',
} as const;

/** What a request answers to whom: a status for success, a code for a refusal. */
type Expected = Readonly<Record<Actor, string | number>>;

const members = (guest: string | number, host: string | number): Expected => ({ ...outside, guest, host });
const notConnected = 'spotify_not_connected';

const matrix: readonly (readonly [string, string, object | undefined, Expected])[] = [
  ['GET', '', undefined, { ...members(200, 200), screen: 200 }],
  ['PATCH', '', { votesToSkip: 3 }, members('host_only', 200)],
  ['DELETE', '', undefined, members('host_only', 204)],
  [
    'POST',
    '/members',
    { name: 'Zoe' },
    {
      stranger: 201,
      'session elsewhere': 201,
      waiting: 202,
      'turned away': 'turned_away',
      guest: 200,
      removed: 'removed_by_host',
      left: 200,
      'host elsewhere': 'already_hosting',
      host: 200,
      screen: 201,
    },
  ],
  ['DELETE', '/members/me', undefined, { ...members(204, 204), waiting: 204 }],
  ['POST', '/transfer', undefined, members('host_only', 201)],
  ['GET', '/waiting', undefined, members('host_only', 200)],
  ['POST', '/waiting/nobody', undefined, members('host_only', 'member_not_found')],
  ['DELETE', '/waiting/nobody', undefined, members('host_only', 'member_not_found')],
  ['GET', '/screens', undefined, members('host_only', 200)],
  ['POST', '/screens', { code: 'BCDFGH' }, members('host_only', 'screen_not_found')],
  ['DELETE', '/screens/nothing', undefined, members('host_only', 'screen_not_found')],
  ['DELETE', '/members/nobody', undefined, members('host_only', 'member_not_found')],
  ['POST', '/playback/play', undefined, members('host_only', notConnected)],
  ['POST', '/playback/pause', undefined, members('host_only', notConnected)],
  ['POST', '/playback/next', {}, members('host_only', notConnected)],
  ['POST', '/playback/previous', undefined, members('host_only', notConnected)],
  ['POST', '/playback/seek', { positionMs: 1 }, members('host_only', notConnected)],
  ['POST', '/playback/volume', { percent: 1 }, members('host_only', notConnected)],
  ['GET', '/queue', undefined, members(200, 200)],
  ['POST', '/queue', { uri: 'x' }, members('invalid_uri', 'invalid_uri')],
  ['DELETE', '/queue/nothing', undefined, members('item_not_found', 'item_not_found')],
  ['POST', '/queue/nothing/restore', undefined, members('item_not_found', 'item_not_found')],
  ['PUT', '/queue/nothing/vote', { value: 1 }, members('item_not_found', 'item_not_found')],
  ['POST', '/queue/nothing/move', { beforeId: null }, members('host_only', 'item_not_found')],
  ['DELETE', '/queue/nothing/move', undefined, members('host_only', 'item_not_found')],
  ['POST', '/queue/nothing/approve', undefined, members('host_only', 'item_not_found')],
  ['POST', '/queue/nothing/play', undefined, members('host_only', 'item_not_found')],
  ['GET', '/blocks', undefined, members('host_only', 200)],
  ['POST', '/blocks', { kind: 'artist', name: 'Nobody' }, members('host_only', 201)],
  ['DELETE', '/blocks/nothing', undefined, members('host_only', 'block_not_found')],
  ['POST', '/code', undefined, members('host_only', 200)],
  ['PATCH', '/members/nobody', { coHost: true }, members('host_only', 'member_not_found')],
  ['POST', '/members/nobody/readmit', undefined, members('host_only', 'member_not_found')],
  ['GET', '/devices', undefined, members('host_only', notConnected)],
  ['PUT', '/device', { deviceId: 'x' }, members('host_only', notConnected)],
  ['GET', '/history', undefined, members(200, 200)],
  ['POST', '/history/playlist', {}, members('host_only', 'nothing_played')],
  ['GET', '/playlists', undefined, members('host_only', notConnected)],
  ['PUT', '/fallback', { playlistId: null }, members('host_only', 200)],
  ['PUT', '/sources', { playlistIds: [] }, members('host_only', 200)],
  ['GET', '/search?q=kettle', undefined, members(notConnected, notConnected)],
  ['POST', '/skip-votes', { playId: 'x' }, members('track_changed', 'track_changed')],
  ['DELETE', '/skip-votes?playId=x', undefined, members('track_changed', 'track_changed')],
];

/** Looking at the room, leaving and ending it, which no count of something else may prevent. */
const uncounted: ReadonlySet<string> = new Set(['GET ', 'DELETE ', 'DELETE /members/me']);

describe('RM-02 who may do what', () => {
  const cases = matrix.flatMap(([method, path, json, expected]) =>
    actors.map((actor) => ({ method, path, json, actor, expected: expected[actor] })),
  );

  test.each(cases)('$method $path by $actor: $expected', async ({ method, path, json, actor, expected }) => {
    const room = await makeRoom({ name: 'Kitchen' });
    const client = await cast(room, actor);
    const answer = await client.send(method, `${room.path}${path}`, json === undefined ? {} : { json });
    expect(answer.body?.code ?? answer.status).toBe(expected);
  });

  const withId = matrix.filter(([, path]) => /no(thing|body)/.test(path));
  test.each(withId)(
    '%s %s answers the same for an id that is well formed and unknown',
    async (method, path, json, expected) => {
      const room = await makeRoom();
      const unknown = path.replace(/no(thing|body)/, '3f2b8c1e-5d47-4a90-9c1b-0e6f7a2d8b34');
      for (const actor of ['guest', 'host'] as const) {
        const client = await cast(room, actor);
        const answer = await client.send(method, `${room.path}${unknown}`, json === undefined ? {} : { json });
        expect(answer.body.code).toBe(expected[actor]);
      }
    },
  );

  test('what a member does too often is refused, whatever it is, and nobody else is', async () => {
    const [room, other] = [await makeRoom(), await makeRoom()];
    const { memberId } = (await room.host.get(room.path)).body.you;
    for (const name of ['commands', 'searches', 'playlists'] as const)
      for (let used = 0; used < limits[name].points; used += 1) await consume(name, memberId);
    for (const [method, path, json] of matrix) {
      if (uncounted.has(`${method} ${path}`)) continue;
      const answer = await room.host.send(method, `${room.path}${path}`, json === undefined ? {} : { json });
      expect([method, path, answer.status, answer.body?.code]).toEqual([method, path, 429, 'rate_limited']);
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    }
    expect((await room.host.get(room.path)).status).toBe(200);
    expect((await other.host.send('PATCH', other.path, { json: { votesToSkip: 3 } })).status).toBe(200);
    expect((await room.host.send('DELETE', room.path)).status).toBe(204);
  });

  describe('RM-02 ids of another room', () => {
    /** A room with one of everything, by the part of an address that its id stands in. */
    async function fullRoom() {
      const room = await makeRoom();
      const [guest, removed] = [await join(room), await join(room)];
      await room.host.send('DELETE', `${room.path}/members/${removed.memberId}`);
      const { body } = await room.host.post(`${room.path}/blocks`, { kind: 'artist', name: 'Nobody' });
      const song = async (state: string): Promise<string> => {
        const { rows } = await getPool().query<{ id: string }>(
          `INSERT INTO "QueueItem" ("id", "roomId", "memberId", "uri", "songKey", "track", "state", "endedAt", "removedBy", "blockId")
           SELECT gen_random_uuid(), "roomId", "id", 'spotify:track:x', $2, '{"artists": []}', $2,
                  CASE $2 WHEN 'removed' THEN now() END, CASE $2 WHEN 'removed' THEN "id" END, CASE $2 WHEN 'removed' THEN $3::uuid END
           FROM "Member" WHERE "id" = $1 RETURNING "id"`,
          [guest.memberId, state, body.block.id],
        );
        return rows[0]?.id ?? '';
      };
      const { rows } = await getPool().query<{ id: string }>(
        `INSERT INTO "Play" ("id", "roomId", "trackUri", "byVote", "skipState")
         SELECT gen_random_uuid(), "roomId", 'spotify:track:x', true, 'done' FROM "Member" WHERE "id" = $1 RETURNING "id"`,
        [guest.memberId],
      );
      await pairScreen(room);
      const { screens } = (await room.host.get(`${room.path}/screens`)).body;
      return {
        room,
        screens: [screens[0].id as string],
        play: rows[0]?.id ?? '',
        songs: [await song('queued'), await song('pending'), await song('removed')],
        members: [guest.memberId, removed.memberId],
        blocks: [body.block.id as string],
      };
    }

    /** Everything that a room's rows say. */
    async function stateOf({ code }: TestRoom): Promise<unknown> {
      const tables = ['Member', 'QueueItem', 'RoomBlock', 'Play', 'SkipVote', 'Screen'];
      const parts = tables.map(
        (table) => `(SELECT json_agg(t ORDER BY t::text) FROM "${table}" t WHERE t."roomId" = r."id") AS "${table}"`,
      );
      const { rows } = await getPool().query(
        `SELECT r."version", ${parts.join(', ')},
                (SELECT count(*) FROM "QueueVote" v JOIN "QueueItem" q ON q."id" = v."itemId" WHERE q."roomId" = r."id") AS "votes"
         FROM "Room" r WHERE r."code" = $1`,
        [code],
      );
      return rows;
    }

    const prefixes = { songs: '/queue', blocks: '/blocks', screens: '/screens' } as const;
    const kinds = ['songs', 'blocks', 'screens'] as const;
    let neighbour: Awaited<ReturnType<typeof fullRoom>>;
    let before: unknown;
    beforeAll(async () => {
      neighbour = await fullRoom();
      before = await stateOf(neighbour.room);
    });

    test.each(withId)('%s %s knows none of them, and changes nothing there', async (method, path, json, expected) => {
      const room = await makeRoom();
      const kind = kinds.find((name) => path.startsWith(prefixes[name])) ?? 'members';
      for (const actor of ['guest', 'host'] as const) {
        const client = await cast(room, actor);
        for (const id of neighbour[kind]) {
          const foreign = path.replace(/no(thing|body)/, id);
          const answer = await client.send(method, `${room.path}${foreign}`, json === undefined ? {} : { json });
          expect(answer.body?.code ?? answer.status).toBe(expected[actor]);
        }
      }
      expect(await stateOf(neighbour.room)).toEqual(before);
    });

    test('neither plays, nor the song before which one is moved', async () => {
      const own = await fullRoom();
      const { host, path } = own.room;
      const moved = await host.post(`${path}/queue/${own.songs[0]}/move`, { beforeId: neighbour.songs[0] });
      expect(moved.body.code).toBe('item_not_found');
      for (const client of [host, await join(own.room)]) {
        expect((await client.post(`${path}/skip-votes`, { playId: neighbour.play })).body.code).toBe('track_changed');
        const withdrawn = await client.send('DELETE', `${path}/skip-votes?playId=${neighbour.play}`);
        expect(withdrawn.body.code).toBe('track_changed');
        // Of its own room it would have been the skip that votes brought.
        expect((await client.post(`${path}/skip-votes`, { playId: own.play })).body.skipped).toBe(true);
      }
      expect(await stateOf(neighbour.room)).toEqual(before);
    });
  });

  test('guests may pause where the host lets them', async () => {
    const room = await makeRoom({ guestsCanPause: true });
    const guest = await join(room);
    expect((await guest.post(`${room.path}/playback/pause`)).body.code).toBe(notConnected);
  });
});
