import { isDeaf } from '@/lib/server/player/state/deaf-device';
import { loadPlayerState } from '@/lib/server/player/state/store';
import { requireTrack } from '@/simulator/catalogue/catalogue';
import { faults } from '@/simulator/control-client';
import { QueueParty } from '@/testing/engine/queue-party';
import { songs } from '@/testing/engine/quiet-room';
import { setUpSimulator } from '@/testing/engine/set-up-simulator';
import { letTheClockStand } from '@/testing/engine/standing-clock';

letTheClockStand();
const spotify = setUpSimulator({ timeStands: true });

const underneath = requireTrack('Paper Planets').album.id;
const wishes = songs
  .filter(({ album, durationMs }) => album.id !== underneath && durationMs > 90_000)
  .slice(0, 3)
  .map(({ uri }) => uri);
const [first = '', second = ''] = wishes;

/** A party at a speaker that accepts songs for the queue, and queues nothing. */
async function begin(): Promise<QueueParty> {
  const party = await QueueParty.begin(spotify);
  await spotify.control.setDevices(party.account, {
    devices: [{ key: 'kitchen', takesQueue: false }, { key: 'laptop' }],
  });
  return party;
}

/** A party whose music has run out. */
async function silent(): Promise<QueueParty> {
  const party = await QueueParty.begin(spotify);
  await spotify.control.press(party.account, { press: 'repeat', mode: 'off' });
  await spotify.control.press(party.account, { press: 'start', uris: [requireTrack('Zip').uri] });
  await party.watcher.step();
  await party.leave(-1_000);
  await party.watcher.step();
  return party;
}

const heard = async (party: QueueParty): Promise<readonly string[]> =>
  (await party.player()).begun.map(({ uri }) => uri).filter((uri) => wishes.includes(uri));

const starts = (party: QueueParty) =>
  spotify.control.calls({ account: party.account, method: 'PUT', path: '/v1/me/player/play' });

describe('FD13 acceptance is not effect', () => {
  test('three songs on a speaker that queues nothing: all are heard, one after the other, and none is booked unheard', async () => {
    const party = await begin();
    for (const uri of wishes) await party.add(uri);
    for (let change = 0; change < 3; change += 1) await party.approach(-1_000, { fromMs: 14_000 });
    expect(await heard(party)).toEqual(wishes);
    expect(Object.values(await party.states())).toEqual(['played', 'played', 'playing']);
    // It was asked once whether it queues: half an hour long nobody asks again.
    expect(await party.handed()).toBe(1);
    expect((await party.snapshot()).dropped).toEqual([]);
  });

  test('a song that was handed over too late to be looked for waits again, and comes at the next change', async () => {
    const party = await begin();
    await party.leave(1_000);
    await party.watcher.read();
    await party.add(first);
    await party.live(3_000);
    await party.live(8_000);
    expect(await party.states()).toEqual({ [first]: 'queued' });
    await party.approach(-1_000, { fromMs: 14_000 });
    expect(await heard(party)).toEqual([first]);
  });

  test('next, a vote and play now start the song there', async () => {
    const party = await begin();
    for (const uri of wishes) await party.add(uri);
    await party.approach(-1_000, { fromMs: 14_000 });
    await party.post('/playback/next', {});
    expect((await party.player()).itemUri).toBe(second);
    await party.watcher.read();
    const [wanted] = await party.queue();
    expect((await party.post(`/queue/${wanted?.id}/play`)).status).toBe(204);
    expect(await heard(party)).toEqual(wishes);
  });

  test('another device takes its queue as ever, and this one is asked again half an hour later', async () => {
    const party = await begin();
    for (const uri of wishes.slice(0, 2)) await party.add(uri);
    await party.approach(-1_000, { fromMs: 14_000 });
    await spotify.control.press(party.account, { press: 'device', device: 'laptop' });
    await party.watcher.step();
    await party.approach(-1_000, { fromMs: 14_000 });
    expect(await party.handed()).toBe(2);
    expect(await heard(party)).toEqual(wishes.slice(0, 2));
    const state = await loadPlayerState(party.watcher.roomId);
    if (state === null) throw new Error('There is no such room.');
    const there = { ...state, deviceId: state.view.deaf?.deviceId ?? null };
    expect([29, 31].map((minutes) => isDeaf(there, Date.now() + minutes * 60_000))).toEqual([true, false]);
  });

  test('a start without effect is tried again, each time later, and the song waits', async () => {
    const party = await silent();
    const play = { method: 'PUT', path: '/v1/me/player/play', account: party.account };
    await spotify.control.addRule({ when: play, ...faults.accepted() });
    await party.add(first);
    await party.live(3 * 60_000);
    expect((await starts(party)).length).toBeLessThan(8);
    await spotify.control.clearRules();
    for (let tries = 0; tries < 20 && (await heard(party)).length === 0; tries += 1) await party.live(10_000);
    expect(await heard(party)).toEqual([first]);
  });

  test('a queue that was empty to look at says nothing: the song that it had is not queued twice', async () => {
    const party = await QueueParty.begin(spotify);
    const read = { method: 'GET', path: '/v1/me/player/queue', account: party.account };
    const body = { currently_playing: null, queue: [] };
    await spotify.control.addRule({ when: read, action: { kind: 'answer', status: 200, body } });
    await party.add(first);
    await party.approach(-1_000, { fromMs: 14_000 });
    expect([await party.handed(), (await starts(party)).length, await heard(party)]).toEqual([1, 0, [first]]);
  });
});

describe('FD14 a refusal is no verdict on the song', () => {
  const refusals = [
    ['404 Not found.', faults.notFound()],
    ['404 without words', { action: { kind: 'answer', status: 404 } }],
    ['400', { action: { kind: 'answer', status: 400, body: { error: { status: 400, message: 'Bad request' } } } }],
    ['403 in plain text', { action: { kind: 'answer', status: 403, body: 'Forbidden' } }],
    ['403 with a reason', faults.restrictionViolated()],
  ] as const;

  test.each(refusals)('%s where a song is started in silence: all wait, and come', async (_what, fault) => {
    const party = await silent();
    await spotify.control.addRule({
      when: { method: 'PUT', path: '/v1/me/player/play', account: party.account },
      times: 2,
      ...fault,
    });
    for (const uri of wishes) await party.add(uri);
    await party.live(1_000);
    expect(Object.values(await party.states())).toEqual(['queued', 'queued', 'queued']);
    await party.live(10_000);
    expect(await heard(party)).toEqual([first]);
  });

  test('a 404 in any wording says that no device answers', async () => {
    const party = await silent();
    await spotify.control.addRule({
      when: { method: 'PUT', path: '/v1/me/player/play', account: party.account },
      ...faults.notFound(),
    });
    await party.add(first);
    const { kind, act } = await party.watcher.next(true);
    expect(kind).toBe('start');
    await act();
    expect((await party.snapshot()).playback.status).toBe('no_device');
    expect((await party.post('/playback/play')).body.code).toBe('no_active_device');
  });

  test.each(refusals)('%s where it is handed over: it is started at the change', async (_what, fault) => {
    const party = await QueueParty.begin(spotify);
    await spotify.control.addRule({
      when: { method: 'POST', path: '/v1/me/player/queue', account: party.account },
      ...fault,
    });
    for (const uri of wishes) await party.add(uri);
    await party.approach(-1_000, { fromMs: 14_000 });
    expect(await heard(party)).toEqual([first]);
    expect((await party.snapshot()).dropped).toEqual([]);
  });

  test('where the catalogue knows no song any more either, one may go, and the others wait', async () => {
    const party = await silent();
    const notFound = faults.notFound();
    for (const uri of wishes) await party.add(uri);
    await spotify.control.addRule({ when: { path: '/v1/me/player/play', account: party.account }, ...notFound });
    await spotify.control.addRule({ when: { path: '/v1/tracks/:id', account: party.account }, ...notFound });
    await party.live(20_000);
    expect(Object.values(await party.states()).toSorted()).toEqual(['queued', 'queued', 'unplayable']);
  });
});
