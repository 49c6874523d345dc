/** @jest-environment node */
import { z } from 'zod';
import { requireTrack } from '@/simulator/catalogue/catalogue';
import { type Harness, startHarness } from '@/simulator/test-harness';

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness.stop());

const page = z.object({
  tracks: z.object({
    items: z.array(z.object({ name: z.string() })),
    total: z.number(),
    limit: z.number(),
    offset: z.number(),
    next: z.string().nullable(),
    previous: z.string().nullable(),
  }),
});

async function tracks(query: string) {
  const answer = await harness.api('GET', `/v1/search?type=track&${query}`);
  return page.parse(answer.body).tracks;
}
const names = async (query: string) => (await tracks(`q=${encodeURIComponent(query)}`)).items.map(({ name }) => name);

describe('search', () => {
  test('finds a title first, its versions after it', async () => {
    expect((await names('low tide')).slice(0, 3)).toEqual([
      'Low Tide',
      'Low Tide (Live at the Boathouse)',
      'Low Tide (2026 Remaster)',
    ]);
  });

  test('looks through accents, case, scripts and emoji', async () => {
    expect(await names('SENORA')).toEqual(['Señora Martes']);
    expect(await names('قهوة')).toEqual(['قهوة ومطر']);
    expect(await names('夜の')).toEqual(['夜の短波放送']);
    expect(await names('🪩')).toEqual(['🪩🕺✨ (feat. 👨‍👩‍👧‍👦)']);
  });

  test('obeys field filters', async () => {
    expect(await names('artist:"june ampère" track:fuse')).toEqual(['Fuse']);
    expect(await names('album:glasshouse year:2019 humid')).toEqual(['Humid']);
    expect(await names('album:glasshouse year:2020-2026')).toEqual([]);
    expect(await names(`isrc:${requireTrack('Kettle').isrc}`)).toEqual(['Kettle']);
  });

  test('gives five, and ten at most, with the way on and back', async () => {
    const first = await tracks('q=a');
    expect(first).toMatchObject({ limit: 5, offset: 0, previous: null });
    expect(first.items).toHaveLength(5);
    const second = await tracks('q=a&limit=10&offset=10');
    expect(second.items).toHaveLength(10);
    expect(second.next).toBe('https://api.spotify.com/v1/search?query=a&type=track&offset=20&limit=10');
    expect(second.previous).toBe('https://api.spotify.com/v1/search?query=a&type=track&offset=0&limit=10');
    expect((await tracks('q=a&offset=1000')).items).toEqual([]);
  });

  test.each([
    ['q=a&type=track&limit=11', 'Invalid limit'],
    ['q=a&type=track&limit=0', 'Invalid limit'],
    ['q=a&type=track&limit=x', 'Invalid limit'],
    ['q=a&type=track&offset=1001', 'Invalid offset'],
    ['q=&type=track', 'No search query'],
    ['type=track', 'No search query'],
    ['q=a', 'Missing parameter type'],
    ['q=a&type=song', 'Bad search type field'],
  ])('%s is 400', async (query, message) => {
    expect((await harness.api('GET', `/v1/search?${query}`)).body).toEqual({ error: { status: 400, message } });
  });

  test('answers each asked type, with holes where playlists of Spotify’s own were', async () => {
    const { body } = await harness.api('GET', '/v1/search?q=kitchen&type=album,playlist,audiobook');
    expect(body).toMatchObject({
      albums: { items: [{ name: 'Northern Kitchen' }] },
      playlists: { items: [null, { name: 'Kitchen, Saturday' }] },
      audiobooks: { items: [], total: 0 },
    });
  });
});

describe('single songs', () => {
  test('are found by id; a strange id is 400, an unknown one 404', async () => {
    const { id } = requireTrack('Kettle');
    expect((await harness.api('GET', `/v1/tracks/${id}`)).body).toMatchObject({ id, name: 'Kettle', is_local: false });
    expect((await harness.api('GET', '/v1/tracks/short')).status).toBe(400);
    expect((await harness.api('GET', '/v1/tracks/0000000000000000000000')).status).toBe(404);
  });
});
