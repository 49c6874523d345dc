import { catalogue, requireTrack } from '@/simulator/catalogue/catalogue';
import { faults } from '@/simulator/control-client';
import { QueueParty } from '@/testing/engine/queue-party';
import { setUpSimulator } from '@/testing/engine/set-up-simulator';

const spotify = setUpSimulator({ timeStands: true });

const first = requireTrack('Low Tide');
const second = requireTrack('Rope and Bell');

const begin = (): Promise<QueueParty> => QueueParty.begin(spotify);

describe('FD8 what people press', () => {
  test('play now plays that one; what was handed over before waits again, and comes once', async () => {
    const party = await begin();
    await party.add(first.uri);
    const wanted = await party.add(second.uri);
    await party.leave(9_000);
    await party.watcher.step();
    expect((await party.post(`/queue/${wanted}/play`)).status).toBe(204);
    await party.watcher.step();
    expect((await party.player()).itemUri).toBe(second.uri);
    expect(await party.states()).toEqual({ [first.uri]: 'queued', [second.uri]: 'playing' });
    await party.leave(9_000);
    await party.watcher.step();
    await party.leave(-1_000);
    await party.watcher.step();
    expect(await party.states()).toEqual({ [first.uri]: 'playing', [second.uri]: 'played' });
  });

  test('play in silence starts the first song', async () => {
    const party = await begin();
    await spotify.control.setDevices(party.account, { devices: [], active: null });
    await party.watcher.read();
    await party.add(first.uri);
    await spotify.control.setDevices(party.account, {
      devices: [{ key: 'sofa', id: 'sofa-id', name: 'Sofa' }],
      active: 'sofa',
    });
    expect((await party.post('/playback/play')).status).toBe(204);
    expect((await party.player()).itemUri).toBe(first.uri);
  });

  test('OR3 what the host plays now is no turn: the others keep their order', async () => {
    const party = await begin();
    await party.room.host.send('PATCH', party.room.path, { json: { queueOrder: 'turns' } });
    const [a, b] = [await party.guest('a'), await party.guest('b')];
    const songs = catalogue.tracks.filter(({ durationMs, playable }) => playable && durationMs > 10_000).slice(20, 24);
    const [one, two, three, other] = songs.map(({ uri }) => uri);
    for (const uri of [one, two]) await party.add(uri ?? '', a);
    const wanted = await party.add(three ?? '', a);
    await party.add(other ?? '', b);
    await party.post(`/queue/${wanted}/play`);
    await party.watcher.step();
    expect((await party.player()).itemUri).toBe(three);
    expect((await party.queue()).map(({ track }) => track.uri)).toEqual([one, other, two]);
  });

  test('SV7 play now, and what was on ended by itself meanwhile: the song came, and nothing is skipped', async () => {
    const party = await begin();
    const wanted = await party.add(first.uri);
    const call = { path: '/v1/me/player/queue', method: 'POST', account: party.account };
    await spotify.control.addRule({ when: call, times: 1, ...faults.hang({ executed: true }) });
    const answer = party.post(`/queue/${wanted}/play`);
    await spotify.control.waitForCalls(call);
    await party.leave(-200);
    await spotify.control.release();
    expect((await answer).status).toBe(204);
    expect((await party.player()).itemUri).toBe(first.uri);
    expect(await spotify.control.calls({ account: party.account, path: '/v1/me/player/next' })).toHaveLength(0);
    expect(await party.states()).toEqual({ [first.uri]: 'playing' });
  });
});

test('FD8 play now of a song that cannot be played: what plays goes on, and whoever pressed is told', async () => {
  const party = await begin();
  const wanted = await party.add(second.uri);
  const { itemUri } = await party.player();
  for (const path of ['/v1/me/player/queue', '/v1/tracks/:id']) {
    await spotify.control.addRule({ when: { path, account: party.account }, times: 1, ...faults.notFound() });
  }
  expect(await party.post(`/queue/${wanted}/play`)).toMatchObject({ status: 404, body: { code: 'track_not_found' } });
  expect((await party.player()).itemUri).toBe(itemUri);
  expect(await party.states()).toEqual({ [second.uri]: 'unplayable' });
});
