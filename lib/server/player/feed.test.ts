import { getPool } from '@/lib/server/db/pool';
import { stopInstance } from '@/lib/server/stop';
import { catalogue, requireTrack } from '@/lib/simulator/catalogue/catalogue';
import { faults } from '@/lib/simulator/control-client';
import { makePlaylist } from '@/lib/testing/simulated-playlist';
import { QueueParty } from '@/lib/testing/queue-party';
import { logIn, startSpotify, type TestSpotify } from '@/lib/testing/spotify';

let spotify: TestSpotify;
beforeAll(async () => {
  spotify = await startSpotify({ lagMs: 0 });
});
afterEach(async () => {
  await spotify.control.release();
  await spotify.control.clearRules();
});
afterAll(async () => {
  await stopInstance();
  await spotify.stop();
});

const first = requireTrack('Low Tide');
const second = requireTrack('Rope and Bell');
const third = requireTrack('Open Window');

const begin = (): Promise<QueueParty> => QueueParty.begin(spotify);

describe('FD1 one song ahead', () => {
  test('is handed over 10 s before the end, and plays without a gap', async () => {
    const party = await begin();
    await party.add(first.uri);
    await party.add(second.uri);
    await party.leave(20_000);
    expect(await party.watcher.look()).toEqual([]);
    await party.leave(9_000);
    expect(await party.watcher.look()).toEqual(['hand_over']);
    expect(await party.states()).toEqual({ [first.uri]: 'next', [second.uri]: 'queued' });
    expect((await party.player()).queue).toEqual([first.uri]);
    expect(await party.watcher.look()).toEqual([]);
    await party.leave(-1_000);
    await party.watcher.look();
    expect(await party.states()).toEqual({ [first.uri]: 'playing', [second.uri]: 'queued' });
    const { playback, queue } = await party.snapshot();
    expect(playback).toMatchObject({ track: { uri: first.uri }, addedByName: 'Host' });
    expect(queue).toHaveLength(1);
    await party.leave(8_000);
    await party.watcher.look();
    await party.leave(-1_000);
    await party.watcher.look();
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
    await party.watcher.look();
    await party.leave(-1_000);
    await party.watcher.look();
    await party.leave(-1_000);
    await party.watcher.look();
    expect(await party.states()).toEqual({ [first.uri]: 'played' });
    expect(await party.player()).toMatchObject({ playing: true, contextUri });
    expect((await party.snapshot()).playback.addedBy).toBeNull();
  });

  test('FD4 a song that Spotify plays under another id is recognised', async () => {
    const party = await begin();
    await spotify.control.change({ relinkedUris: [first.uri] });
    await party.add(first.uri);
    await party.leave(5_000);
    await party.watcher.look();
    await party.leave(-1_000);
    await party.watcher.look();
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
    expect(await party.watcher.look()).toEqual(['hand_over', 'check']);
    expect((await party.player()).queue).toEqual([first.uri]);
    expect(await party.handed()).toBe(1);
    await party.leave(-1_000);
    await party.watcher.look();
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
    expect(await party.watcher.look()).toEqual(['hand_over', 'check', 'check', 'hand_over']);
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
    await party.leave(5_000);
    await party.watcher.look();
    expect(await party.states()).toEqual({ [first.uri]: 'queued' });
    expect(await party.watcher.look()).toEqual(['hand_over']);
  });

  test('a song that Spotify will not play leaves with a word, and the next one comes', async () => {
    const party = await begin();
    const guest = await party.guest('Mia');
    await party.add(first.uri, guest);
    await party.add(second.uri);
    await spotify.control.addRule({
      when: { path: '/v1/me/player/queue', method: 'POST', account: party.account },
      times: 1,
      action: { kind: 'answer', status: 404, body: { error: { status: 404, message: 'Not found.' } } },
    });
    await party.leave(5_000);
    expect(await party.watcher.look()).toEqual(['hand_over', 'hand_over']);
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
    const dying = party.watcher.look().catch(() => undefined);
    await spotify.control.waitForCalls({ account: party.account, path: '/v1/me/player/queue', method: 'POST' });
    expect(await party.states()).toEqual({ [first.uri]: 'next' });
    await spotify.control.release();
    await dying;
    await party.watcher.takeOver();
    await party.watcher.look();
    expect((await party.player()).queue.filter((uri) => uri === first.uri)).toHaveLength(1);
  });
});

describe('FD5 when something else begins', () => {
  async function handed(): Promise<QueueParty> {
    const party = await begin();
    await party.add(first.uri);
    await party.leave(9_000);
    await party.watcher.look();
    return party;
  }

  test('the host’s own queue comes first, and the song after it', async () => {
    const party = await begin();
    await party.add(first.uri);
    await spotify.control.press(party.account, { press: 'queue', uri: third.uri });
    await party.leave(9_000);
    await party.watcher.look();
    await party.leave(-1_000);
    expect(await party.watcher.look()).toEqual(['check']);
    expect(await party.states()).toEqual({ [first.uri]: 'next' });
    await party.leave(-1_000);
    await party.watcher.look();
    expect(await party.states()).toEqual({ [first.uri]: 'playing' });
    expect(await party.handed()).toBe(1);
  });

  test('pressed past on the host’s phone before anybody saw it: it was skipped, and does not come again', async () => {
    const party = await handed();
    await spotify.control.press(party.account, { press: 'next' });
    await spotify.control.press(party.account, { press: 'next' });
    expect(await party.watcher.look()).toEqual(['check', 'check']);
    expect(await party.states()).toEqual({ [first.uri]: 'skipped' });
  });

  test('played through while no instance ran: it was played', async () => {
    const party = await handed();
    await party.leave(-1_000);
    await party.leave(-1_000);
    await party.watcher.takeOver();
    await party.watcher.look();
    expect(await party.states()).toEqual({ [first.uri]: 'played' });
    expect(await party.handed()).toBe(1);
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
    await party.watcher.look();
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
    await party.watcher.look();
    expect(await party.states()).toEqual({ [first.uri]: 'unplayable' });
  });
});

describe('FD6 silence', () => {
  async function silent(): Promise<QueueParty> {
    const party = await begin();
    await spotify.control.press(party.account, { press: 'repeat', mode: 'off' });
    await spotify.control.press(party.account, { press: 'start', uris: [third.uri] });
    await party.watcher.look();
    await party.leave(-1_000);
    await party.watcher.look();
    return party;
  }

  test('the first song is started where the music ran out', async () => {
    const party = await silent();
    expect((await party.player()).playing).toBe(false);
    await party.add(first.uri);
    expect(await party.watcher.look()).toEqual(['start']);
    expect(await party.player()).toMatchObject({ playing: true, itemUri: first.uri });
    expect(await party.states()).toEqual({ [first.uri]: 'playing' });
  });

  test('the same song that stands there is started as a play of its own', async () => {
    const party = await silent();
    await party.add(third.uri);
    await party.watcher.look();
    expect(await party.states()).toEqual({ [third.uri]: 'playing' });
  });

  test('a pause that somebody pressed is none', async () => {
    const party = await begin();
    await party.post('/playback/pause');
    await party.add(first.uri);
    expect(await party.watcher.look()).toEqual([]);
    expect((await party.player()).playing).toBe(false);
  });

  test('a press on the host’s phone that was not read yet is not talked over', async () => {
    const party = await silent();
    await party.add(first.uri);
    await spotify.control.press(party.account, { press: 'start', uris: [second.uri] });
    // What is due goes by what was seen before the press.
    expect((await party.watcher.due())?.kind).toBe('start');
    await party.watcher.look();
    expect((await party.player()).itemUri).toBe(second.uri);
  });

  test('a sleeping device is woken once, and where there is none the song waits', async () => {
    const party = await silent();
    await spotify.control.changeDevice(party.account, 'kitchen', 'sleep');
    await party.add(first.uri);
    await party.watcher.look();
    expect(await party.player()).toMatchObject({ playing: true, itemUri: first.uri, activeDevice: 'kitchen' });
    const other = await silent();
    await spotify.control.setDevices(other.account, { devices: [], active: null });
    await other.add(first.uri);
    await other.watcher.look();
    expect(await other.states()).toEqual({ [first.uri]: 'queued' });
    expect((await other.snapshot()).playback.status).toBe('no_device');
  });

  test('a player that went away is not called back for old songs', async () => {
    const party = await begin();
    await party.add(first.uri);
    await getPool().query(`UPDATE "QueueItem" SET "addedAt" = now() - interval '5 minutes' WHERE "uri" = $1`, [
      first.uri,
    ]);
    await spotify.control.setDevices(party.account, { devices: [], active: null });
    await party.watcher.read();
    expect(await party.watcher.due()).toBeNull();
  });
});

describe('FD6 the host’s playlist', () => {
  const songs = catalogue.tracks.filter(({ playable, durationMs }) => playable && durationMs > 60_000).slice(30, 33);
  const [one, two, three] = songs.map(({ uri }) => uri);

  async function withPlaylist(): Promise<{ readonly party: QueueParty; readonly contextUri: string }> {
    const party = await begin();
    await logIn(party.room.host, party.account, '/', 'playlists');
    const playlistId = await makePlaylist(
      spotify,
      party.account,
      'Friday',
      songs.map(({ uri }) => uri),
    );
    const answer = await party.room.host.send('PUT', `${party.room.path}/fallback`, { json: { playlistId } });
    expect(answer.body.room.fallback).toEqual({ name: 'Friday' });
    return { party, contextUri: `spotify:playlist:${playlistId}` };
  }

  test('follows the song that plays; guests’ songs come between, and it goes on by itself', async () => {
    const { party, contextUri } = await withPlaylist();
    await party.leave(2_000);
    expect(await party.watcher.look()).toEqual([]);
    await party.leave(0);
    expect(await party.watcher.act()).toEqual(['take_over']);
    expect(await party.player()).toMatchObject({ itemUri: one, contextUri });
    await party.add(first.uri);
    await party.leave(9_000);
    await party.watcher.look();
    await party.leave(-1_000);
    await party.watcher.look();
    expect((await party.player()).itemUri).toBe(first.uri);
    await party.leave(-1_000);
    await party.watcher.look();
    expect(await party.player()).toMatchObject({ itemUri: two, contextUri });
  });

  test('is started where it left off when the music runs out, and from its beginning past its end', async () => {
    const { party, contextUri } = await withPlaylist();
    await party.watcher.read();
    await party.leave(0);
    await party.watcher.act();
    await spotify.control.press(party.account, { press: 'repeat', mode: 'off' });
    const runOut = async (): Promise<void> => {
      await spotify.control.press(party.account, { press: 'start', uris: [third.uri] });
      await party.watcher.look();
      await party.leave(-1_000);
      await party.watcher.look();
    };
    await runOut();
    expect(await party.player()).toMatchObject({ playing: true, itemUri: two, contextUri });
    await party.leave(-1_000);
    await party.watcher.look();
    expect((await party.player()).itemUri).toBe(three);
    await runOut();
    expect(await party.player()).toMatchObject({ playing: true, itemUri: one, contextUri });
  });

  test('once it has played, what the host plays instead is left alone', async () => {
    const { party } = await withPlaylist();
    await party.watcher.read();
    await party.leave(0);
    expect(await party.watcher.act()).toEqual(['take_over']);
    await spotify.control.press(party.account, { press: 'start', contextUri: `spotify:album:${third.album.id}` });
    await party.watcher.look();
    await party.leave(0);
    expect(await party.watcher.act()).toEqual([]);
  });
});

describe('FD7 a song that was taken out after it was handed over', () => {
  test('is skipped when it begins, and the first waiting one follows', async () => {
    const party = await begin();
    const id = await party.add(first.uri);
    await party.add(second.uri);
    await party.leave(5_000);
    await party.watcher.look();
    await party.take(id);
    await party.watcher.look();
    await party.leave(-200);
    await party.watcher.look();
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
    await party.watcher.look();
    await party.take(id);
    await party.post(`/queue/${id}/restore`);
    await party.watcher.look();
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
    await party.watcher.look();
    expect(await party.states()).toEqual({ [first.uri]: 'playing' });
  });

  test('next does too, once, however often it is pressed', async () => {
    const party = await begin();
    await party.add(first.uri);
    await party.add(second.uri);
    const { playback } = await party.snapshot();
    const answers = await Promise.all([1, 2, 3].map(() => party.post('/playback/next', { playId: playback.playId })));
    expect(answers.every(({ status }) => status === 204 || status === 409)).toBe(true);
    await party.watcher.look();
    expect(await party.states()).toEqual({ [first.uri]: 'playing', [second.uri]: 'queued' });
  });

  test('play now plays that one; what was handed over before waits again, and comes once', async () => {
    const party = await begin();
    await party.add(first.uri);
    const wanted = await party.add(second.uri);
    await party.leave(9_000);
    await party.watcher.look();
    expect((await party.post(`/queue/${wanted}/play`)).status).toBe(204);
    await party.watcher.look();
    expect((await party.player()).itemUri).toBe(second.uri);
    expect(await party.states()).toEqual({ [first.uri]: 'queued', [second.uri]: 'playing' });
    await party.leave(9_000);
    await party.watcher.look();
    await party.leave(-1_000);
    await party.watcher.look();
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

  test('OR3 a song that was skipped is no turn', async () => {
    const party = await begin();
    await party.room.host.send('PATCH', party.room.path, { json: { queueOrder: 'turns' } });
    const [a, b] = [await party.guest('a'), await party.guest('b')];
    const songs = catalogue.tracks.filter(({ durationMs, playable }) => playable && durationMs > 10_000).slice(20, 24);
    await party.add(songs[0]?.uri ?? '', a);
    await party.post('/playback/next', {});
    await party.watcher.look();
    await party.add(songs[1]?.uri ?? '', a);
    await party.add(songs[2]?.uri ?? '', b);
    const order = async () => (await party.snapshot()).queue.map(({ track }: { track: { uri: string } }) => track.uri);
    // While it plays it is a turn: b comes first.
    expect(await order()).toEqual([songs[2]?.uri, songs[1]?.uri]);
    await spotify.control.press(party.account, { press: 'next' });
    await party.watcher.look();
    expect(await order()).toEqual([songs[1]?.uri, songs[2]?.uri]);
  });
});

test('FD1 a song that is set to repeat does not keep the queue waiting', async () => {
  const party = await begin();
  await spotify.control.press(party.account, { press: 'repeat', mode: 'track' });
  await party.add(first.uri);
  await party.leave(9_000);
  await party.watcher.look();
  expect((await party.player()).repeat).toBe('context');
  await party.leave(-1_000);
  await party.watcher.look();
  expect(await party.states()).toEqual({ [first.uri]: 'playing' });
});

test('QU11 with another account of the host’s the songs wait, and are handed to its player', async () => {
  const party = await begin();
  await party.add(first.uri);
  await party.leave(9_000);
  await party.watcher.look();
  const other = await spotify.account();
  await logIn(party.room.host, other);
  expect((await party.queue()).map(({ state, track }) => [state, track.uri])).toEqual([['queued', first.uri]]);
  const { durationMs } = await spotify.control.player(other);
  await spotify.control.press(other, { press: 'seek', positionMs: (durationMs ?? 0) - 5_000 });
  await party.watcher.look();
  expect((await spotify.control.player(other)).queue).toEqual([first.uri]);
});
