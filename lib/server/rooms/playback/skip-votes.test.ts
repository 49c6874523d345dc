import { getPool } from '@/lib/server/db/connection/pool';
import { faults } from '@/simulator/control-client';
import { type AppClient, join, makeParty } from '@/testing/people/app-client';
import { type Party, snapshotOf, type TestRoom } from '@/testing/people/party';
import { loadPlayerState } from '@/lib/server/player/state/store';
import { readEvents } from '@/testing/people/event-reader';
import { letVotesDecide } from '@/testing/people/long-here';
import { expectProblem } from '@/testing/jest/matchers';
import { until } from '@/testing/until';
import { setUpSimulator } from '@/testing/engine/set-up-simulator';

const spotify = setUpSimulator();

const party = (settings: object = {}): Promise<Party> => makeParty(spotify, { votesToSkip: 3, ...settings });

const nextPath = '/v1/me/player/next';
const playOf = async (room: TestRoom): Promise<string> => (await snapshotOf(room)).playback.playId;
const vote = (client: AppClient, room: TestRoom, playId: string) => client.post(`${room.path}/skip-votes`, { playId });
const unvote = (client: AppClient, room: TestRoom, playId: string) =>
  client.send('DELETE', `${room.path}/skip-votes?playId=${playId}`);
const nexts = (room: Party) => spotify.control.calls({ account: room.account, path: nextPath });
const newcomers = (room: TestRoom, count: number) =>
  Promise.all(Array.from({ length: count }, (_, index) => join(room, `g${index}`)));

/** Guests who have been there for a while. */
async function guests(room: TestRoom, count: number): ReturnType<typeof newcomers> {
  const people = await newcomers(room, count);
  await letVotesDecide(room);
  return people;
}

/** When a guest's streams began, as far back as given, and how long they were open without a break; in seconds. */
const setStreams = (memberId: string, agoSeconds: number, openSeconds: number) =>
  getPool().query(
    `UPDATE "Member" SET "streamFrom" = now() - make_interval(secs => $2),
       "streamUntil" = now() - make_interval(secs => $2 - $3) WHERE "id" = $1`,
    [memberId, agoSeconds, openSeconds],
  );

describe('votes', () => {
  test('SV1 one vote per member, however often it is cast', async () => {
    const room = await party();
    const [guest] = await guests(room, 3);
    if (!guest) throw new Error('unreachable');
    const playId = await playOf(room);
    const answers = await Promise.all(Array.from({ length: 50 }, () => vote(guest, room, playId)));
    for (const { status, body } of answers)
      expect([status, body]).toEqual([200, { votes: 1, required: 3, skipped: false }]);
    expect((await snapshotOf(room)).skip).toEqual({ playId, votes: 1, required: 3, voters: [guest.memberId] });
    expect((await unvote(guest, room, playId)).body).toEqual({ votes: 0, required: 3, skipped: false });
    expect((await unvote(guest, room, playId)).body).toEqual({ votes: 0, required: 3, skipped: false });
  });

  test('SV2 never more than the people seen in the last ten minutes', async () => {
    const room = await party({ votesToSkip: 50 });
    const [guest] = await guests(room, 2);
    if (!guest) throw new Error('unreachable');
    const playId = await playOf(room);
    expect((await vote(guest, room, playId)).body.required).toBe(3);
    await getPool().query(
      `UPDATE "Member" SET "lastSeenAt" = now() - interval '11 minutes' WHERE "role" = 'guest' AND "id" <> $1`,
      [guest.memberId],
    );
    expect((await vote(guest, room, playId)).body.required).toBe(2);
    await getPool().query(`UPDATE "Member" SET "lastSeenAt" = now() - interval '11 minutes' WHERE "role" = 'host'`);
    const alone = await vote(guest, room, playId);
    expect(alone.body).toEqual({ votes: 1, required: 1, skipped: true });
  });

  test('SV3 votes that arrive together skip exactly once', async () => {
    const room = await party({ votesToSkip: 3 });
    const people = await guests(room, 20);
    for (let round = 0; round < 3; round += 1) {
      const playId = await playOf(room);
      const answers = await Promise.all(people.map((guest) => vote(guest, room, playId)));
      expect(answers.filter(({ body }) => body.skipped === true).length).toBeGreaterThanOrEqual(18);
      expect(await nexts(room)).toHaveLength(round + 1);
      await until(async () => (await playOf(room)) !== playId);
    }
  });

  test('SV4 somebody leaving skips nothing; the next vote does', async () => {
    const room = await party({ votesToSkip: 3 });
    const [a, b, c] = await guests(room, 3);
    if (!a || !b || !c) throw new Error('unreachable');
    const playId = await playOf(room);
    await vote(a, room, playId);
    await vote(b, room, playId);
    await c.send('DELETE', `${room.path}/members/me`);
    await room.host.send('PATCH', room.path, { json: { votesToSkip: 2 } });
    expect(await nexts(room)).toHaveLength(0);
    expect((await vote(b, room, playId)).body).toEqual({ votes: 2, required: 2, skipped: true });
    expect(await nexts(room)).toHaveLength(1);
  });

  test('MB4 who leaves or is removed takes the vote along', async () => {
    const room = await party();
    const [a, b] = await guests(room, 3);
    if (!a || !b) throw new Error('unreachable');
    const playId = await playOf(room);
    await vote(a, room, playId);
    await vote(b, room, playId);
    await a.send('DELETE', `${room.path}/members/me`);
    expect((await snapshotOf(room)).skip.voters).toEqual([b.memberId]);
    await room.host.send('DELETE', `${room.path}/members/${b.memberId}`);
    expect((await snapshotOf(room)).skip.votes).toBe(0);
  });

  test('SV5 the host’s own vote skips at once', async () => {
    const room = await party({ votesToSkip: 5 });
    await guests(room, 4);
    const playId = await playOf(room);
    expect((await vote(room.host, room, playId)).body).toEqual({ votes: 1, required: 5, skipped: true });
    expect(await nexts(room)).toHaveLength(1);
  });

  test('SV6 a vote for what is not on is too late; for what votes skipped it is done', async () => {
    const room = await party({ votesToSkip: 1 });
    const [a, b] = await guests(room, 2);
    if (!a || !b) throw new Error('unreachable');
    const first = await playOf(room);
    expectProblem(await vote(a, room, 'nothing'), 409, 'track_changed');
    expectProblem(await unvote(a, room, 'nothing'), 409, 'track_changed');
    await vote(a, room, first);
    await until(async () => (await playOf(room)) !== first);
    expect((await vote(b, room, first)).body).toMatchObject({ skipped: true });
    const second = await playOf(room);
    await spotify.control.press(room.account, { press: 'next' });
    await until(async () => (await playOf(room)) !== second);
    expectProblem(await vote(b, room, second), 409, 'track_changed');
    expect(await nexts(room)).toHaveLength(1);
  });

  test('SV7 a song that ended by itself a moment ago is not skipped', async () => {
    const room = await party({ votesToSkip: 1 });
    const [guest] = await guests(room, 1);
    if (!guest) throw new Error('unreachable');
    const playId = await playOf(room);
    await spotify.control.press(room.account, { press: 'next' });
    await until(async () => {
      const answer = await vote(guest, room, playId);
      return answer.status === 409 ? answer : null;
    });
    expect(await nexts(room)).toHaveLength(0);
  });
});

describe('SV10 a guest’s vote decides after half a minute with a stream', () => {
  test('before that it is shown, and by itself it decides then, once; nobody presses again', async () => {
    const room = await party({ votesToSkip: 2 });
    const [a, b] = await guests(room, 2);
    const [late] = await newcomers(room, 1);
    if (!a || !b || !late) throw new Error('unreachable');
    const playId = await playOf(room);
    const stream = await readEvents(late, room.path);
    await stream.next('snapshot');
    await until(async () => {
      const { rows } = await getPool().query(`SELECT "streamFrom" FROM "Member" WHERE "id" = $1`, [late.memberId]);
      return rows[0].streamFrom !== null;
    });
    await setStreams(late.memberId, 29, 29);
    expect((await vote(a, room, playId)).body).toEqual({ votes: 1, required: 2, skipped: false });
    expect((await vote(late, room, playId)).body).toEqual({ votes: 2, required: 2, skipped: false });
    expect((await snapshotOf(room)).skip.voters.toSorted()).toEqual([a.memberId, late.memberId].toSorted());
    await until(async () => (await playOf(room)) !== playId);
    expect(await nexts(room)).toHaveLength(1);
    stream.close();
  });

  test('whoever has no stream, or had one for a moment, does not decide; the host’s vote never waits', async () => {
    const room = await party({ votesToSkip: 2 });
    const [a, b, c] = await newcomers(room, 3);
    const [honest] = await newcomers(room, 1);
    if (!a || !b || !c || !honest) throw new Error('unreachable');
    await setStreams(b.memberId, 600, 9);
    await setStreams(honest.memberId, 600, 31);
    const playId = await playOf(room);
    for (const guest of [a, b, c, honest]) expect((await vote(guest, room, playId)).body.skipped).toBe(false);
    expect((await snapshotOf(room)).skip).toMatchObject({ votes: 4, required: 2 });
    const { rows } = await getPool().query(`SELECT "id" FROM "Room" WHERE "code" = $1`, [room.code]);
    expect(await loadPlayerState(rows[0].id)).toMatchObject({ nextVoteMs: null, skipState: null });
    expect((await vote(room.host, room, playId)).body.skipped).toBe(true);
    expect(await nexts(room)).toHaveLength(1);
  });

  test('SV8 what Spotify refuses then is not tried again by itself, only with the next vote', async () => {
    const room = await party({ votesToSkip: 1 });
    const [guest] = await newcomers(room, 1);
    if (!guest) throw new Error('unreachable');
    const playId = await playOf(room);
    await spotify.control.addRule({
      when: { path: nextPath, account: room.account },
      times: 1,
      ...faults.restrictionViolated(),
    });
    await setStreams(guest.memberId, 29, 29);
    const stream = await readEvents(guest, room.path);
    expect((await vote(guest, room, playId)).body.skipped).toBe(false);
    const { rows } = await getPool().query(`SELECT "id" FROM "Room" WHERE "code" = $1`, [room.code]);
    await until(async () => {
      const state = await loadPlayerState(rows[0].id);
      return (await nexts(room)).length === 1 && state?.skipState === null && state.nextVoteMs === null;
    });
    expect((await vote(guest, room, playId)).body.skipped).toBe(true);
    expect(await nexts(room)).toHaveLength(2);
    stream.close();
  });
});

describe('SV8 what comes of a skip that goes wrong', () => {
  test('a definite refusal: the votes stay, the reason is told, and voting again tries again', async () => {
    const room = await party({ votesToSkip: 1 });
    const [guest] = await guests(room, 1);
    if (!guest) throw new Error('unreachable');
    const playId = await playOf(room);
    await spotify.control.addRule({
      when: { path: nextPath, account: room.account },
      times: 1,
      ...faults.restrictionViolated(),
    });
    expectProblem(await vote(guest, room, playId), 409, 'playback_restricted');
    expect((await snapshotOf(room)).skip).toMatchObject({ playId, votes: 1 });
    expect((await vote(guest, room, playId)).body.skipped).toBe(true);
    expect(await nexts(room)).toHaveLength(2);
  });

  test.each([
    ['the answer lost after the effect', faults.resetAfter()],
    ['a 500 after the effect', { action: { kind: 'answer', status: 500 }, executed: true } as const],
  ])('%s: read back, and not skipped twice', async (_what, fault) => {
    const room = await party({ votesToSkip: 1 });
    const [guest] = await guests(room, 1);
    if (!guest) throw new Error('unreachable');
    const playId = await playOf(room);
    const before = (await spotify.control.player(room.account)).itemUri;
    await spotify.control.addRule({ when: { path: nextPath, account: room.account }, times: 1, ...fault });
    expect((await vote(guest, room, playId)).body).toMatchObject({ skipped: true });
    expect(await nexts(room)).toHaveLength(1);
    expect((await spotify.control.player(room.account)).itemUri).not.toBe(before);
    expect(await playOf(room)).not.toBe(playId);
  });

  test('no effect at all: said after it was read back, and free to be tried again', async () => {
    const room = await party({ votesToSkip: 1 });
    const [guest] = await guests(room, 1);
    if (!guest) throw new Error('unreachable');
    const playId = await playOf(room);
    await spotify.control.addRule({
      when: { path: nextPath, account: room.account },
      times: 1,
      ...faults.resetBefore(),
    });
    expectProblem(await vote(guest, room, playId), 502, 'spotify_unavailable');
    expect(await nexts(room)).toHaveLength(1);
    expect((await vote(guest, room, playId)).body.skipped).toBe(true);
  }, 20_000);

  test('SV9 the claim of an instance that died is released', async () => {
    const room = await party({ votesToSkip: 1 });
    const [guest] = await guests(room, 1);
    if (!guest) throw new Error('unreachable');
    const playId = await playOf(room);
    await getPool().query(
      `UPDATE "Play" SET "skipState" = 'calling', "skipHolder" = 'dead', "skipAt" = now() - interval '16 seconds' WHERE "id" = $1`,
      [playId],
    );
    expect((await vote(guest, room, playId)).body.skipped).toBe(true);
    expect(await nexts(room)).toHaveLength(0);
    // Whoever looks at the player next finds the song still on.
    await until(async () => {
      const { rows } = await getPool().query(`SELECT "skipState" FROM "Play" WHERE "id" = $1`, [playId]);
      await room.host.get(room.path);
      return rows[0].skipState === null;
    });
    await vote(guest, room, playId);
    expect(await nexts(room)).toHaveLength(1);
  }, 20_000);
});

describe('the host’s next', () => {
  test('once per play, however often it is pressed; for another play it is too late', async () => {
    const room = await party();
    const playId = await playOf(room);
    const press = (body: object) => room.host.post(`${room.path}/playback/next`, body);
    const answers = await Promise.all([press({ playId }), press({}), press({ playId })]);
    expect(answers.map(({ status }) => status)).toEqual([204, 204, 204]);
    expect(await nexts(room)).toHaveLength(1);
    await until(async () => (await playOf(room)) !== playId);
    expectProblem(await press({ playId }), 409, 'track_changed');
    expect((await press({})).status).toBe(204);
    expect(await nexts(room)).toHaveLength(2);
  });

  test('together with votes: one skip', async () => {
    const room = await party({ votesToSkip: 1 });
    const people = await guests(room, 5);
    const playId = await playOf(room);
    await Promise.all([
      room.host.post(`${room.path}/playback/next`, { playId }),
      ...people.map((guest) => vote(guest, room, playId)),
    ]);
    expect(await nexts(room)).toHaveLength(1);
  });
});
