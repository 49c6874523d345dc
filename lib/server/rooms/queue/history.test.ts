import { stopInstance } from '@/lib/server/lifecycle';
import { type AppClient, join, makeRoom } from '@/testing/people/app-client';
import { PlayedRecord, trackOf } from '@/testing/engine/played';
import { getDb } from '@/lib/server/db/connection/client';
import { getPool } from '@/lib/server/db/connection/pool';
import { claimPlay, confirmSkip, markUnwanted } from '@/lib/server/db/plays';

afterAll(stopInstance);

async function roomWithRecord() {
  const room = await makeRoom();
  const { rows } = await getPool().query<{ id: string }>(`SELECT "id" FROM "Room" WHERE "code" = $1`, [room.code]);
  const record = new PlayedRecord(rows[0]?.id ?? '');
  const played = async (client: AppClient = room.host) => (await client.get(`${room.path}/history`)).body.played;
  return { ...room, roomId: rows[0]?.id ?? '', record, played };
}

test('QU12 what began, the newest first, with who added it; what is on is the first', async () => {
  const { record, played, ...room } = await roomWithRecord();
  expect(await played()).toEqual([]);
  const guest = await join(room, 'Mia');
  const first = await record.play(trackOf('Fuse'));
  const second = await record.song(trackOf('Kettle'), guest.memberId);
  expect(await played(guest)).toEqual([
    {
      id: second,
      track: trackOf('Kettle'),
      addedBy: guest.memberId,
      addedByName: 'Mia',
      playedAt: expect.stringMatching(/^20\d\d-.*Z$/),
      skipped: false,
    },
    {
      id: first,
      track: trackOf('Fuse'),
      addedBy: null,
      addedByName: null,
      playedAt: expect.any(String),
      skipped: false,
    },
  ]);
  await guest.send('DELETE', `${room.path}/members/me`);
  expect((await played())[0].addedByName).toBe('Mia');
});

test('songs that were left are marked: by how the song ended, by a skip, by passing', async () => {
  const { record, played, ...room } = await roomWithRecord();
  const { memberId } = await join(room);
  await record.song(trackOf('Kettle'), memberId);
  await record.end('skipped');
  const voted = await record.play(trackOf('Humid'));
  await claimPlay(getDb(), voted, 'holder', true);
  await confirmSkip(voted, 'holder');
  await record.song(trackOf('Fuse'), memberId);
  await record.end('played');
  await record.pass(trackOf('Dishes'), memberId, 'skipped');
  await record.pass(trackOf('Terminus'), memberId, 'played');
  const told = (await played()).map(({ track, skipped }: { track: { name: string }; skipped: boolean }) => [
    track.name,
    skipped,
  ]);
  expect(told).toEqual([
    ['Terminus', false],
    ['Dishes', true],
    ['Fuse', false],
    ['Humid', true],
    ['Kettle', true],
  ]);
});

test('what nobody wanted, what waits and other rooms’ songs are not told, nor is what is older than a day', async () => {
  const { record, roomId, played, ...room } = await roomWithRecord();
  const other = await roomWithRecord();
  await other.record.play(trackOf('Fuse'));
  await markUnwanted(getDb(), await record.play(trackOf('Humid')));
  const old = await record.play(trackOf('Dishes'));
  await getPool().query(`UPDATE "Play" SET "startedAt" = now() - interval '25 hours' WHERE "id" = $1`, [old]);
  await getPool().query(`INSERT INTO "Play" ("id", "roomId", "trackUri") VALUES (gen_random_uuid(), $1, 'x')`, [
    roomId,
  ]);
  expect(await played()).toEqual([]);
  await record.play(trackOf('Kettle'));
  expect(await played()).toHaveLength(1);
  // QU11
  await room.host.send('DELETE', '/api/spotify/connection');
  expect(await played()).toEqual([]);
});

test('a song on repeat is told once, but as often as somebody adds it', async () => {
  const { record, played, ...room } = await roomWithRecord();
  const { memberId } = await join(room);
  const [kettle, fuse] = [trackOf('Kettle'), trackOf('Fuse')];
  await record.song(kettle, memberId);
  await record.end('played');
  for (const track of [kettle, kettle, fuse, kettle]) await record.play(track);
  await record.song(kettle, memberId);
  const told = (await played()).map(({ track, addedBy }: { track: { name: string }; addedBy: string | null }) => [
    track.name,
    addedBy === null,
  ]);
  expect(told).toEqual([
    ['Kettle', false],
    ['Kettle', true],
    ['Fuse', true],
    ['Kettle', false],
  ]);
});

test('200 at most', async () => {
  const { record, played } = await roomWithRecord();
  for (let count = 0; count < 203; count += 1)
    await record.play({ ...trackOf('Kettle'), name: `Song ${count}`, uri: `song ${count}` });
  const songs = await played();
  expect(songs).toHaveLength(200);
  expect([songs[0].track.name, songs[199].track.name]).toEqual(['Song 202', 'Song 3']);
});
