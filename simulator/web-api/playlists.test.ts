/** @jest-environment node */
import { z } from 'zod';
import { requireTrack } from '@/simulator/catalogue/catalogue';
import { kitchenPlaylistId, latePlaylistId } from '@/simulator/catalogue/standard-playlists';
import { type Harness, startHarness } from '@/simulator/test-harness';

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness.stop());
beforeEach(() => harness.control.reset({ keepGrants: true }));

const forbidden = { error: { status: 403, message: 'Forbidden' } };
const created = z.object({ id: z.string(), snapshot_id: z.string() });

describe('reading', () => {
  test('both hosts see both playlists', async () => {
    for (const account of ['alex', 'sam']) {
      const { body } = await harness.api('GET', '/v1/me/playlists', undefined, account);
      expect(body).toMatchObject({
        limit: 20,
        total: 2,
        items: [
          { name: 'Kitchen, Saturday', owner: { display_name: 'Alex Example' }, items: { total: 12 } },
          { name: 'Late', public: false },
        ],
      });
    }
  });

  test('what is in one is for its owner only', async () => {
    const items = `/v1/playlists/${latePlaylistId}/items`;
    expect((await harness.api('GET', items)).body).toEqual(forbidden);
    expect((await harness.api('GET', `/v1/playlists/${latePlaylistId}`)).body).not.toHaveProperty('items');
    expect((await harness.api('GET', `/v1/playlists/${latePlaylistId}`, undefined, 'sam')).body).toHaveProperty(
      'items',
    );
    const { body } = await harness.api(
      'GET',
      `${items}?limit=3&offset=6&additional_types=track,episode`,
      undefined,
      'sam',
    );
    expect(body).toMatchObject({
      total: 9,
      items: [{ item: null }, { is_local: true, item: { id: null } }, { item: { type: 'episode' } }],
    });
  });

  test('old names come with the extended profile only', async () => {
    const items = `/v1/playlists/${kitchenPlaylistId}/items?limit=1`;
    expect((await harness.api('GET', items)).text).not.toContain('"track":{');
    await harness.control.change({ profile: 'extended' });
    expect((await harness.api('GET', items)).body).toMatchObject({
      items: [{ item: { name: 'Low Tide' }, track: { name: 'Low Tide' } }],
    });
    expect((await harness.api('GET', `/v1/playlists/${kitchenPlaylistId}/tracks`)).status).toBe(200);
  });

  test.each([
    ['/v1/me/playlists?limit=51', 400],
    [`/v1/playlists/${kitchenPlaylistId}/items?limit=51`, 400],
    ['/v1/playlists/short/items', 400],
    ['/v1/playlists/37i9dQZF1DX0000000000x', 404],
  ])('GET %s is %i', async (path, status) => {
    expect((await harness.api('GET', path)).status).toBe(status);
  });
});

describe('writing', () => {
  test('makes a playlist and fills it', async () => {
    const made = await harness.api('POST', '/v1/me/playlists', { name: 'Tonight', public: false });
    expect(made.status).toBe(201);
    const playlist = created.parse(made.body);
    const uris = [requireTrack('Kettle').uri, requireTrack('Fuse').uri];
    const filled = await harness.api('POST', `/v1/playlists/${playlist.id}/items`, { uris });
    expect(filled.status).toBe(201);
    expect(filled.body).not.toEqual({ snapshot_id: playlist.snapshot_id });
    await harness.api('POST', `/v1/playlists/${playlist.id}/items`, { uris: [requireTrack('N38').uri], position: 1 });
    expect((await harness.api('GET', `/v1/playlists/${playlist.id}/items`)).body).toMatchObject({
      items: [{ item: { name: 'Kettle' } }, { item: { name: 'N38' } }, { item: { name: 'Fuse' } }],
    });
  });

  test('public is the default and needs its own scope', async () => {
    const { accessToken } = await harness.control.login('alex', ['playlist-modify-private']);
    const headers = { authorization: `Bearer ${accessToken}` };
    const make = (body: unknown) => harness.send('POST', '/v1/me/playlists', { headers, body: JSON.stringify(body) });
    expect((await make({ name: 'Tonight' })).body).toEqual({
      error: { status: 403, message: 'Insufficient client scope' },
    });
    expect((await make({ name: 'Tonight', public: false })).status).toBe(201);
  });

  test.each([
    [{}, 'No uris provided'],
    [{ uris: ['spotify:local:a:b:c:1'] }, 'Invalid track uri'],
    [{ uris: Array.from({ length: 101 }, () => 'x') }, 'You can add a maximum of 100 tracks per request.'],
    [{ uris: [requireTrack('Kettle').uri], position: 99 }, 'Index out of bounds.'],
  ])('adding %# is refused', async (body, message) => {
    expect((await harness.api('POST', `/v1/playlists/${kitchenPlaylistId}/items`, body)).body).toEqual({
      error: { status: 400, message },
    });
  });

  test('only the owner writes', async () => {
    const body = { uris: [requireTrack('Kettle').uri] };
    expect((await harness.api('POST', `/v1/playlists/${latePlaylistId}/items`, body)).body).toEqual(forbidden);
  });
});
