import { catalogue, requireTrack } from '@/simulator/catalogue/catalogue';
import { makeParty } from '@/testing/people/app-client';
import { readEvents } from '@/testing/people/event-reader';
import { makePlaylist } from '@/testing/engine/simulated-playlist';
import { until } from '@/testing/until';
import { setUpSimulator } from '@/testing/engine/set-up-simulator';

// As much lag as the real one: what was started shows later.
const spotify = setUpSimulator({ lagMs: 400 });

const uris = catalogue.tracks.slice(30, 33).map(({ uri }) => uri);

/** A room with an open page, whose host has chosen a playlist and plays something else. */
async function partyWithPlaylist() {
  const { account, ...room } = await makeParty(spotify, {}, 'playlists');
  const stream = await readEvents(room.host, room.path);
  await until(() => stream.snapshot()?.playback.status === 'playing');
  const playlistId = await makePlaylist(spotify, account, 'Friday', uris);
  await room.host.send('PUT', `${room.path}/fallback`, { json: { playlistId } });
  const starts = () => spotify.control.calls({ account, method: 'PUT', path: '/v1/me/player/play' });
  const shows = (uri: string | undefined) => until(() => stream.snapshot()?.playback.track?.uri === uri, 15_000);
  return { room, account, stream, starts, shows };
}

test('FD6 a playlist that follows the song is started once, however long it takes to show', async () => {
  const { room, account, stream, starts, shows } = await partyWithPlaylist();
  const { durationMs } = await spotify.control.player(account);
  await room.host.post(`${room.path}/playback/seek`, { positionMs: (durationMs ?? 0) - 2_000 });
  await shows(uris[0]);
  expect(await starts()).toHaveLength(1);
  stream.close();
});

test('FD6 so is one that is started in silence', async () => {
  const { account, stream, starts, shows } = await partyWithPlaylist();
  const song = requireTrack('Zip');
  await spotify.control.press(account, { press: 'repeat', mode: 'off' });
  await spotify.control.press(account, { press: 'start', uris: [song.uri] });
  await shows(uris[0]);
  expect(await starts()).toHaveLength(1);
  stream.close();
});
