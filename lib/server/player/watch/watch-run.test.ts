import { getPool } from '@/lib/server/db/connection/pool';
import { beginRun, claimRun, endRun, passRun, renewRun } from '@/lib/server/db/watch-runs';
import { catalogue } from '@/simulator/catalogue/catalogue';
import { AppClient } from '@/testing/people/app-client';
import { QueueParty } from '@/testing/engine/queue-party';
import { setUpSimulator } from '@/testing/engine/set-up-simulator';
import { runProof } from './run-request';
import { startWatchRun } from './watch-run';

const spotify = setUpSimulator({ timeStands: true });

const [song = { uri: '' }] = catalogue.tracks.filter(({ playable }) => playable);

/** A room in which a song waits. */
async function waiting(): Promise<{ readonly party: QueueParty; readonly roomId: string; readonly songId: string }> {
  const party = await QueueParty.begin(spotify);
  const songId = await party.add(song.uri);
  return { party, roomId: party.watcher.roomId, songId };
}

const begun = async (roomId: string): Promise<number> => (await beginRun(roomId)) ?? 0;

const set = (roomId: string, change: string) =>
  getPool().query(`UPDATE "WatchRun" SET ${change} WHERE "roomId" = $1`, [roomId]);

describe('FD11 a watch run', () => {
  test('is begun once, by one of all that ask, and each generation is claimed once', async () => {
    const { roomId } = await waiting();
    const asked = await Promise.all(Array.from({ length: 10 }, () => beginRun(roomId)));
    const [generation = 0, ...others] = asked.filter((value) => value !== null);
    expect(others).toEqual([]);
    const claimed = await Promise.all(Array.from({ length: 10 }, () => claimRun(roomId, generation)));
    expect(claimed.filter((value) => value !== null)).toEqual([generation + 1]);
    expect(await beginRun(roomId)).toBeNull();
  });

  test('is begun only while songs wait in a live room with Spotify', async () => {
    const { party, roomId, songId } = await waiting();
    await party.take(songId);
    expect(await beginRun(roomId)).toBeNull();
    await party.post(`/queue/${songId}/restore`);
    await party.room.host.send('DELETE', '/api/spotify/connection');
    expect(await beginRun(roomId)).toBeNull();
  });

  test('that shows no sign of life is replaced, and notices', async () => {
    const { roomId } = await waiting();
    const first = (await claimRun(roomId, await begun(roomId))) ?? 0;
    expect(await renewRun(roomId, first)).toBe(true);
    await set(roomId, `"aliveUntil" = now() - interval '1 second'`);
    const second = await begun(roomId);
    expect(second).toBeGreaterThan(first);
    expect(await renewRun(roomId, first)).toBe(false);
    expect(await passRun(roomId, first)).toBeNull();
    await endRun(roomId, first);
    expect(await beginRun(roomId)).toBeNull();
    expect(await claimRun(roomId, second)).toBe(second + 1);
  });

  test('is handed on while songs wait, and for twelve hours', async () => {
    const { party, roomId, songId } = await waiting();
    const first = (await claimRun(roomId, await begun(roomId))) ?? 0;
    const next = (await passRun(roomId, first)) ?? 0;
    expect(await passRun(roomId, first)).toBeNull();
    const second = (await claimRun(roomId, next)) ?? 0;
    await set(roomId, `"startedAt" = now() - interval '12 hours 1 second'`);
    expect(await passRun(roomId, second)).toBeNull();
    await set(roomId, `"startedAt" = now() - interval '11 hours'`);
    await party.take(songId);
    expect(await renewRun(roomId, second)).toBe(false);
    expect(await passRun(roomId, second)).toBeNull();
  });

  test('begins again at once after it has ended', async () => {
    const { roomId } = await waiting();
    const first = (await claimRun(roomId, await begun(roomId))) ?? 0;
    await endRun(roomId, first);
    expect(await beginRun(roomId)).toBe(first + 1);
  });
});

describe('FD11 the request of a run', () => {
  /** What the app answers to a request with these headers. */
  async function request(body: object, authorization?: string): Promise<number> {
    const { status } = await new AppClient().send('POST', '/api/watch', {
      json: body,
      headers: authorization === undefined ? {} : { authorization },
    });
    return status;
  }

  test('is the app’s own: of this room, of this generation, and once', async () => {
    const { roomId } = await waiting();
    const generation = await begun(roomId);
    const asked = { roomId, generation };
    expect(await request(asked)).toBe(404);
    expect(await request(asked, 'Bearer ')).toBe(404);
    expect(await request(asked, runProof({ roomId, generation: generation + 1 }))).toBe(404);
    expect(await request({ roomId, generation: generation + 2 }, runProof(asked))).toBe(404);
    // Taken as another request would, so that no run goes on in this test.
    await claimRun(roomId, generation);
    expect(await request(asked, runProof(asked))).toBe(200);
  });

  test('that does not arrive is said to the host, until one does', async () => {
    const { party, roomId } = await waiting();
    // Nothing answers at this test's address.
    await startWatchRun(roomId);
    expect(await party.snapshot()).toMatchObject({ queueNeedsPage: true });
    const { rows } = await getPool().query('SELECT "generation" FROM "WatchRun" WHERE "roomId" = $1', [roomId]);
    const asked = { roomId, generation: rows[0].generation };
    await getPool().query(`UPDATE "QueueItem" SET "state" = 'skipped' WHERE "roomId" = $1`, [roomId]);
    expect(await request(asked, runProof(asked))).toBe(202);
    await getPool().query(`UPDATE "QueueItem" SET "state" = 'queued' WHERE "roomId" = $1`, [roomId]);
    expect(await party.snapshot()).not.toHaveProperty('queueNeedsPage');
  });
});
