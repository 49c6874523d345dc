import { add, queueOf, quietRooms, songs } from '@/testing/engine/quiet-room';
import { setUpSimulator } from '@/testing/engine/set-up-simulator';
import { expectProblem } from '@/testing/jest/matchers';
import { join } from '@/testing/people/app-client';

const quietRoom = quietRooms(setUpSimulator());

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
