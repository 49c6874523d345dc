import { requireTrack } from '@/simulator/catalogue/catalogue';
import { faults } from '@/simulator/control-client';
import { QueueParty } from '@/testing/engine/queue-party';
import { logIn } from '@/testing/people/spotify-login';
import { setUpSimulator } from '@/testing/engine/set-up-simulator';

const spotify = setUpSimulator({ timeStands: true });

const first = requireTrack('Low Tide');
const second = requireTrack('Rope and Bell');
const third = requireTrack('Open Window');

const begin = (): Promise<QueueParty> => QueueParty.begin(spotify);

describe('FD1 one song ahead', () => {
  test('is handed over 13 s before the end, and plays without a gap', async () => {
    const party = await begin();
    await party.add(first.uri);
    await party.add(second.uri);
    await party.leave(15_000);
    expect(await party.watcher.step()).toEqual([]);
    await party.leave(12_000);
    expect(await party.watcher.step()).toEqual(['submit', 'verify']);
    expect(await party.states()).toEqual({ [first.uri]: 'next', [second.uri]: 'queued' });
    expect((await party.player()).queue).toEqual([first.uri]);
    expect(await party.watcher.step()).toEqual([]);
    await party.leave(-1_000);
    await party.watcher.step();
    expect(await party.states()).toEqual({ [first.uri]: 'playing', [second.uri]: 'queued' });
    const { playback, queue } = await party.snapshot();
    expect(playback).toMatchObject({ track: { uri: first.uri }, addedByName: 'Host' });
    expect(queue).toHaveLength(1);
    await party.leave(8_000);
    await party.watcher.step();
    await party.leave(-1_000);
    await party.watcher.step();
    expect(await party.states()).toEqual({ [first.uri]: 'played', [second.uri]: 'playing' });
    const { begun } = await party.player();
    const [one, two] = begun.slice(-2);
    expect([one?.uri, two?.uri]).toEqual([first.uri, second.uri]);
    expect((two?.at ?? 0) - (one?.at ?? 0)).toBe(first.durationMs);
  });

  test('FD3 the host’s playlist goes on underneath, and after the songs', async () => {
    const party = await begin();
    const { contextUri } = await party.player();
    await party.add(first.uri);
    await party.leave(5_000);
    await party.watcher.step();
    await party.leave(-1_000);
    await party.watcher.step();
    await party.leave(-1_000);
    await party.watcher.step();
    expect(await party.states()).toEqual({ [first.uri]: 'played' });
    expect(await party.player()).toMatchObject({ playing: true, contextUri });
    expect((await party.snapshot()).playback.addedBy).toBeNull();
  });

  test('FD4 a song that Spotify plays under another id is recognised', async () => {
    const party = await begin();
    await spotify.control.change({ relinkedUris: [first.uri] });
    await party.add(first.uri);
    await party.leave(5_000);
    await party.watcher.step();
    await party.leave(-1_000);
    await party.watcher.step();
    expect((await party.snapshot()).playback.track.uri).not.toBe(first.uri);
    expect(await party.states()).toEqual({ [first.uri]: 'playing' });
    await spotify.control.change({ relinkedUris: [] });
  });
});

describe('FD2 a hand-over that goes wrong', () => {
  test.each([
    ['the answer is lost', faults.resetAfter()],
    ['a 500 after the effect', { action: { kind: 'answer', status: 500 }, executed: true } as const],
  ])('%s: Spotify’s queue says that it has it, and it is not sent twice', async (_what, fault) => {
    const party = await begin();
    await party.add(first.uri);
    await spotify.control.addRule({
      when: { path: '/v1/me/player/queue', method: 'POST', account: party.account },
      times: 1,
      ...fault,
    });
    await party.leave(5_000);
    expect(await party.watcher.step()).toEqual(['submit', 'verify']);
    expect((await party.player()).queue).toEqual([first.uri]);
    expect(await party.handed()).toBe(1);
    await party.leave(-1_000);
    await party.watcher.step();
    expect(await party.states()).toEqual({ [first.uri]: 'playing' });
  });

  test('nothing happened: twice not found, it waits again and is sent again', async () => {
    const party = await begin();
    await party.add(first.uri);
    await spotify.control.addRule({
      when: { path: '/v1/me/player/queue', method: 'POST', account: party.account },
      times: 1,
      ...faults.resetBefore(),
    });
    await party.leave(5_000);
    expect(await party.watcher.step()).toEqual(['submit', 'verify', 'verify', 'submit', 'verify']);
    expect((await party.player()).queue).toEqual([first.uri]);
  });

  test('refused for now: it waits, and nobody loses it', async () => {
    const party = await begin();
    await party.add(first.uri);
    await spotify.control.addRule({
      when: { path: '/v1/me/player/queue', method: 'POST', account: party.account },
      times: 1,
      ...faults.restrictionViolated(),
    });
    await party.leave(9_000);
    await party.watcher.step();
    expect(await party.states()).toEqual({ [first.uri]: 'queued' });
    expect(await party.watcher.step()).toEqual(['submit', 'verify']);
  });

  test('a song that Spotify will not play leaves with a word, and the next one comes', async () => {
    const party = await begin();
    const guest = await party.guest('Mia');
    await party.add(first.uri, guest);
    await party.add(second.uri);
    await spotify.control.addRule({
      when: { path: '/v1/me/player/queue', method: 'POST', account: party.account },
      times: 1,
      ...faults.notFound(),
    });
    await spotify.control.addRule({
      when: { path: '/v1/tracks/:id', account: party.account },
      times: 1,
      ...faults.notFound(),
    });
    await party.leave(5_000);
    expect(await party.watcher.step()).toEqual(['submit', 'submit', 'verify']);
    expect(await party.states()).toEqual({ [first.uri]: 'unplayable', [second.uri]: 'next' });
    expect((await party.snapshot()).dropped).toMatchObject([
      { name: first.name, addedBy: guest.memberId, reason: 'unplayable' },
    ]);
  });

  test('an instance that dies between mark and call loses nothing', async () => {
    const party = await begin();
    await party.add(first.uri);
    await spotify.control.addRule({
      when: { path: '/v1/me/player/queue', method: 'POST', account: party.account },
      times: 1,
      ...faults.hang(),
    });
    await party.leave(5_000);
    const dying = party.watcher.step().catch(() => undefined);
    await spotify.control.waitForCalls({ account: party.account, path: '/v1/me/player/queue', method: 'POST' });
    expect(await party.states()).toEqual({ [first.uri]: 'next' });
    await spotify.control.release();
    await dying;
    await party.watcher.takeOver();
    await party.watcher.step();
    expect((await party.player()).queue.filter((uri) => uri === first.uri)).toHaveLength(1);
  });
});

describe('FD5 when something else begins', () => {
  async function handed(): Promise<QueueParty> {
    const party = await begin();
    await party.add(first.uri);
    await party.leave(9_000);
    await party.watcher.step();
    return party;
  }

  test('the host’s own queue comes first, and the song after it', async () => {
    const party = await begin();
    await party.add(first.uri);
    await spotify.control.press(party.account, { press: 'queue', uri: third.uri });
    await party.leave(9_000);
    await party.watcher.step();
    await party.leave(-1_000);
    expect(await party.watcher.step()).toEqual(['verify']);
    expect(await party.states()).toEqual({ [first.uri]: 'next' });
    await party.leave(-1_000);
    await party.watcher.step();
    expect(await party.states()).toEqual({ [first.uri]: 'playing' });
    expect(await party.handed()).toBe(1);
  });

  test('pressed past on the host’s phone before anybody saw it: it was skipped, and does not come again', async () => {
    const party = await handed();
    await spotify.control.press(party.account, { press: 'next' });
    await spotify.control.press(party.account, { press: 'next' });
    expect(await party.watcher.step()).toEqual(['verify', 'verify']);
    expect(await party.states()).toEqual({ [first.uri]: 'skipped' });
  });

  test('played through while no instance ran: it was played', async () => {
    const party = await handed();
    await party.leave(-1_000);
    await party.leave(-1_000);
    await party.watcher.takeOver();
    await party.watcher.step();
    expect(await party.states()).toEqual({ [first.uri]: 'played' });
    expect(await party.handed()).toBe(1);
  });

  test('played through, and nothing after it, while no instance ran: it was played', async () => {
    const party = await begin();
    await spotify.control.press(party.account, { press: 'repeat', mode: 'off' });
    await spotify.control.press(party.account, { press: 'start', uris: [third.uri] });
    await party.watcher.step();
    await party.add(first.uri);
    await party.leave(9_000);
    await party.watcher.step();
    await party.pass(9_000 + first.durationMs + 60_000);
    await party.watcher.takeOver();
    await party.watcher.step();
    expect(await party.states()).toEqual({ [first.uri]: 'played' });
    expect((await party.player()).playing).toBe(false);
  });

  test('lost with another device’s queue: it waits again', async () => {
    const party = await handed();
    const { contextUri } = await party.player();
    await spotify.control.addRule({
      when: { path: '/v1/me/player/queue', method: 'GET', account: party.account },
      action: { kind: 'answer', status: 200, body: { currently_playing: null, queue: [] } },
    });
    await spotify.control.press(party.account, { press: 'device', device: 'phone' });
    await spotify.control.press(party.account, {
      press: 'start',
      contextUri: contextUri ?? '',
      fromUri: requireTrack('Small Gravity').uri,
    });
    await party.watcher.step();
    expect((await party.states())[first.uri]).toBe('queued');
  });

  test('a song that the player passes over for it cannot play it leaves as unplayable', async () => {
    const party = await handed();
    await spotify.control.addRule({
      when: { path: '/v1/tracks/:id', account: party.account },
      action: { kind: 'answer', status: 404, body: { error: { status: 404, message: 'Not found.' } } },
    });
    await spotify.control.press(party.account, { press: 'next' });
    await spotify.control.press(party.account, { press: 'next' });
    await party.watcher.step();
    expect(await party.states()).toEqual({ [first.uri]: 'unplayable' });
  });
});

test('FD1 a song that is set to repeat does not keep the queue waiting', async () => {
  const party = await begin();
  await spotify.control.press(party.account, { press: 'repeat', mode: 'track' });
  await party.add(first.uri);
  await party.leave(9_000);
  await party.watcher.step();
  expect((await party.player()).repeat).toBe('context');
  await party.leave(-1_000);
  await party.watcher.step();
  expect(await party.states()).toEqual({ [first.uri]: 'playing' });
});

test('QU11 with another account of the host’s the songs wait, and are handed to its player', async () => {
  const party = await begin();
  await party.add(first.uri);
  await party.leave(9_000);
  await party.watcher.step();
  const other = await spotify.account();
  await logIn(party.room.host, other);
  expect((await party.queue()).map(({ state, track }) => [state, track.uri])).toEqual([['queued', first.uri]]);
  const { durationMs } = await spotify.control.player(other);
  await spotify.control.press(other, { press: 'seek', positionMs: (durationMs ?? 0) - 5_000 });
  await party.watcher.step();
  expect((await spotify.control.player(other)).queue).toEqual([first.uri]);
});
