import type { Track } from '@/lib/shared/contract/snapshot';
import { catalogue } from '@/simulator/catalogue/catalogue';
import { faults } from '@/simulator/control-client';
import { type AppClient, makeParty, makeRoom } from '@/testing/people/app-client';
import { logIn } from '@/testing/people/spotify-login';
import type { SpotifyRight } from '@/lib/shared/contract/spotify';
import { expectProblem } from '@/testing/jest/matchers';
import { PlayedRecord, trackOf } from '@/testing/engine/played';
import { QueueParty } from '@/testing/engine/queue-party';
import { setUpSimulator } from '@/testing/engine/set-up-simulator';
import { getPool } from '@/lib/server/db/connection/pool';

const spotify = setUpSimulator({ lagMs: 0 });

/** A room of a host who lets it make playlists, in which nothing was played yet. */
async function savingRoom(input: object = {}, purpose: SpotifyRight = 'saving') {
  const room = await makeParty(spotify, input, purpose);
  const { rows } = await getPool().query<{ id: string }>(`SELECT "id" FROM "Room" WHERE "code" = $1`, [room.code]);
  const roomId = rows[0]?.id ?? '';
  await getPool().query(`DELETE FROM "Play" WHERE "roomId" = $1`, [roomId]);
  const save = (json: object = {}, client: AppClient = room.host) => client.post(`${room.path}/history/playlist`, json);
  const posts = async () =>
    (await spotify.control.calls({ account: room.account, method: 'POST' })).filter(({ path }) =>
      path.startsWith('/v1/'),
    );
  return { ...room, roomId, record: new PlayedRecord(roomId), save, posts };
}

const bodies = (calls: readonly { readonly body: string | null }[]): readonly unknown[] =>
  calls.map(({ body }) => JSON.parse(body ?? 'null'));
const tracks = (count: number): readonly Track[] =>
  Array.from({ length: count }, (_, index) => ({
    ...trackOf('Kettle'),
    uri: catalogue.tracks[index]?.uri ?? `spotify:track:${`${index}`.padStart(22, '0')}`,
  }));

test('every song once, in the order played, private, under the room’s name and the day it began', async () => {
  const { record, roomId, save, posts } = await savingRoom({ name: 'Kitchen' });
  const [kettle, fuse, humid] = [trackOf('Kettle'), trackOf('Fuse'), trackOf('Humid')];
  const episode: Track = { ...kettle, kind: 'episode', uri: 'spotify:episode:0000000000000000000000' };
  const local: Track = { ...kettle, kind: 'local', uri: 'spotify:local:::Take:1' };
  for (const track of [episode, kettle, fuse, local, kettle, humid]) await record.play(track);
  const { rows } = await getPool().query<{ begun: Date }>(
    `SELECT min("startedAt") AS "begun" FROM "Play" WHERE "roomId" = $1 AND "trackUri" = $2`,
    [roomId, kettle.uri],
  );
  const day = rows[0]?.begun.toLocaleDateString('en-GB', { dateStyle: 'long', timeZone: 'UTC' });
  const { status, body } = await save();
  expect(status).toBe(201);
  const name = `Roomtone: Kitchen, ${day}`;
  expect(body).toEqual({
    playlist: { name, url: expect.stringMatching(/^https:\/\/open\.spotify\.com\/playlist\/\w{22}$/), songs: 3 },
  });
  expect(bodies(await posts())).toEqual([{ name, public: false }, { uris: [kettle.uri, fuse.uri, humid.uri] }]);
});

test('QU12 an evening, as the engine notes it down', async () => {
  const party = await QueueParty.begin(spotify);
  const { room, account, watcher } = party;
  await logIn(room.host, account, '/', 'saving');
  const guest = await party.guest('Mia');
  const before = (await party.snapshot()).playback.track.uri;
  const [humid, dishes] = [trackOf('Humid'), trackOf('Dishes')];
  for (const { uri } of [humid, dishes]) await party.add(uri, guest);
  for (const leftMs of [9_000, -1_000, 9_000, -1_000]) {
    await party.leave(leftMs);
    await watcher.step();
  }
  const { played } = (await guest.get(`${room.path}/history`)).body;
  expect(played).toMatchObject([
    { track: { uri: dishes.uri }, addedBy: guest.memberId, addedByName: 'Mia', skipped: false },
    { track: { uri: humid.uri }, addedByName: 'Mia', skipped: false },
    { track: { uri: before }, addedBy: null, addedByName: null },
  ]);
  expect((await room.host.post(`${room.path}/history/playlist`, {})).body.playlist.songs).toBe(3);
  const [filling] = await spotify.control.calls({ account, method: 'POST' }).then((calls) => calls.slice(-1));
  expect(JSON.parse(filling?.body ?? '')).toEqual({ uris: [before, humid.uri, dishes.uri] });
});

test('a name of one’s own, or of a room without one; a long one fits', async () => {
  const named = await savingRoom({ name: 'Kitchen' });
  await named.record.play(trackOf('Kettle'));
  expect((await named.save({ name: '  Saturday  ' })).body.playlist.name).toBe('Saturday');
  const nameless = await savingRoom();
  await nameless.record.play(trackOf('Kettle'));
  expect((await nameless.save()).body.playlist.name).toMatch(/^Roomtone, \d+ \w+ 20\d\d$/);
  const long = await savingRoom({ name: '👩‍🚀'.repeat(40) });
  await long.record.play(trackOf('Kettle'));
  const { name } = (await long.save()).body.playlist;
  expect(name).toMatch(/^Roomtone: 👩.*, \d+ \w+ 20\d\d$/u);
  expect(name.length).toBeLessThanOrEqual(100);
});

test('many songs go in a hundred at a time', async () => {
  const { record, save, posts } = await savingRoom();
  // Those that the simulator does not know it would refuse.
  const known = catalogue.tracks.length;
  await spotify.control.addRule({
    when: { method: 'POST', path: '/v1/playlists/:id/items' },
    action: { kind: 'answer', status: 201, body: { snapshot_id: 'x' } },
  });
  const played = tracks(250);
  for (const track of played) await record.play(track);
  expect(known).toBeLessThan(250);
  expect((await save()).body.playlist.songs).toBe(250);
  const [, ...adds] = bodies(await posts());
  expect(adds).toEqual(
    [played.slice(0, 100), played.slice(100, 200), played.slice(200)].map((part) => ({
      uris: part.map(({ uri }) => uri),
    })),
  );
});

test('two presses at once make one playlist', async () => {
  const { record, save, posts } = await savingRoom();
  await record.play(trackOf('Kettle'));
  // The first one is still on its way when the second press comes.
  await spotify.control.addRule({
    when: { path: '/v1/me/playlists', method: 'POST' },
    times: 1,
    ...faults.slow(1_000),
  });
  const answers = await Promise.all([save(), save()]);
  expect(answers.map(({ status }) => status)).toEqual([201, 201]);
  expect(await posts()).toHaveLength(2);
});

test('nothing played, or only what is no song: nothing is asked of Spotify', async () => {
  const { record, save, posts } = await savingRoom();
  expectProblem(await save(), 409, 'nothing_played');
  await record.play({ ...trackOf('Kettle'), kind: 'local', uri: 'spotify:local:::Take:1' });
  expectProblem(await save(), 409, 'nothing_played');
  expect(await posts()).toEqual([]);
});

test('HT5 the right to is asked for when it is wanted', async () => {
  const { record, save, posts } = await savingRoom({}, 'playlists');
  await record.play(trackOf('Kettle'));
  expectProblem(await save(), 409, 'spotify_scope_needed');
  expect(await posts()).toEqual([]);
});

test.each([{ name: '' }, { name: '  ' }, { name: '\u200b\u3164' }, { name: 'x'.repeat(101) }, { name: 7 }])(
  '%j: invalid_request',
  async (json) => {
    const { host, path } = await makeRoom();
    expectProblem(await host.post(`${path}/history/playlist`, json), 400, 'invalid_request');
  },
);

describe('nothing is made twice in silence', () => {
  const making = (account: string) => ({ method: 'POST', path: '/v1/me/playlists', account });
  const filling = (account: string) => ({ method: 'POST', path: '/v1/playlists/:id/items', account });

  test.each([
    ['made, but no answer', faults.resetAfter()],
    ['an answer without sense', faults.emptyBody(201)],
    ['an error on the way', faults.serverErrorHtml()],
  ])('when nobody knows whether it was made, that is said, and it is not tried again: %s', async (_what, fault) => {
    const { record, save, posts, account } = await savingRoom({ name: 'Kitchen' });
    await record.play(trackOf('Kettle'));
    await spotify.control.addRule({ when: making(account), times: 1, ...fault });
    const answer = await save({ name: 'Saturday' });
    expectProblem(answer, 502, 'spotify_unavailable');
    expect(answer.body.detail).toContain('Look for “Saturday”');
    expect(await posts()).toHaveLength(1);
  });

  test('a definite refusal leaves nothing behind, and says only that', async () => {
    const { record, save, account } = await savingRoom();
    await record.play(trackOf('Kettle'));
    await spotify.control.addRule({ when: making(account), times: 1, ...faults.rateLimited(9) });
    const answer = await save();
    expectProblem(answer, 503, 'spotify_rate_limited');
    expect(answer.headers.get('retry-after')).toBe('9');
    expect(answer.body.detail).not.toContain('Look for');
  });

  test('one that was only half filled says how far it got', async () => {
    const { record, save, posts, account } = await savingRoom();
    for (const track of tracks(150)) await record.play(track);
    const action = { kind: 'answer', status: 201, body: { snapshot_id: 'x' } } as const;
    await spotify.control.addRule({ when: filling(account), times: 1, action });
    await spotify.control.addRule({ when: filling(account), times: 1, ...faults.rateLimited(9) });
    const answer = await save({ name: 'Saturday' });
    expectProblem(answer, 503, 'spotify_rate_limited');
    expect(answer.headers.get('retry-after')).toBe('9');
    expect(answer.body.detail).toBe(
      'Spotify made “Saturday”, but stopped after 100 of 150 songs. Delete it there before you save again, or there will be two.',
    );
    expect(await posts()).toHaveLength(3);
  });
});
