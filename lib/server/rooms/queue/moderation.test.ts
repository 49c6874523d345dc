import { add, idOf, patch, queueOf, quietRooms, remove, uriOf, vote } from '@/testing/engine/quiet-room';
import { setUpSimulator } from '@/testing/engine/set-up-simulator';
import { expectProblem } from '@/testing/jest/matchers';
import { join } from '@/testing/people/app-client';
import { snapshotOf } from '@/testing/people/party';

const quietRoom = quietRooms(setUpSimulator());

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
    await remove(people[taker], room, song);
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
    await remove(b, room, song);
    await rights({ coHost: false, trusted: true });
    expectProblem(await b.post(`${room.path}/queue/${song}/restore`), 403, 'host_only');
  });

  test('a song that the host does not approve can be put back to wait', async () => {
    const room = await quietRoom({ asksApproval: true });
    const guest = await join(room);
    const song = idOf(await add(guest, room, uriOf(0)));
    await remove(room.host, room, song);
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
