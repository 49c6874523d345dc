import { faults } from '@/simulator/control-client';
import { setUpSimulator } from '@/testing/engine/set-up-simulator';
import { SpotifyClient } from './client';
import type { CallKind } from './web-api';

const spotify = setUpSimulator({ lagMs: 0 });

const scopes = ['user-read-playback-state', 'user-modify-playback-state', 'user-read-currently-playing'];

async function connect() {
  const account = await spotify.account();
  const { accessToken } = await spotify.control.login(account, scopes);
  const entered: CallKind[] = [];
  const gate = {
    enter: (kind: CallKind) => {
      entered.push(kind);
      return Promise.resolve();
    },
    block: () => Promise.resolve(),
  };
  const client = new SpotifyClient({ apiUrl: spotify.simulator.url, accessToken, gate });
  return { account, client, entered, player: () => spotify.control.player(account) };
}

test('a song goes behind those that were queued by hand, and is found in the queue', async () => {
  const { client, player, entered } = await connect();
  const [, second] = (await player()).upcoming;
  const uri = second ?? '';
  await client.addToQueue(uri);
  await client.addToQueue(uri);
  expect((await player()).queue).toEqual([uri, uri]);
  const queue = await client.getQueue();
  expect(queue.slice(0, 2)).toEqual([
    expect.objectContaining({ uri, kind: 'track' }),
    expect.objectContaining({ uri }),
  ]);
  expect(queue.map((track) => track.uri)).toEqual((await player()).upcoming);
  expect(entered).toEqual(['command', 'command', 'command']);
});

test('nulls in the queue are left out; an answer without news is not an empty queue', async () => {
  const { client, account } = await connect();
  const when = { method: 'GET', path: '/v1/me/player/queue', account };
  const body = { currently_playing: null, queue: [null, { type: 'chapter' }] };
  await spotify.control.addRule({ when, times: 1, action: { kind: 'answer', status: 200, body } });
  await expect(client.getQueue()).resolves.toEqual([]);
  await spotify.control.addRule({ when, times: 1, ...faults.emptyBody(200) });
  await expect(client.getQueue()).rejects.toMatchObject({ kind: 'invalid_response', outcomeUnknown: true });
  await spotify.control.addRule({ when, times: 1, ...faults.emptyBody(204) });
  await expect(client.getQueue()).resolves.toEqual([]);
});

test('one song plays alone, a context from one of its songs on, and the context is seen', async () => {
  const { client, player } = await connect();
  const { contextUri, upcoming } = await player();
  expect((await client.getPlayback())?.contextUri).toBe(contextUri);
  const [first = ''] = upcoming;
  await client.playTrack(first);
  expect(await player()).toMatchObject({ playing: true, itemUri: first, contextUri: null });
  expect((await client.getPlayback())?.contextUri).toBeNull();
  await client.playContext(contextUri ?? '', 2);
  const third = await player();
  await client.playContext(contextUri ?? '', 0);
  const { upcoming: afterFirst } = await player();
  expect(third).toMatchObject({ playing: true, contextUri, itemUri: afterFirst[1] });
});

test('a device is named where one is given', async () => {
  const { client, account } = await connect();
  await client.playTrack('spotify:track:0000000000000000000000', 'some device').catch(() => undefined);
  await client.playContext('spotify:playlist:0000000000000000000000', 1, 'some device').catch(() => undefined);
  const calls = await spotify.control.calls({ account, path: '/v1/me/player/play' });
  expect(calls.map(({ query }) => query)).toEqual([{ device_id: 'some device' }, { device_id: 'some device' }]);
});

test('a context that reads oddly is none, and hides nothing else', async () => {
  const { client, account } = await connect();
  const body = { is_playing: true, item: null, currently_playing_type: 'track', context: 'odd' };
  const when = { method: 'GET', path: '/v1/me/player', account };
  await spotify.control.addRule({ when, times: 1, action: { kind: 'answer', status: 200, body } });
  await expect(client.getPlayback()).resolves.toMatchObject({ status: 'unknown', contextUri: null });
});
