import { catalogue, requireTrack } from '@/simulator/catalogue/catalogue';
import { QueueParty } from '@/testing/engine/queue-party';
import { setUpSimulator } from '@/testing/engine/set-up-simulator';

const spotify = setUpSimulator({ timeStands: true });

const first = requireTrack('Low Tide');
const second = requireTrack('Rope and Bell');

const begin = (): Promise<QueueParty> => QueueParty.begin(spotify);

describe('FD7 a song that was taken out after it was handed over', () => {
  test('is skipped when it begins, and the first waiting one follows', async () => {
    const party = await begin();
    const id = await party.add(first.uri);
    await party.add(second.uri);
    await party.leave(5_000);
    await party.watcher.step();
    await party.take(id);
    await party.watcher.step();
    await party.leave(-200);
    await party.watcher.step();
    expect((await party.player()).itemUri).toBe(second.uri);
    expect(await party.states()).toEqual({ [first.uri]: 'removed', [second.uri]: 'playing' });
    const { begun } = await party.player();
    const [removed, next] = begun.slice(-2);
    expect((next?.at ?? 0) - (removed?.at ?? 0)).toBeLessThan(1_000 + 200);
  });

  test('put back meanwhile, it is not handed over twice', async () => {
    const party = await begin();
    const id = await party.add(first.uri);
    await party.leave(9_000);
    await party.watcher.step();
    await party.take(id);
    await party.post(`/queue/${id}/restore`);
    await party.watcher.step();
    expect(await party.states()).toEqual({ [first.uri]: 'next' });
    expect(await party.handed()).toBe(1);
  });
});

describe('FD8 what people press', () => {
  test('a skip with songs waiting plays the first one', async () => {
    const party = await begin();
    await party.add(first.uri);
    const { playback } = await party.snapshot();
    expect((await party.post('/skip-votes', { playId: playback.playId })).body.skipped).toBe(true);
    await party.watcher.step();
    expect(await party.states()).toEqual({ [first.uri]: 'playing' });
  });

  test('next does too, once, however often it is pressed', async () => {
    const party = await begin();
    await party.add(first.uri);
    await party.add(second.uri);
    const { playback } = await party.snapshot();
    const answers = await Promise.all([1, 2, 3].map(() => party.post('/playback/next', { playId: playback.playId })));
    expect(answers.every(({ status }) => status === 204 || status === 409)).toBe(true);
    await party.watcher.step();
    expect(await party.states()).toEqual({ [first.uri]: 'playing', [second.uri]: 'queued' });
  });

  test('OR3 a song that was skipped is no turn', async () => {
    const party = await begin();
    await party.room.host.send('PATCH', party.room.path, { json: { queueOrder: 'turns' } });
    const [a, b] = [await party.guest('a'), await party.guest('b')];
    const songs = catalogue.tracks.filter(({ durationMs, playable }) => playable && durationMs > 10_000).slice(20, 24);
    await party.add(songs[0]?.uri ?? '', a);
    await party.post('/playback/next', {});
    await party.watcher.step();
    await party.add(songs[1]?.uri ?? '', a);
    await party.add(songs[2]?.uri ?? '', b);
    const order = async () => (await party.snapshot()).queue.map(({ track }: { track: { uri: string } }) => track.uri);
    // While it plays it is a turn: b comes first.
    expect(await order()).toEqual([songs[2]?.uri, songs[1]?.uri]);
    await spotify.control.press(party.account, { press: 'next' });
    await party.watcher.step();
    expect(await order()).toEqual([songs[1]?.uri, songs[2]?.uri]);
  });
});
