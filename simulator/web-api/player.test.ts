/** @jest-environment node */
import { catalogue, requireTrack } from '@/simulator/catalogue/catalogue';
import { deviceId } from '@/simulator/player/devices';
import { type Harness, startHarness } from '@/simulator/test-harness';

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness.stop());
beforeEach(() => harness.control.reset({ keepGrants: true }));

const lag = 400;
const player = async () => (await harness.api('GET', '/v1/me/player?additional_types=track,episode')).body;
const error = (status: number, message: string, reason?: string) => ({
  error: { status, message, ...(reason === undefined ? {} : { reason }) },
});
const restricted = error(403, 'Player command failed: Restriction violated', 'UNKNOWN');
const laptop = deviceId('alex', 'laptop');

describe('reads', () => {
  test('a fresh start plays a repeating context on the kitchen speaker', async () => {
    expect(await player()).toMatchObject({
      device: { name: 'Kitchen speaker', is_active: true, supports_volume: true },
      is_playing: true,
      repeat_state: 'context',
      context: { type: 'playlist' },
      currently_playing_type: 'track',
      item: { type: 'track', name: 'Low Tide' },
      actions: { disallows: { resuming: true } },
    });
    expect((await harness.api('GET', '/v1/me/player', undefined, 'sam')).body).toMatchObject({
      is_playing: true,
      context: { type: 'album' },
    });
  });

  test('timestamp moves on changes only, progress with the clock', async () => {
    const first = await player();
    harness.now += 5000;
    const second = await player();
    expect(second).toMatchObject({
      timestamp: new Map(Object.entries(first ?? {})).get('timestamp'),
      progress_ms: 5000,
    });
    await harness.api('PUT', '/v1/me/player/seek?position_ms=60000');
    harness.now += lag;
    expect(await player()).toMatchObject({ timestamp: harness.now - lag, progress_ms: 60_000 + lag });
  });

  test('a command shows after the lag, a natural end at once', async () => {
    await harness.api('PUT', '/v1/me/player/pause');
    harness.now += lag - 1;
    expect(await player()).toMatchObject({ is_playing: true });
    harness.now += 1;
    expect(await player()).toMatchObject({ is_playing: false, actions: { disallows: { pausing: true } } });
    await harness.control.press('alex', { press: 'play' });
    harness.now += requireTrack('Low Tide').durationMs;
    expect(await player()).toMatchObject({ item: { name: 'Two Left Shoes' }, progress_ms: 0 });
  });

  test('an episode is shown only to those who ask for episodes', async () => {
    const [episode] = catalogue.episodes;
    await harness.control.press('alex', { press: 'start', uris: [episode?.uri ?? ''] });
    expect(await player()).toMatchObject({
      currently_playing_type: 'episode',
      item: { type: 'episode' },
      context: null,
    });
    expect((await harness.api('GET', '/v1/me/player')).body).toMatchObject({
      currently_playing_type: 'episode',
      item: null,
    });
    expect((await harness.api('GET', '/v1/me/player?additional_types=video')).status).toBe(400);
  });

  test('a local file has no ids, an advert no item, a private session nothing at all', async () => {
    await harness.control.press('alex', { press: 'start', uris: [catalogue.localFiles[0]?.uri ?? ''] });
    expect(await player()).toMatchObject({ item: { is_local: true, id: null, album: { images: [] } }, context: null });

    await harness.control.setMode('alex', { adMs: 30_000 });
    expect(await player()).toMatchObject({ item: null, currently_playing_type: 'ad', is_playing: true });
    expect((await harness.api('POST', '/v1/me/player/next')).body).toEqual(restricted);
    harness.now += 30_000;
    expect(await player()).toMatchObject({ currently_playing_type: 'track', progress_ms: 0 });

    await harness.control.setMode('alex', { privateSession: 'nulls' });
    expect(await player()).toMatchObject({
      item: null,
      context: null,
      progress_ms: null,
      device: { is_private_session: true },
    });
    expect((await harness.api('GET', '/v1/me/player/currently-playing')).status).toBe(204);
    await harness.control.setMode('alex', { privateSession: 'no_content' });
    expect((await harness.api('GET', '/v1/me/player')).status).toBe(204);
    await harness.control.setMode('alex', { privateSession: 'off', nullProgress: true });
    expect(await player()).toMatchObject({ progress_ms: null, item: { is_local: true } });
  });

  test('a relinked song plays under another id', async () => {
    const { uri, id } = requireTrack('Low Tide');
    await harness.control.change({ relinkedUris: [uri] });
    const body = await player();
    expect(body).toMatchObject({ item: { name: 'Low Tide', uri: expect.not.stringContaining(id) } });
    expect(await harness.control.player('alex')).toMatchObject({ itemUri: uri });
  });

  test('a sleeping device stays visible but inactive; without any device there is nothing', async () => {
    await harness.control.changeDevice('alex', 'kitchen', 'sleep');
    expect(await player()).toMatchObject({ is_playing: false, device: { name: 'Kitchen speaker', is_active: false } });
    await harness.control.setDevices('alex', { devices: [] });
    expect((await harness.api('GET', '/v1/me/player')).status).toBe(204);
    expect((await harness.api('GET', '/v1/me/player/currently-playing')).status).toBe(204);
    expect((await harness.api('GET', '/v1/me/player/devices')).body).toEqual({ devices: [] });
    expect((await harness.api('GET', '/v1/me/player/queue')).body).toEqual({ currently_playing: null, queue: [] });
  });

  test('the queue mixes hand-queued and other songs, twenty at most', async () => {
    const { uri } = requireTrack('N38');
    await harness.api('POST', `/v1/me/player/queue?uri=${uri}`);
    await harness.api('POST', `/v1/me/player/queue?uri=${uri}`);
    harness.now += lag;
    const { body } = await harness.api('GET', '/v1/me/player/queue');
    expect(body).toMatchObject({
      currently_playing: { name: 'Low Tide' },
      queue: [
        { name: 'N38' },
        { name: 'N38' },
        { name: 'Two Left Shoes' },
        ...Array.from({ length: 17 }, () => expect.anything()),
      ],
    });
  });
});

describe('commands', () => {
  test('answer 204 and 200 with an opaque text by turns, or as switched', async () => {
    const volume = () => harness.api('PUT', '/v1/me/player/volume?volume_percent=10');
    const answers = [await volume(), await volume(), await volume(), await volume()];
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 200, 204, 204]);
    const opaque = answers.find(({ status }) => status === 200);
    expect(opaque?.text).toMatch(/^[\w-]{27}$/);
    expect(opaque?.headers.get('content-type')).toContain('text/plain');
    await harness.control.change({ commandAnswer: '204' });
    expect([(await volume()).status, (await volume()).status]).toEqual([204, 204]);
  });

  test('act on the truth, not on what is visible', async () => {
    expect((await harness.api('PUT', '/v1/me/player/play')).body).toEqual(restricted);
    expect((await harness.api('PUT', '/v1/me/player/pause')).status).toBeLessThan(300);
    expect((await harness.api('PUT', '/v1/me/player/pause')).body).toEqual(restricted);
  });

  test.each([
    ['PUT', '/v1/me/player/seek', 'Required parameter position_ms missing'],
    ['PUT', '/v1/me/player/seek?position_ms=-1', 'Invalid position_ms'],
    ['PUT', '/v1/me/player/seek?position_ms=1.5', 'Invalid position_ms'],
    ['PUT', '/v1/me/player/volume?volume_percent=101', 'Invalid volume_percent'],
    ['PUT', '/v1/me/player/volume', 'Required parameter volume_percent missing'],
    ['PUT', '/v1/me/player/repeat?state=always', 'Invalid state'],
    ['PUT', '/v1/me/player/shuffle?state=1', 'Invalid state'],
    ['POST', '/v1/me/player/queue', 'Required parameter uri missing'],
    ['POST', '/v1/me/player/queue?uri=spotify:local:a:b:c:1', 'Invalid track uri'],
  ])('%s %s is refused with 400', async (method, path, message) => {
    expect((await harness.api(method, path)).body).toEqual(error(400, message));
  });

  test.each([
    ['PUT', '/v1/me/player/pause'],
    ['POST', '/v1/me/player/next'],
    ['PUT', '/v1/me/player/seek?position_ms=1'],
    ['POST', '/v1/me/player/queue?uri=spotify:track:0000000000000000000000'],
  ])('%s %s takes no body', async (method, path) => {
    expect((await harness.api(method, path, {})).status).toBe(400);
  });

  test.each([
    ['/v1/me/player/play', 'not json', 'Malformed json'],
    ['/v1/me/player/play', { uris: [] }, 'No uris provided'],
    ['/v1/me/player/play', { uris: ['nonsense'] }, 'Invalid track uri'],
    ['/v1/me/player/play', { context_uri: 'spotify:track:0000000000000000000000' }, 'Non supported context uri'],
    [
      '/v1/me/player/play',
      { uris: ['spotify:track:0000000000000000000000'], offset: { position: 0, uri: 'x' } },
      'Malformed json',
    ],
    ['/v1/me/player', { device_ids: [laptop, laptop] }, 'Only one device_id is currently supported'],
    ['/v1/me/player', { device_ids: [] }, 'Required parameter device_ids missing'],
    ['/v1/me/player', '', 'Malformed json'],
  ])('PUT %s with %j is refused with 400', async (path, body, message) => {
    expect((await harness.api('PUT', path, body)).body).toEqual(error(400, message));
  });

  test('an artist takes no offset, an unknown context is not found', async () => {
    const artist = `spotify:artist:${requireTrack('Kettle').artists[0]?.id}`;
    expect(
      (await harness.api('PUT', '/v1/me/player/play', { context_uri: artist, offset: { position: 0 } })).body,
    ).toEqual(error(400, "Can't have offset for context type: ARTIST"));
    expect((await harness.api('PUT', '/v1/me/player/play', { context_uri: artist })).status).toBeLessThan(300);
    const unknown = { context_uri: 'spotify:album:0000000000000000000000' };
    expect((await harness.api('PUT', '/v1/me/player/play', unknown)).status).toBe(404);
  });

  test('loose uris play without a context and stop at their end', async () => {
    const tracks = [requireTrack('Kettle'), requireTrack('Tuning')];
    await harness.api('PUT', '/v1/me/player/repeat?state=off');
    await harness.api('PUT', '/v1/me/player/play', { uris: tracks.map(({ uri }) => uri) });
    harness.now += lag;
    expect(await player()).toMatchObject({ context: null, item: { name: 'Kettle' } });
    harness.now += tracks.reduce((sum, { durationMs }) => sum + durationMs, 0);
    expect(await player()).toMatchObject({ is_playing: false, progress_ms: 0, item: { name: 'Kettle' } });
  });

  test('an empty object as play body drops what was loaded', async () => {
    await harness.api('PUT', '/v1/me/player/play', {});
    harness.now += lag;
    expect((await harness.api('GET', '/v1/me/player')).status).toBe(204);
  });

  test('a song withdrawn from sale is refused', async () => {
    const body = { uris: [requireTrack('Withdrawn from Sale').uri] };
    expect((await harness.api('PUT', '/v1/me/player/play', body)).body).toEqual(restricted);
  });
});

describe('devices', () => {
  test('no device, unknown device, inactive device, no volume, restricted', async () => {
    await harness.control.changeDevice('alex', 'kitchen', 'sleep');
    expect((await harness.api('PUT', '/v1/me/player/play')).body).toEqual(
      error(404, 'Player command failed: No active device found', 'NO_ACTIVE_DEVICE'),
    );
    expect((await harness.api('PUT', '/v1/me/player/play?device_id=nobody')).body).toEqual(
      error(404, 'Device not found'),
    );
    expect((await harness.api('POST', `/v1/me/player/next?device_id=${laptop}`)).body).toEqual(restricted);
    expect((await harness.api('PUT', `/v1/me/player/play?device_id=${laptop}`)).status).toBeLessThan(300);
    await harness.control.press('alex', { press: 'device', device: 'phone' });
    expect((await harness.api('PUT', '/v1/me/player/volume?volume_percent=5')).body).toEqual(
      error(403, 'Player command failed: Cannot control device volume', 'VOLUME_CONTROL_DISALLOW'),
    );
    await harness.control.press('alex', { press: 'device', device: 'bath' });
    expect(await player()).toMatchObject({ device: { id: null, is_restricted: true } });
    expect((await harness.api('POST', '/v1/me/player/next')).body).toEqual(restricted);
  });

  test('a removed device is out of reach until it wakes', async () => {
    await harness.control.changeDevice('alex', 'laptop', 'remove');
    expect((await harness.api('PUT', '/v1/me/player', { device_ids: [laptop] })).body).toEqual(
      error(404, 'Device not found'),
    );
    await harness.control.changeDevice('alex', 'laptop', 'wake');
    expect((await harness.api('PUT', '/v1/me/player', { device_ids: [laptop] })).status).toBeLessThan(300);
    harness.now += lag;
    expect(await player()).toMatchObject({ device: { name: 'Laptop' }, is_playing: true });
  });
});

describe('the host’s own hand', () => {
  test('is visible at once, and pressing twice is no mistake', async () => {
    expect(await harness.control.press('alex', { press: 'pause' })).toMatchObject({ playing: false });
    expect(await harness.control.press('alex', { press: 'pause' })).toMatchObject({ playing: false });
    expect(await player()).toMatchObject({ is_playing: false });
    expect(await harness.control.press('alex', { press: 'next' })).toMatchObject({
      playing: true,
      itemName: 'Two Left Shoes',
    });
    expect(await harness.control.press('alex', { press: 'seek', positionMs: 9000 })).toMatchObject({
      positionMs: 9000,
    });
  });

  test('wakes the phone when nothing is awake, and commands a restricted speaker', async () => {
    await harness.control.changeDevice('alex', 'kitchen', 'remove');
    expect(await harness.control.press('alex', { press: 'play' })).toMatchObject({
      playing: true,
      activeDevice: 'phone',
    });
    await harness.control.press('alex', { press: 'device', device: 'bath' });
    expect(await harness.control.press('alex', { press: 'pause' })).toMatchObject({
      playing: false,
      activeDevice: 'bath',
    });
  });
});
