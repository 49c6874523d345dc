import { getPool } from '@/lib/server/db/connection/pool';
import { songKey } from '@/lib/shared/rules/song-identity';
import { catalogue, requireTrack } from '@/simulator/catalogue/catalogue';
import { AppClient, join, makeParty, makeRoom } from '@/testing/people/app-client';
import { type Party, snapshotOf, type TestRoom } from '@/testing/people/party';
import type { Answer } from '@/testing/people/person';
import { expectProblem } from '@/testing/jest/matchers';
import { readEvents } from '@/testing/people/event-reader';
import { until } from '@/testing/until';
import { setUpSimulator } from '@/testing/engine/set-up-simulator';

const spotify = setUpSimulator();

/** Songs that are different ones to everybody: one of each title, playable, not explicit. */
const songs = catalogue.tracks.filter(
  (track, index, all) =>
    track.playable &&
    !track.explicit &&
    all.findIndex(
      (other) => songKey({ name: other.name, artists: other.artists.map(({ name }) => name) }) === keyOf(track),
    ) === index,
);
function keyOf(track: (typeof catalogue.tracks)[number]): string {
  return songKey({ name: track.name, artists: track.artists.map(({ name }) => name) });
}
const uriOf = (index: number): string => songs[index]?.uri ?? '';

/** A room whose music is paused, so that nothing of its queue plays meanwhile. */
async function quietRoom(settings: object = {}): Promise<Party> {
  const room = await makeParty(spotify);
  await room.host.post(`${room.path}/playback/pause`);
  if (Object.keys(settings).length > 0) await room.host.send('PATCH', room.path, { json: settings });
  return room;
}

const add = (client: AppClient, room: TestRoom, uri: string) => client.post(`${room.path}/queue`, { uri });
const vote = (client: AppClient, room: TestRoom, id: string, value: number) =>
  client.send('PUT', `${room.path}/queue/${id}/vote`, { json: { value } });
const take = (client: AppClient, room: TestRoom, id: string) => client.send('DELETE', `${room.path}/queue/${id}`);
const queueOf = async (room: TestRoom): Promise<string[]> =>
  (await snapshotOf(room)).queue.map(({ track }: { track: { uri: string } }) => track.uri);
const idOf = (answer: Answer): string => answer.body.item.id;
const patch = (room: TestRoom, json: object) => room.host.send('PATCH', room.path, { json });

describe('adding', () => {
  test('QU1 by URI or link; the answer and every screen show who added it', async () => {
    const room = await quietRoom();
    const guest = await join(room, 'Mia');
    const stream = await readEvents(guest, room.path);
    const answer = await add(guest, room, uriOf(0));
    expect(answer.status).toBe(201);
    expect(answer.body.item).toEqual({
      id: expect.any(String),
      track: expect.objectContaining({
        uri: uriOf(0),
        name: songs[0]?.name,
        durationMs: songs[0]?.durationMs,
        kind: 'track',
      }),
      addedBy: guest.memberId,
      addedByName: 'Mia',
      score: 0,
      voters: {},
      state: 'queued',
      addedAt: expect.stringMatching(/^\d{4}-.*Z$/),
    });
    const linked = `https://open.spotify.com/intl-de/track/${uriOf(1).slice(14)}?si=0123`;
    expect((await add(room.host, room, linked)).body.item.track.uri).toBe(uriOf(1));
    await until(() => stream.snapshot()?.queueCount === 2);
    stream.close();
    expect(await queueOf(room)).toEqual([uriOf(0), uriOf(1)]);
    expect((await guest.get(`${room.path}/queue`)).body.queue).toHaveLength(2);
  });

  test('QU2 every reason has its code', async () => {
    const room = await quietRoom({
      songsPerGuest: 1,
      explicitAllowed: false,
      maxSongMs: 180_000,
      replayAfterMs: 3_600_000,
    });
    const guest = await join(room);
    const short = songs.filter(({ durationMs }) => durationMs <= 180_000);
    const long = songs.find(({ durationMs }) => durationMs > 180_000);
    const explicit = catalogue.tracks.find((track) => track.explicit && track.durationMs <= 180_000);
    const refusal = async (uri: string) => (await add(guest, room, uri)).body.code;
    expect(await refusal('spotify:album:4cOdK2wGLETKBW3PvgPWqT')).toBe('invalid_uri');
    expect(await refusal('spotify:track:0000000000000000000000')).toBe('track_not_found');
    expect(await refusal(requireTrack('Withdrawn from Sale').uri)).toBe('track_not_found');
    expect(await refusal(explicit?.uri ?? '')).toBe('explicit_not_allowed');
    expect(await refusal(long?.uri ?? '')).toBe('song_too_long');
    const first = await add(guest, room, short[0]?.uri ?? '');
    expect(await refusal(short[0]?.uri ?? '')).toBe('already_queued');
    expect(await refusal(short[1]?.uri ?? '')).toBe('too_many_from_you');
    await patch(room, { queueOpen: false });
    expect(await refusal(short[1]?.uri ?? '')).toBe('queue_closed');
    await patch(room, { queueOpen: true });
    await getPool().query(
      `UPDATE "QueueItem" SET "state" = 'played', "begunAt" = now() - interval '40 minutes', "endedAt" = now() WHERE "id" = $1`,
      [idOf(first)],
    );
    const again = await add(guest, room, short[0]?.uri ?? '');
    expectProblem(again, 409, 'played_recently');
    expect(again.body.detail).toContain('40 minutes ago');
    await patch(room, { queueLimit: 1, replayAfterMs: null });
    await add(room.host, room, short[2]?.uri ?? '');
    expect(await refusal(short[1]?.uri ?? '')).toBe('queue_full');
  });

  test('QU2 the host is bound by what the song is, what waits already, and the length of the queue only', async () => {
    const room = await quietRoom({ queueOpen: false, songsPerGuest: 1, explicitAllowed: false, queueLimit: 3 });
    const explicit = catalogue.tracks.find((track) => track.explicit);
    expect((await add(room.host, room, explicit?.uri ?? '')).status).toBe(201);
    expect((await add(room.host, room, uriOf(1))).status).toBe(201);
    expectProblem(await add(room.host, room, uriOf(1)), 409, 'already_queued');
    expect((await add(room.host, room, uriOf(2))).status).toBe(201);
    expectProblem(await add(room.host, room, uriOf(3)), 409, 'queue_full');
  });

  test('QU3 songs that are added together pass no limit, and no song gets in twice', async () => {
    const room = await quietRoom({ songsPerGuest: 3, queueLimit: 5 });
    const [a, b] = [await join(room, 'a'), await join(room, 'b')];
    const answers = await Promise.all([
      ...Array.from({ length: 6 }, (_, index) => add(a, room, uriOf(index))),
      ...Array.from({ length: 6 }, (_, index) => add(b, room, uriOf(index))),
    ]);
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(5);
    const queue = await queueOf(room);
    expect(queue).toHaveLength(5);
    expect(new Set(queue).size).toBe(5);
    const { rows } = await getPool().query(
      `SELECT count(*)::int AS n FROM "QueueItem" q JOIN "Room" r ON r."id" = q."roomId" WHERE r."code" = $1 GROUP BY "memberId"`,
      [room.code],
    );
    for (const { n } of rows) expect(n).toBeLessThanOrEqual(3);
  });

  test('QU3 nor together with what another instance does with the room', async () => {
    const room = await quietRoom({ queueLimit: 1 });
    const guest = await join(room);
    const instance = await getPool().connect();
    try {
      await instance.query('BEGIN');
      const { rows } = await instance.query(`SELECT "id" FROM "Room" WHERE "code" = $1 FOR NO KEY UPDATE`, [room.code]);
      const adding = add(guest, room, uriOf(0));
      // The add has begun, and waits.
      await until(async () => {
        const waits = await getPool().query(`SELECT 1 FROM pg_locks l JOIN pg_stat_activity a USING ("pid")
          WHERE NOT l."granted" AND a."datname" = current_database()`);
        return waits.rows.length > 0;
      });
      await instance.query(
        `INSERT INTO "QueueItem" ("id", "roomId", "memberId", "uri", "songKey", "track", "state")
         VALUES (gen_random_uuid(), $1, $2, 'spotify:track:x', 'x', '{"name":"x","artists":[]}', 'queued')`,
        [rows[0].id, guest.memberId],
      );
      await instance.query('COMMIT');
      expectProblem(await adding, 409, 'queue_full');
    } finally {
      instance.release();
    }
  });

  test('QU4 another version of a waiting song is that song', async () => {
    const room = await quietRoom();
    await add(room.host, room, requireTrack('Low Tide').uri);
    const live = requireTrack('Low Tide (Live at the Boathouse)');
    expectProblem(await add(room.host, room, live.uri), 409, 'already_queued');
    expect((await add(room.host, room, requireTrack('Rope and Bell').uri)).status).toBe(201);
  });

  test('without Spotify the reason is Spotify’s', async () => {
    const room = await makeRoom();
    expectProblem(await add(room.host, room, uriOf(0)), 409, 'spotify_not_connected');
  });
});

describe('votes', () => {
  test('QU5 one per member, changeable; OR2 they order the queue', async () => {
    const room = await quietRoom();
    const [a, b] = [await join(room, 'a'), await join(room, 'b')];
    const first = idOf(await add(a, room, uriOf(0)));
    const second = idOf(await add(a, room, uriOf(1)));
    await Promise.all(Array.from({ length: 20 }, () => vote(b, room, second, 1)));
    expect((await vote(b, room, second, 1)).body.item).toMatchObject({ score: 1, voters: { [b.memberId]: 1 } });
    expect(await queueOf(room)).toEqual([uriOf(1), uriOf(0)]);
    expect((await vote(b, room, second, -1)).body.item.score).toBe(-1);
    expect(await queueOf(room)).toEqual([uriOf(0), uriOf(1)]);
    expect((await vote(b, room, second, 0)).body.item).toMatchObject({ score: 0, voters: {} });
    expectProblem(await vote(a, room, 'nothing', 1), 404, 'item_not_found');
    expectProblem(await vote(a, room, first, 2), 400, 'invalid_request');
  });

  test('QU7 who leaves takes the votes along; the songs stay, unless the host removes them too', async () => {
    const room = await quietRoom();
    const [a, b] = [await join(room, 'a'), await join(room, 'b')];
    const song = idOf(await add(a, room, uriOf(0)));
    await add(b, room, uriOf(1));
    await vote(b, room, song, 1);
    await b.send('DELETE', `${room.path}/members/me`);
    const { queue } = await snapshotOf(room);
    expect(queue.map(({ score }: { score: number }) => score)).toEqual([0, 0]);
    await room.host.send('DELETE', `${room.path}/members/${a.memberId}?songs=remove`);
    expect(await queueOf(room)).toEqual([uriOf(1)]);
    expect((await snapshotOf(room)).dropped).toMatchObject([
      { id: song, addedBy: a.memberId, reason: 'member_removed' },
    ]);
  });
});

describe('taking out and putting back', () => {
  test('QU6 by who added it and the host; back with its votes and its age', async () => {
    const room = await quietRoom();
    const [a, b] = [await join(room, 'a'), await join(room, 'b')];
    const song = idOf(await add(a, room, uriOf(0)));
    await add(a, room, uriOf(1));
    await vote(b, room, song, 1);
    expectProblem(await take(b, room, song), 403, 'host_only');
    expect((await take(a, room, song)).status).toBe(204);
    expectProblem(await take(a, room, song), 404, 'item_not_found');
    expect((await snapshotOf(room)).dropped).toEqual([]);
    expectProblem(await b.post(`${room.path}/queue/${song}/restore`), 403, 'host_only');
    expect((await a.post(`${room.path}/queue/${song}/restore`)).body.item).toMatchObject({ id: song, score: 1 });
    expect(await queueOf(room)).toEqual([uriOf(0), uriOf(1)]);
    await take(room.host, room, song);
    expect((await snapshotOf(room)).dropped).toMatchObject([{ id: song, reason: 'removed', name: songs[0]?.name }]);
    await getPool().query(`UPDATE "QueueItem" SET "endedAt" = now() - interval '11 minutes' WHERE "id" = $1`, [song]);
    expectProblem(await room.host.post(`${room.path}/queue/${song}/restore`), 404, 'item_not_found');
  });

  test('QU6 a guest who puts a song back is bound like one who adds it', async () => {
    const room = await quietRoom({ songsPerGuest: 1 });
    const guest = await join(room);
    const first = idOf(await add(guest, room, uriOf(0)));
    await take(guest, room, first);
    await add(guest, room, uriOf(1));
    expectProblem(await guest.post(`${room.path}/queue/${first}/restore`), 409, 'too_many_from_you');
    await patch(room, { songsPerGuest: 2 });
    expect((await guest.post(`${room.path}/queue/${first}/restore`)).body.item.state).toBe('queued');
  });
});

describe('QU9 approval', () => {
  test('guests’ songs wait, cannot be voted on, and are last; the host’s do not wait', async () => {
    const room = await quietRoom({ asksApproval: true });
    const [a, b] = [await join(room, 'a'), await join(room, 'b')];
    const asked = await add(a, room, uriOf(0));
    expect(asked.body.item.state).toBe('pending');
    expect((await add(room.host, room, uriOf(1))).body.item.state).toBe('queued');
    expect(await queueOf(room)).toEqual([uriOf(1), uriOf(0)]);
    expectProblem(await vote(b, room, idOf(asked), 1), 404, 'item_not_found');
    expectProblem(await a.post(`${room.path}/queue/${idOf(asked)}/approve`), 403, 'host_only');
    expect((await room.host.post(`${room.path}/queue/${idOf(asked)}/approve`)).body.item.state).toBe('queued');
    expect(await queueOf(room)).toEqual([uriOf(0), uriOf(1)]);
  });

  test('trusting somebody approves what waits from them, switching it off approves all', async () => {
    const room = await quietRoom({ asksApproval: true });
    const [a, b] = [await join(room, 'a'), await join(room, 'b')];
    await add(a, room, uriOf(0));
    await add(b, room, uriOf(1));
    const states = async () => (await snapshotOf(room)).queue.map(({ state }: { state: string }) => state);
    const trust = await room.host.send('PATCH', `${room.path}/members/${a.memberId}`, { json: { trusted: true } });
    expect(trust.body.member).toMatchObject({ id: a.memberId, trusted: true, coHost: false });
    expect(await states()).toEqual(['queued', 'pending']);
    expect((await add(a, room, uriOf(2))).body.item.state).toBe('queued');
    await patch(room, { asksApproval: false });
    expect(await states()).toEqual(['queued', 'queued', 'queued']);
  });

  test.each([
    ['the guest took it out and put it back', 'guest', 'guest'],
    ['the guest took it out and the host put it back', 'guest', 'host'],
    ['the host took it out and put it back', 'host', 'host'],
  ] as const)('a song that waits for it waits again: %s', async (_what, taker, restorer) => {
    const room = await quietRoom({ asksApproval: true });
    const people = { guest: await join(room), host: room.host };
    const song = idOf(await add(people.guest, room, uriOf(0)));
    await take(people[taker], room, song);
    const back = await people[restorer].post(`${room.path}/queue/${song}/restore`);
    expect(back.body.item.state).toBe('pending');
  });

  test('so does one that a block or the removal of its guest took out', async () => {
    const room = await quietRoom({ asksApproval: true });
    const guest = await join(room);
    const song = idOf(await add(guest, room, uriOf(0)));
    const { block } = (await room.host.post(`${room.path}/blocks`, { kind: 'song', uri: uriOf(0) })).body;
    await room.host.send('DELETE', `${room.path}/blocks/${block.id}`);
    expect((await snapshotOf(room)).queue).toMatchObject([{ id: song, state: 'pending' }]);
    await room.host.send('DELETE', `${room.path}/members/${guest.memberId}?songs=remove`);
    expect((await room.host.post(`${room.path}/queue/${song}/restore`)).body.item.state).toBe('pending');
  });

  test('somebody who is a co-host no more puts back nobody else’s songs', async () => {
    const room = await quietRoom({ asksApproval: true });
    const [a, b] = [await join(room, 'a'), await join(room, 'b')];
    const song = idOf(await add(a, room, uriOf(0)));
    const rights = (json: object) => room.host.send('PATCH', `${room.path}/members/${b.memberId}`, { json });
    await rights({ coHost: true });
    await take(b, room, song);
    await rights({ coHost: false, trusted: true });
    expectProblem(await b.post(`${room.path}/queue/${song}/restore`), 403, 'host_only');
  });

  test('a song that the host does not approve can be put back to wait', async () => {
    const room = await quietRoom({ asksApproval: true });
    const guest = await join(room);
    const song = idOf(await add(guest, room, uriOf(0)));
    await take(room.host, room, song);
    expect((await snapshotOf(room)).dropped).toMatchObject([{ id: song, reason: 'not_approved' }]);
    expect((await room.host.post(`${room.path}/queue/${song}/restore`)).body.item.state).toBe('pending');
  });
});

describe('OR4 moving', () => {
  test('a moved song stays at its place; votes order the others; it can be let go', async () => {
    const room = await quietRoom();
    const [a, b] = [await join(room, 'a'), await join(room, 'b')];
    const [one, two, three] = [
      idOf(await add(a, room, uriOf(0))),
      idOf(await add(a, room, uriOf(1))),
      idOf(await add(a, room, uriOf(2))),
    ];
    const move = (beforeId: string | null, id = three) => room.host.post(`${room.path}/queue/${id}/move`, { beforeId });
    expect((await move(one)).status).toBe(204);
    expect(await queueOf(room)).toEqual([uriOf(2), uriOf(0), uriOf(1)]);
    await vote(b, room, two, 1);
    expect(await queueOf(room)).toEqual([uriOf(2), uriOf(1), uriOf(0)]);
    expect((await snapshotOf(room)).queue[0]).toMatchObject({ id: three, moved: true });
    expectProblem(await move('nothing'), 404, 'item_not_found');
    expectProblem(await a.post(`${room.path}/queue/${three}/move`, { beforeId: null }), 403, 'host_only');
    await room.host.send('DELETE', `${room.path}/queue/${three}/move`);
    expect(await queueOf(room)).toEqual([uriOf(1), uriOf(0), uriOf(2)]);
    expect((await move(null, two)).status).toBe(204);
    expect(await queueOf(room)).toEqual([uriOf(0), uriOf(2), uriOf(1)]);
  });
});

describe('QU10 blocks', () => {
  test('act on what is queued, refuse what is added, and give back what they took', async () => {
    const room = await quietRoom();
    const guest = await join(room);
    const song = songs[0];
    const artist = song?.artists[0]?.name ?? '';
    const byArtist = songs.filter(({ artists }) => artists.some(({ name }) => name === artist)).slice(0, 2);
    for (const { uri } of byArtist) await add(guest, room, uri);
    const other = songs.find(({ artists }) => artists.every(({ name }) => name !== artist));
    await add(guest, room, other?.uri ?? '');
    const blocked = await room.host.post(`${room.path}/blocks`, { kind: 'artist', name: artist.toUpperCase() });
    expect(blocked).toMatchObject({ status: 201, body: { removed: byArtist.length, block: { kind: 'artist' } } });
    expect(await queueOf(room)).toEqual([other?.uri]);
    expectProblem(await add(guest, room, byArtist[0]?.uri ?? ''), 409, 'blocked');
    expect((await room.host.get(`${room.path}/blocks`)).body.blocks).toEqual([blocked.body.block]);
    expectProblem(await guest.get(`${room.path}/blocks`), 403, 'host_only');
    const nonsense = await room.host.post(`${room.path}/blocks`, { kind: 'artist', name: 'A\u0000B' });
    expectProblem(nonsense, 400, 'invalid_request');
    const signs = await room.host.post(`${room.path}/blocks`, { kind: 'artist', name: '!!!' });
    expect(signs.status).toBe(201);
    await room.host.send('DELETE', `${room.path}/blocks/${signs.body.block.id}`);
    const { id } = blocked.body.block;
    expect((await room.host.send('DELETE', `${room.path}/blocks/${id}`)).status).toBe(204);
    expect(await queueOf(room)).toHaveLength(byArtist.length + 1);
    expectProblem(await room.host.send('DELETE', `${room.path}/blocks/${id}`), 404, 'block_not_found');
    const one = await room.host.post(`${room.path}/blocks`, { kind: 'song', uri: other?.uri });
    expect(one.body).toMatchObject({ removed: 1, block: { kind: 'song' } });
    expectProblem(await add(guest, room, other?.uri ?? ''), 409, 'blocked');
  });
});

describe('HT the room’s door and its people', () => {
  test('HT1 a locked room lets nobody new in, and back who was there', async () => {
    const room = await quietRoom();
    const guest = await join(room);
    await patch(room, { locked: true });
    expectProblem(await new AppClient().post(`${room.path}/members`, { name: 'New' }), 403, 'room_locked');
    await guest.send('DELETE', `${room.path}/members/me`);
    expect((await guest.post(`${room.path}/members`, { name: 'Back' })).status).toBe(200);
  });

  test('HT2 a new code replaces the old one at once; who is in the room stays and learns it', async () => {
    const room = await quietRoom();
    const guest = await join(room);
    const stream = await readEvents(guest, room.path);
    expectProblem(await guest.post(`${room.path}/code`), 403, 'host_only');
    const { code } = (await room.host.post(`${room.path}/code`)).body.room;
    expect(code).not.toBe(room.code);
    await until(() => stream.snapshot()?.room.code === code);
    stream.close();
    expectProblem(await guest.get(room.path), 404, 'room_not_found');
    expect((await guest.get(`/api/rooms/${code}`)).status).toBe(200);
    const { rows } = await getPool().query(`SELECT 1 FROM "OldRoomCode" WHERE "code" = $1`, [room.code]);
    expect(rows).toHaveLength(1);
  });

  test('HT3 a co-host has the remote and the tools for the queue, and nothing else, until the host takes it back', async () => {
    const room = await quietRoom();
    const guest = await join(room);
    const rights = (json: object) => room.host.send('PATCH', `${room.path}/members/${guest.memberId}`, { json });
    const tries = async () => [
      (await guest.post(`${room.path}/playback/volume`, { percent: 30 })).status,
      (await guest.post(`${room.path}/playback/pause`)).status,
      (await guest.get(`${room.path}/blocks`)).status,
      (await guest.send('PATCH', room.path, { json: { queueOpen: true } })).status,
      (await guest.send('PATCH', room.path, { json: { queueOpen: true, votesToSkip: 1 } })).status,
      (await guest.get(`${room.path}/devices`)).status,
      (await guest.post(`${room.path}/code`)).status,
      (await guest.send('PATCH', `${room.path}/members/${guest.memberId}`, { json: { trusted: true } })).status,
      (await guest.send('DELETE', room.path)).status,
    ];
    expect(await tries()).toEqual([403, 403, 403, 403, 403, 403, 403, 403, 403]);
    await rights({ coHost: true });
    expect((await guest.get(room.path)).body.you.coHost).toBe(true);
    expect(await tries()).toEqual([204, 204, 200, 200, 403, 403, 403, 403, 403]);
    await rights({ coHost: false });
    expect((await guest.get(`${room.path}/blocks`)).status).toBe(403);
    await rights({ coHost: true });
    await guest.send('DELETE', `${room.path}/members/me`);
    await guest.post(`${room.path}/members`, { name: 'Back' });
    expect((await guest.get(room.path)).body.you.coHost).toBe(false);
  });

  test('HT4 a removed guest can be let back in', async () => {
    const room = await quietRoom();
    const guest = await join(room);
    await room.host.send('DELETE', `${room.path}/members/${guest.memberId}`);
    expectProblem(await guest.post(`${room.path}/members`, { name: 'Bob' }), 403, 'removed_by_host');
    expect((await room.host.post(`${room.path}/members/${guest.memberId}/readmit`)).status).toBe(204);
    expect((await guest.post(`${room.path}/members`, { name: 'Bob' })).status).toBe(200);
  });

  test('HT4 comes back without what the host granted before', async () => {
    const room = await quietRoom({ asksApproval: true });
    const guest = await join(room);
    await room.host.send('PATCH', `${room.path}/members/${guest.memberId}`, { json: { trusted: true, coHost: true } });
    await room.host.send('DELETE', `${room.path}/members/${guest.memberId}`);
    await room.host.post(`${room.path}/members/${guest.memberId}/readmit`);
    await guest.post(`${room.path}/members`, { name: 'Bob' });
    expect((await add(guest, room, uriOf(0))).body.item.state).toBe('pending');
  });
});

describe('QU11 what ends with Spotify and the room', () => {
  test.each([
    ['disconnect', (room: TestRoom) => room.host.send('DELETE', '/api/spotify/connection')],
    ['the end of the room', (room: TestRoom) => room.host.send('DELETE', room.path)],
  ])('%s deletes the queue and the blocks', async (_what, end) => {
    const room = await quietRoom();
    await add(room.host, room, uriOf(0));
    await room.host.post(`${room.path}/blocks`, { kind: 'artist', name: 'Nobody' });
    await end(room);
    const { rows } = await getPool().query(
      `SELECT (SELECT count(*)::int FROM "QueueItem" q WHERE q."roomId" = r."id")
            + (SELECT count(*)::int FROM "RoomBlock" b WHERE b."roomId" = r."id") AS "left" FROM "Room" r WHERE r."code" = $1`,
      [room.code],
    );
    expect(rows[0].left).toBe(0);
  });
});
