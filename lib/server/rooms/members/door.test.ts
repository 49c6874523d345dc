import { getPool } from '@/lib/server/db/connection/pool';
import { settlePresence } from '@/lib/server/db/presence';
import { stopInstance } from '@/lib/server/lifecycle';
import { expectProblem } from '@/testing/jest/matchers';
import { AppClient, join, makeRoom } from '@/testing/people/app-client';
import { type EventReader, readEvents } from '@/testing/people/event-reader';
import type { TestRoom } from '@/testing/people/party';
import { until } from '@/testing/until';

const streams: EventReader[] = [];
afterEach(() => {
  for (const stream of streams.splice(0)) stream.close();
});
afterAll(stopInstance);

/** A room at whose door newcomers wait. */
async function makeDoor(): Promise<TestRoom> {
  const room = await makeRoom({ name: 'Kitchen' });
  await room.host.send('PATCH', room.path, { json: { admission: 'knock' } });
  return room;
}

/** Somebody knocks, or tries to come in. */
async function knock(room: TestRoom, name = 'Zoe', person = new AppClient()) {
  const answer = await person.post(`${room.path}/members`, { name });
  return {
    person,
    answer,
    id: String(answer.body.waiting?.id ?? ''),
    path: `${room.path}/waiting/${answer.body.waiting?.id}`,
  };
}

async function listen(person: AppClient, room: TestRoom): Promise<EventReader> {
  const stream = await readEvents(person, room.path);
  streams.push(stream);
  return stream;
}

const waitingAt = async ({ host, path }: TestRoom) => (await host.get(`${path}/waiting`)).body.waiting;
const snapshotOf = async ({ host, path }: TestRoom) => (await host.get(path)).body.snapshot;
const typesOf = ({ events }: EventReader) => events.map(({ type }) => type);

/** Lets that much time pass for somebody at a door, as the database sees it. */
const age = (id: string, minutes: number) =>
  getPool().query(
    `UPDATE "Knock" SET "lastSeenAt" = "lastSeenAt" - make_interval(mins => $2),
       "turnedAwayAt" = "turnedAwayAt" - make_interval(mins => $2) WHERE "id" = $1`,
    [id, minutes],
  );

async function settle({ code }: TestRoom): Promise<void> {
  const { rows } = await getPool().query<{ id: string }>(`SELECT "id" FROM "Room" WHERE "code" = $1`, [code]);
  await settlePresence(rows.map(({ id }) => id));
}

describe('AM1 who knocks', () => {
  test('waits, again under another name, and is in no room meanwhile', async () => {
    const room = await makeDoor();
    const { person, answer, id } = await knock(room);
    expect([answer.status, answer.body]).toEqual([202, { waiting: { id: expect.any(String), name: 'Zoe' } }]);
    const again = await person.post(`${room.path}/members`, { name: 'Zoë' });
    expect([again.status, again.body]).toEqual([202, { waiting: { id, name: 'Zoë' } }]);
    expect((await person.get('/api/me')).body.room).toBeNull();
    expect(await waitingAt(room)).toEqual([{ id, name: 'Zoë', since: expect.stringMatching(/Z$/) }]);
  });

  test('AM7 sees and changes nothing of the room, and counts for nothing', async () => {
    const room = await makeDoor();
    const { person } = await knock(room);
    const refused = await person.get(room.path);
    expectProblem(refused, 403, 'waiting_for_host');
    expect(refused.body.room).toEqual({ code: room.code, name: 'Kitchen' });
    expectProblem(await person.post(`${room.path}/skip-votes`, { playId: 'x' }), 403, 'waiting_for_host');
    expectProblem(await person.get(`${room.path}/waiting`), 403, 'waiting_for_host');
    expect(await snapshotOf(room)).toMatchObject({ memberCount: 1, presentCount: 1, skip: { required: 1 } });
  });

  test('is told so by the stream, which carries nothing of the room however it changes', async () => {
    const room = await makeDoor();
    const { person, id } = await knock(room);
    const stream = await listen(person, room);
    expect(JSON.parse((await stream.next('waiting')).data)).toEqual({ waiting: { id, name: 'Zoe' } });
    const host = await listen(room.host, room);
    await room.host.send('PATCH', room.path, { json: { name: 'Garden' } });
    await until(() => host.snapshot()?.room.name === 'Garden' && host.snapshot().waitingCount === 1);
    await person.post(`${room.path}/members`, { name: 'Ann' });
    await until(() => stream.events.length > 1);
    expect(typesOf(stream)).toEqual(['waiting', 'waiting']);
  });

  test('is nobody who was in before, is in, or hosts another room', async () => {
    const room = await makeRoom();
    const [inside, former] = [await join(room), await join(room)];
    await former.send('DELETE', `${room.path}/members/me`);
    await room.host.send('PATCH', room.path, { json: { admission: 'knock' } });
    expect((await inside.post(`${room.path}/members`, { name: 'Ann' })).status).toBe(200);
    expect((await former.post(`${room.path}/members`, { name: 'Ben' })).status).toBe(200);
    expectProblem(await (await makeRoom()).host.post(`${room.path}/members`, { name: 'Cid' }), 409, 'already_hosting');
  });

  test('RM-04 is also who comes after many from the same address, however often', async () => {
    const room = await makeRoom();
    const address = '198.51.100.77';
    for (let index = 0; index < 60; index += 1) {
      const { answer } = await knock(room, `g${index}`, new AppClient(address));
      expect(answer.status).toBe(201);
    }
    const { person, answer, path } = await knock(room, 'Zoe', new AppClient(address));
    expect(answer.status).toBe(202);
    expect((await knock(room, 'Zoe', person)).answer.status).toBe(202);
    expect((await knock(room, 'Ann', new AppClient())).answer.status).toBe(201);
    expect((await room.host.post(path)).status).toBe(204);
    expect((await person.get(room.path)).status).toBe(200);
  });
});

describe('AM2 the host', () => {
  test('lets somebody in, under the id by which they waited, once', async () => {
    const room = await makeDoor();
    const { person, id, path } = await knock(room);
    const stream = await listen(person, room);
    await stream.next('waiting');
    expect((await room.host.post(path)).status).toBe(204);
    await until(() => stream.closed());
    expect(typesOf(stream)).toEqual(['waiting', 'admitted']);
    expect((await person.get(room.path)).body.you).toMatchObject({ memberId: id, name: 'Zoe', role: 'guest' });
    expect((await room.host.post(path)).status).toBe(204);
    expect(await snapshotOf(room)).toMatchObject({ memberCount: 2, waitingCount: 0 });
  });

  test('AM4 turns somebody away, for ten minutes', async () => {
    const room = await makeDoor();
    const { person, id, path } = await knock(room);
    const stream = await listen(person, room);
    await stream.next('waiting');
    expect((await room.host.send('DELETE', path)).status).toBe(204);
    await until(() => stream.closed());
    expect(typesOf(stream)).toEqual(['waiting', 'turned_away']);
    expectProblem((await knock(room, 'Zoe', person)).answer, 403, 'turned_away');
    expectProblem(await person.get(room.path), 403, 'not_a_member');
    expectProblem(await room.host.post(path), 404, 'member_not_found');
    expectProblem(await room.host.send('DELETE', path), 404, 'member_not_found');
    await age(id, 11);
    expect((await knock(room, 'Zoe', person)).answer.status).toBe(202);
  });

  test('and co-hosts see who waits, oldest first; guests do not', async () => {
    const room = await makeRoom();
    const [coHost, guest] = [await join(room), await join(room)];
    await room.host.send('PATCH', `${room.path}/members/${coHost.memberId}`, { json: { coHost: true } });
    await room.host.send('PATCH', room.path, { json: { admission: 'knock' } });
    const [first, second] = [await knock(room, 'First'), await knock(room, 'Second')];
    const listed = (await coHost.get(`${room.path}/waiting`)).body.waiting;
    expect(listed.map(({ name }: { name: string }) => name)).toEqual(['First', 'Second']);
    for (const [method, path] of [
      ['GET', `${room.path}/waiting`],
      ['POST', first.path],
      ['DELETE', first.path],
    ] as const)
      expectProblem(await guest.send(method, path), 403, 'host_only');
    expect((await coHost.post(second.path)).status).toBe(204);
  });

  test('does both at once: one of them counts', async () => {
    const room = await makeDoor();
    const { person, path } = await knock(room);
    const answers = await Promise.all([room.host.post(path), room.host.send('DELETE', path)]);
    const isIn = answers[0].status === 204;
    expect(answers.map(({ status }) => status).toSorted()).toEqual([204, 404]);
    expect((await person.get(room.path)).status).toBe(isIn ? 200 : 403);
  });

  test('ends the room: who waits hears it', async () => {
    const room = await makeDoor();
    const { person } = await knock(room);
    const stream = await listen(person, room);
    await stream.next('waiting');
    await room.host.send('DELETE', room.path);
    await until(() => stream.closed());
    expect(typesOf(stream)).toEqual(['waiting', 'ended']);
  });

  test('with a second phone of their own is somebody who knocks', async () => {
    const room = await makeDoor();
    const { person, path } = await knock(room, 'Host');
    await room.host.post(path);
    expect((await person.get(room.path)).body.you).toMatchObject({ role: 'guest', name: 'Host' });
    expect((await snapshotOf(room)).memberCount).toBe(2);
  });

  test('knows nobody of another door', async () => {
    const [room, other] = [await makeDoor(), await makeDoor()];
    const { id } = await knock(other);
    for (const method of ['POST', 'DELETE'])
      expectProblem(await room.host.send(method, `${room.path}/waiting/${id}`), 404, 'member_not_found');
    expect(await waitingAt(other)).toHaveLength(1);
  });
});

describe('AM2 somebody who', () => {
  test('is a guest elsewhere leaves there when they are let in, not before', async () => {
    const [room, other] = [await makeDoor(), await makeRoom()];
    const guest = await join(other);
    const there = await listen(guest, other);
    await there.next('snapshot');
    const { path } = await knock(room, 'Bob', guest);
    expect((await guest.get(other.path)).status).toBe(200);
    await room.host.post(path);
    await there.next('left');
    expectProblem(await guest.get(other.path), 403, 'not_a_member');
    expect((await guest.get('/api/me')).body.room).toEqual({ code: room.code, role: 'guest' });
  });

  test('makes a room meanwhile, gives up, or logs out waits no longer', async () => {
    const room = await makeDoor();
    const people = [await knock(room, 'A'), await knock(room, 'B'), await knock(room, 'C')] as const;
    const stream = await listen(people[1].person, room);
    await stream.next('waiting');
    await people[0].person.post('/api/rooms', {});
    expect((await people[1].person.send('DELETE', `${room.path}/members/me`)).status).toBe(204);
    await people[2].person.send('DELETE', '/api/session');
    await until(() => stream.closed());
    expect(typesOf(stream)).toEqual(['waiting']);
    expect(await waitingAt(room)).toEqual([]);
    expect((await snapshotOf(room)).waitingCount).toBe(0);
    for (const { path } of people) expectProblem(await room.host.post(path), 404, 'member_not_found');
  });

  test('AM3 is not heard of for two minutes waits no longer, and may knock anew', async () => {
    const room = await makeDoor();
    const { person, id } = await knock(room);
    await settle(room);
    expect((await snapshotOf(room)).waitingCount).toBe(1);
    await age(id, 3);
    expectProblem(await person.get(room.path), 403, 'not_a_member');
    expect(await waitingAt(room)).toEqual([]);
    await settle(room);
    expect((await snapshotOf(room)).waitingCount).toBe(0);
    expect((await knock(room, 'Zoe', person)).answer.status).toBe(202);
  });
});

test('AM5 twenty wait from one address, at whatever doors, and a hundred at one', async () => {
  const [room, other] = [await makeDoor(), await makeDoor()];
  const address = '198.51.100.78';
  for (let index = 0; index < 20; index += 1) {
    expect((await knock(room, `g${index}`, new AppClient(address))).answer.status).toBe(202);
  }
  expectProblem((await knock(other, 'Zoe', new AppClient(address))).answer, 429, 'rate_limited');
  expect((await knock(other)).answer.status).toBe(202);
  const others = Array.from({ length: 80 }, (_, index) => knock(room, `o${index}`));
  expect((await Promise.all(others)).map(({ answer }) => answer.status)).toEqual(others.map(() => 202));
  expectProblem((await knock(room)).answer, 429, 'rate_limited');
});

describe('AM6 opening the door', () => {
  test('lets in who waits', async () => {
    const room = await makeDoor();
    const people = [await knock(room, 'A'), await knock(room, 'B')];
    await room.host.send('PATCH', room.path, { json: { admission: 'open' } });
    for (const { person } of people) expect((await person.get(room.path)).status).toBe(200);
    expect((await snapshotOf(room)).waitingCount).toBe(0);
  });

  test('AM1 of a locked room is something else: who waits goes on waiting, and nobody new knocks', async () => {
    const room = await makeDoor();
    const { person, path } = await knock(room);
    await room.host.send('PATCH', room.path, { json: { locked: true } });
    expectProblem(await person.get(room.path), 403, 'waiting_for_host');
    expectProblem((await knock(room)).answer, 403, 'room_locked');
    expect((await room.host.post(path)).status).toBe(204);
  });
});
