/** @jest-environment node */
import * as z from 'zod';
import { catalogue, requireTrack } from '@/simulator/catalogue/catalogue';
import { kitchenPlaylistId, latePlaylistId } from '@/simulator/catalogue/standard-playlists';
import { faults } from '@/simulator/control/faults';
import { type Harness, startHarness } from '@/simulator/test-harness';
import { isSchemaHere, openSchema, readRecorded, type SchemaJudge } from './published-schema';

// The schema is not ours to publish, so a clone has none and says so.
if (!isSchemaHere) process.stdout.write('Skipped: no published Spotify schema beside this checkout.\n');
const describeWithSchema = isSchemaHere ? describe : describe.skip;

let harness: Harness;
let judge: SchemaJudge;
beforeAll(async () => {
  harness = await startHarness({ lagMs: 0 });
  if (isSchemaHere) judge = openSchema();
});
afterAll(() => harness.stop());
beforeEach(() => harness.control.reset({ keepGrants: true }));

/** Sends a call and checks its answer under the template of its path. */
async function check(operation: string, path: string, status: number, body?: unknown, account = 'alex') {
  const [method = ''] = operation.split(' ');
  const answer = await harness.api(method, `/v1${path}`, body, account);
  expect(answer.status).toBe(status);
  expect(judge(operation, status, answer.body)).toEqual([]);
  return answer;
}

const trackId = requireTrack('Kettle').id;

describeWithSchema.each(['development', 'extended'] as const)('answers of the %s profile fit the schema', (profile) => {
  beforeEach(() => harness.control.change({ profile }));

  test.each([
    ['GET /me', '/me'],
    ['GET /me/player', '/me/player'],
    ['GET /me/player/currently-playing', '/me/player/currently-playing'],
    ['GET /me/player/devices', '/me/player/devices'],
    ['GET /me/player/queue', '/me/player/queue'],
    ['GET /search', '/search?q=a&type=track,album,artist,show,episode&limit=10'],
    ['GET /tracks/{id}', `/tracks/${trackId}`],
    ['GET /episodes/{id}', `/episodes/${catalogue.episodes[0]?.id}`],
    ['GET /me/playlists', '/me/playlists'],
    ['GET /playlists/{playlist_id}', `/playlists/${kitchenPlaylistId}`],
    ['GET /playlists/{playlist_id}', `/playlists/${latePlaylistId}`],
    ['GET /playlists/{playlist_id}/items', `/playlists/${kitchenPlaylistId}/items`],
  ])('%s %s', (operation, path) => check(operation, path, 200));

  test('every song and episode', async () => {
    for (const item of [...catalogue.tracks, ...catalogue.episodes]) {
      await harness.control.press('alex', { press: 'start', uris: [item.uri] });
      await check('GET /me/player', '/me/player?additional_types=track,episode', 200);
    }
  });

  test('a playlist made and filled', async () => {
    const made = await check('POST /me/playlists', '/me/playlists', 201, { name: 'Tonight', public: false });
    const { id } = z.object({ id: z.string() }).parse(made.body);
    const body = { uris: [`spotify:track:${trackId}`] };
    await check('POST /playlists/{playlist_id}/items', `/playlists/${id}/items`, 201, body);
  });

  test('odd states of the player', async () => {
    for (const mode of [
      { adMs: 60_000 },
      { privateSession: 'nulls' },
      { nullProgress: true },
      { unknownItem: true },
    ] as const) {
      await harness.control.setMode('alex', mode);
      await check('GET /me/player', '/me/player', 200);
    }
    await harness.control.press('alex', { press: 'device', device: 'bath' });
    await check('GET /me/player', '/me/player', 200);
  });
});

describeWithSchema('errors', () => {
  test('fit the schema where it lists them', async () => {
    await check('PUT /me/player/play', '/me/player/play', 403);
    await check('GET /playlists/{playlist_id}/items', `/playlists/${latePlaylistId}/items`, 403);
    await harness.control.addRule({ times: 2, ...faults.rateLimited(1) });
    await check('GET /me/player', '/me/player', 429);
    await check('GET /search', '/search?q=a&type=track', 429);
    await harness.control.addRule({ times: 1, ...faults.accessTokenRefused() });
    await check('GET /me/player', '/me/player', 401);
  });

  test('the judge is not blind', () => {
    expect(judge('GET /me/player', 200, { is_playing: 'yes' })).not.toEqual([]);
    expect(judge('GET /me/player', 200, { actions: { resuming: true } })).not.toEqual([]);
    expect(judge('GET /me/player/queue', 200, { queue: [{ type: 'track', duration_ms: '1' }] })).not.toEqual([]);
    expect(judge('GET /me/player', 403, { message: 'no envelope' })).not.toEqual([]);
  });
});

const keysOf = (value: unknown): readonly string[] =>
  Object.keys(z.record(z.string(), z.unknown()).parse(value)).toSorted();
const inside = (value: unknown, name: string): unknown => z.record(z.string(), z.unknown()).parse(value)[name];

describeWithSchema('recorded answers', () => {
  test('a local file has the same fields', async () => {
    const recorded = readRecorded('playback-local-file-no-context.json');
    await harness.control.change({ profile: 'extended' });
    await harness.control.press('alex', { press: 'start', uris: [catalogue.localFiles[0]?.uri ?? ''] });
    const { body } = await harness.api('GET', '/v1/me/player');
    expect(keysOf(body)).toEqual(keysOf(recorded));
    expect(keysOf(inside(body, 'item'))).toEqual(keysOf(inside(recorded, 'item')));
    expect(keysOf(inside(inside(body, 'item'), 'album'))).toEqual(keysOf(inside(inside(recorded, 'item'), 'album')));
  });

  test('a device and a playing track have the same fields', async () => {
    const recorded = readRecorded('playback-track-computer.json');
    await harness.control.change({ profile: 'extended' });
    const { body } = await harness.api('GET', '/v1/me/player');
    expect(keysOf(inside(body, 'device'))).toEqual(keysOf(inside(recorded, 'device')));
    const ours = keysOf(inside(body, 'item'));
    for (const name of keysOf(inside(recorded, 'item'))) expect(ours).toContain(name);
  });

  test('errors say the same words', async () => {
    const cases = z
      .object({
        cases: z.array(z.object({ case: z.string(), body: z.unknown().optional(), text: z.string().optional() })),
      })
      .parse(readRecorded('errors.json')).cases;
    const recorded = (start: string) => cases.find((entry) => entry.case.startsWith(start));
    const told = async (fault: Parameters<typeof harness.control.addRule>[0]) => {
      await harness.control.addRule({ times: 1, ...fault });
      return harness.api('GET', '/v1/me');
    };
    expect((await told(faults.quotaExceeded())).body).toEqual(recorded('quota exhausted')?.body);
    expect((await told(faults.rateLimited())).body).toEqual(recorded('rolling-window rate limit')?.body);
    expect((await told(faults.rateLimitedText())).text).toBe(recorded('rolling-window rate limit, older')?.text);
    expect((await told(faults.ownerWithoutPremium())).text).toBe(recorded('development mode: app owner')?.text);
    expect((await told(faults.notRegistered())).text).toBe(recorded('development mode: user not')?.text);
    expect((await harness.api('PUT', '/v1/me/player/play')).body).toEqual(
      recorded('player: already in that state')?.body,
    );
    await harness.control.setDevices('alex', { devices: [] });
    expect((await harness.api('PUT', '/v1/me/player/play')).body).toEqual(recorded('player: no active device')?.body);
    expect((await harness.api('PUT', '/v1/me/player/play?device_id=x')).body).toEqual(
      recorded('player: given device_id')?.body,
    );
  });
});
