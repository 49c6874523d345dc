import { getPool } from '@/lib/server/db/connection/pool';
import { catalogue, requireTrack } from '@/simulator/catalogue/catalogue';
import { add, idOf, patch, queueOf, quietRooms, remove, songs, uriOf, vote } from '@/testing/engine/quiet-room';
import { setUpSimulator } from '@/testing/engine/set-up-simulator';
import { expectProblem } from '@/testing/jest/matchers';
import { join, makeRoom } from '@/testing/people/app-client';
import { readEvents } from '@/testing/people/event-reader';
import { snapshotOf } from '@/testing/people/party';
import { until } from '@/testing/until';

const quietRoom = quietRooms(setUpSimulator());

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

  test('QU13 the eleventh song of a guest waits for its turn, and is told so; what is refused anyway and the host are not counted', async () => {
    const room = await quietRoom({ songsPerGuest: 15 });
    const guest = await join(room);
    expect((await add(guest, room, uriOf(0))).status).toBe(201);
    for (let again = 0; again < 3; again += 1) expectProblem(await add(guest, room, uriOf(0)), 409, 'already_queued');
    const answers = await Promise.all(Array.from({ length: 9 }, (_, index) => add(guest, room, uriOf(1 + index))));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    const late = await add(guest, room, uriOf(10));
    expectProblem(late, 429, 'rate_limited');
    expect([late.headers.get('retry-after'), late.body.detail]).toEqual([
      expect.stringMatching(/^[1-3]$/),
      expect.stringMatching(/^Those were many songs at once\. You can add the next one in (a second|[23] seconds)\.$/),
    ]);
    const hosts = await Promise.all(Array.from({ length: 12 }, (_, index) => add(room.host, room, uriOf(11 + index))));
    expect(new Set(hosts.map(({ status }) => status))).toEqual(new Set([201]));
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
    const away = `${room.path}/members/${b.memberId}?songs=remove`;
    expect((await room.host.send('DELETE', away)).status).toBe(204);
    expect(await queueOf(room)).toEqual([]);
    expectProblem(await room.host.send('DELETE', away), 404, 'member_not_found');
  });
});

describe('taking out and putting back', () => {
  test('QU6 by who added it and the host; back with its votes and its age', async () => {
    const room = await quietRoom();
    const [a, b] = [await join(room, 'a'), await join(room, 'b')];
    const song = idOf(await add(a, room, uriOf(0)));
    await add(a, room, uriOf(1));
    await vote(b, room, song, 1);
    expectProblem(await remove(b, room, song), 403, 'host_only');
    expect((await remove(a, room, song)).status).toBe(204);
    expectProblem(await remove(a, room, song), 404, 'item_not_found');
    expect((await snapshotOf(room)).dropped).toEqual([]);
    expectProblem(await b.post(`${room.path}/queue/${song}/restore`), 403, 'host_only');
    expect((await a.post(`${room.path}/queue/${song}/restore`)).body.item).toMatchObject({ id: song, score: 1 });
    expect(await queueOf(room)).toEqual([uriOf(0), uriOf(1)]);
    await remove(room.host, room, song);
    expect((await snapshotOf(room)).dropped).toMatchObject([{ id: song, reason: 'removed', name: songs[0]?.name }]);
    await getPool().query(`UPDATE "QueueItem" SET "endedAt" = now() - interval '11 minutes' WHERE "id" = $1`, [song]);
    expectProblem(await room.host.post(`${room.path}/queue/${song}/restore`), 404, 'item_not_found');
  });

  test('QU6 a guest who puts a song back is bound like one who adds it', async () => {
    const room = await quietRoom({ songsPerGuest: 1 });
    const guest = await join(room);
    const first = idOf(await add(guest, room, uriOf(0)));
    await remove(guest, room, first);
    await add(guest, room, uriOf(1));
    expectProblem(await guest.post(`${room.path}/queue/${first}/restore`), 409, 'too_many_from_you');
    await patch(room, { songsPerGuest: 2, queueOpen: false });
    expectProblem(await guest.post(`${room.path}/queue/${first}/restore`), 409, 'queue_closed');
    await patch(room, { queueOpen: true });
    expect((await guest.post(`${room.path}/queue/${first}/restore`)).body.item.state).toBe('queued');
  });
});
