import { requireTrack } from '@/simulator/catalogue/catalogue';
import { faults } from '@/simulator/control-client';
import { makeParty } from '@/testing/people/app-client';
import { snapshotOf } from '@/testing/people/party';
import { QueueParty } from '@/testing/engine/queue-party';
import { setUpSimulator } from '@/testing/engine/set-up-simulator';
import { SpotifyClient } from './client';

const spotify = setUpSimulator({ timeStands: true });

const gate = { enter: () => Promise.resolve(), block: () => Promise.resolve() };

async function connect() {
  const account = await spotify.account();
  const scopes = ['user-read-playback-state', 'user-read-currently-playing', 'playlist-read-private'];
  const { accessToken } = await spotify.control.login(account, scopes);
  return { account, client: new SpotifyClient({ apiUrl: spotify.simulator.url, accessToken, gate }) };
}

describe('PB8 what comes from outside can be stored and shown', () => {
  test('U+0000 and halves of pairs in every text are gone; the room follows, and next is next', async () => {
    const party = await QueueParty.begin(spotify);
    const odd = 'A\0B\uD800C';
    const text = { name: odd, artists: [{ name: odd }], album: { name: odd }, uri: 'spotify:local:\0:::1', id: null };
    await spotify.control.addRule({
      when: { path: '/v1/me/player', method: 'GET', account: party.account },
      ...faults.odd({ item: { ...text, is_local: true }, device: { name: odd }, context: { uri: odd } }),
    });
    await party.watcher.read();
    const { track, device } = (await party.snapshot()).playback;
    expect(track).toMatchObject({ name: 'ABC', artists: ['ABC'], album: 'ABC', uri: 'spotify:local::::1' });
    expect(device.name).toBe('ABC');
    expect((await party.post('/playback/next', {})).status).toBe(204);
  });

  test('in songs that are added, in playlists and in profiles too', async () => {
    const room = await makeParty(spotify);
    const song = requireTrack('Kettle');
    await spotify.control.addRule({ when: { path: '/v1/tracks/:id' }, times: 1, ...faults.odd({ name: 'Ke\0ttle' }) });
    expect((await room.host.post(`${room.path}/queue`, { uri: song.uri })).body.item.track.name).toBe('Kettle');
    const { client } = await connect();
    await spotify.control.addRule({
      when: { path: '/v1/me' },
      times: 1,
      ...faults.odd({ display_name: '\uDC00Al\0ex' }),
    });
    expect((await client.getProfile()).displayName).toBe('Alex');
  });
});

describe('PB8 one odd field in something optional costs nothing around it', () => {
  const device = {
    id: 'a',
    is_active: true,
    is_restricted: false,
    name: 'Sofa',
    type: 'Speaker',
    volume_percent: 33.5,
  };

  test.each([
    ['a device without a name', { device: { name: null } }, { device: { name: 'Unnamed device' } }],
    ['a volume between two whole numbers', { device: { volume_percent: 33.5 } }, { device: { volumePercent: 34 } }],
    ['a device that is none', { device: 'odd' }, { device: null }],
    [
      'a cover without an address',
      { item: { album: { images: [{ url: null }, 7] } } },
      { track: { artworkUrl: null } },
    ],
    ['a link that is null', { item: { external_urls: { spotify: null } } }, { track: { url: null } }],
    ['an artist that is none', { item: { artists: [null, { name: ' ' }] } }, { track: { artists: [] } }],
    ['an album that is a number', { item: { album: 7 } }, { track: { album: '' } }],
    ['a song without a name', { item: { name: '' } }, { track: { name: 'Unnamed song' } }],
    ['abilities that are a text', { actions: 'odd' }, { can: { pause: true } }],
    ['a position that is a text', { progress_ms: 'odd' }, { positionMs: null }],
  ])('%s', async (_what, odd, seen) => {
    const { account, client } = await connect();
    await spotify.control.addRule({ when: { path: '/v1/me/player', account }, times: 1, ...faults.odd(odd) });
    const usual = { status: 'playing', track: { durationMs: expect.any(Number), kind: 'track' } };
    await expect(client.getPlayback()).resolves.toMatchObject({ ...usual, ...seen });
  });

  test('in a list of devices and of songs: the others are there', async () => {
    const { account, client } = await connect();
    await spotify.control.addRule({
      when: { path: '/v1/me/player/devices', account },
      ...faults.odd({ devices: [device, null, { ...device, name: null, type: 7, volume_percent: '5' }] }),
    });
    await expect(client.getDevices()).resolves.toMatchObject([
      { name: 'Sofa', volumePercent: 34 },
      { name: 'Unnamed device', type: 'Unknown', volumePercent: null },
    ]);
  });
});

describe('PB9 an answer that makes no sense is never news', () => {
  const html = { action: { kind: 'answer', status: 200, body: '<!doctype html><title>Hello</title>' } } as const;
  const id = requireTrack('Kettle').id;

  test.each([
    ['the devices', '/v1/me/player/devices', (client: SpotifyClient) => client.getDevices()],
    ['a search', '/v1/search', (client: SpotifyClient) => client.catalogue.searchTracks('kettle', 0)],
    ['a song', '/v1/tracks/:id', (client: SpotifyClient) => client.catalogue.getTrack(id)],
    ['the profile', '/v1/me', (client: SpotifyClient) => client.getProfile()],
    ['the playlists', '/v1/me/playlists', (client: SpotifyClient) => client.playlists.list()],
    ['the profile beside the playlists', '/v1/me', (client: SpotifyClient) => client.playlists.list()],
    ['a playlist', '/v1/playlists/:id', (client: SpotifyClient) => client.playlists.find('any')],
    ['the songs of a playlist', '/v1/playlists/:id/items', (client: SpotifyClient) => client.playlists.getSongs('any')],
    ['the queue', '/v1/me/player/queue', (client: SpotifyClient) => client.getQueue()],
  ])('%s: a page or nothing means that Spotify does not answer', async (_what, path, ask) => {
    const { account, client } = await connect();
    for (const fault of [html, faults.emptyBody(200), faults.emptyBody(202)]) {
      await spotify.control.addRule({ when: { path, account }, times: 1, ...fault });
      await expect(ask(client)).rejects.toMatchObject({ kind: 'invalid_response' });
    }
  });

  test('the host is told so, and sees no empty list', async () => {
    const room = await makeParty(spotify);
    await spotify.control.addRule({
      when: { path: '/v1/me/player/devices', account: room.account },
      times: 1,
      ...html,
    });
    expect(await room.host.get(`${room.path}/devices`)).toMatchObject({
      status: 502,
      body: { code: 'spotify_unavailable' },
    });
    expect((await snapshotOf(room)).playback.status).not.toBe('no_device');
  });
});
