import { getPool } from '@/lib/server/db/connection/pool';
import { catalogue, requireTrack } from '@/simulator/catalogue/catalogue';
import { makePlaylist } from '@/testing/engine/simulated-playlist';
import { QueueParty } from '@/testing/engine/queue-party';
import { logIn } from '@/testing/people/spotify-login';
import { setUpSimulator } from '@/testing/engine/set-up-simulator';

const spotify = setUpSimulator({ timeStands: true });

const first = requireTrack('Low Tide');
const second = requireTrack('Rope and Bell');
const third = requireTrack('Open Window');

const begin = (): Promise<QueueParty> => QueueParty.begin(spotify);

describe('FD6 silence', () => {
  async function silent(): Promise<QueueParty> {
    const party = await begin();
    await spotify.control.press(party.account, { press: 'repeat', mode: 'off' });
    await spotify.control.press(party.account, { press: 'start', uris: [third.uri] });
    await party.watcher.step();
    await party.leave(-1_000);
    await party.watcher.step();
    return party;
  }

  test('the first song is started where the music ran out', async () => {
    const party = await silent();
    expect((await party.player()).playing).toBe(false);
    await party.add(first.uri);
    expect(await party.watcher.step()).toEqual(['start']);
    expect(await party.player()).toMatchObject({ playing: true, itemUri: first.uri });
    expect(await party.states()).toEqual({ [first.uri]: 'playing' });
  });

  test('the same song that stands there is started as a play of its own', async () => {
    const party = await silent();
    await party.add(third.uri);
    await party.watcher.step();
    expect(await party.states()).toEqual({ [third.uri]: 'playing' });
  });

  test('a pause that somebody pressed is none', async () => {
    const party = await begin();
    await party.post('/playback/pause');
    await party.add(first.uri);
    expect(await party.watcher.step()).toEqual([]);
    expect((await party.player()).playing).toBe(false);
  });

  test('a press on the host’s phone that was not read yet is not talked over', async () => {
    const party = await silent();
    await party.add(first.uri);
    await spotify.control.press(party.account, { press: 'start', uris: [second.uri] });
    // What is due goes by what was seen before the press.
    expect(await party.watcher.runQueue()).toEqual(['start']);
    expect((await party.player()).itemUri).toBe(second.uri);
  });

  test('a sleeping device is woken once, and where there is none the song waits', async () => {
    const party = await silent();
    await spotify.control.changeDevice(party.account, 'kitchen', 'sleep');
    await party.add(first.uri);
    await party.watcher.step();
    expect(await party.player()).toMatchObject({ playing: true, itemUri: first.uri, activeDevice: 'kitchen' });
    const other = await silent();
    await spotify.control.setDevices(other.account, { devices: [], active: null });
    await other.add(first.uri);
    await other.watcher.step();
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
    expect(await party.watcher.step()).toEqual([]);
    await party.leave(0);
    expect(await party.watcher.runQueue()).toEqual(['take_over']);
    expect(await party.player()).toMatchObject({ itemUri: one, contextUri });
    await party.add(first.uri);
    await party.leave(9_000);
    await party.watcher.step();
    await party.leave(-1_000);
    await party.watcher.step();
    expect((await party.player()).itemUri).toBe(first.uri);
    await party.leave(-1_000);
    await party.watcher.step();
    expect(await party.player()).toMatchObject({ itemUri: two, contextUri });
  });

  test('is started where it left off when the music runs out, and from its beginning past its end', async () => {
    const { party, contextUri } = await withPlaylist();
    await party.watcher.read();
    await party.leave(0);
    await party.watcher.runQueue();
    await spotify.control.press(party.account, { press: 'repeat', mode: 'off' });
    const runOut = async (): Promise<void> => {
      await spotify.control.press(party.account, { press: 'start', uris: [third.uri] });
      await party.watcher.step();
      await party.leave(-1_000);
      await party.watcher.step();
    };
    await runOut();
    expect(await party.player()).toMatchObject({ playing: true, itemUri: two, contextUri });
    await party.leave(-1_000);
    await party.watcher.step();
    expect((await party.player()).itemUri).toBe(three);
    await runOut();
    expect(await party.player()).toMatchObject({ playing: true, itemUri: one, contextUri });
  });

  test('once it has played, what the host plays instead is left alone', async () => {
    const { party } = await withPlaylist();
    await party.watcher.read();
    await party.leave(0);
    expect(await party.watcher.runQueue()).toEqual(['take_over']);
    await spotify.control.press(party.account, { press: 'start', contextUri: `spotify:album:${third.album.id}` });
    await party.watcher.step();
    await party.leave(0);
    expect(await party.watcher.runQueue()).toEqual([]);
  });
});
