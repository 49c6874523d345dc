import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { requireTrack } from '@/simulator/catalogue/catalogue';
import { faults } from '@/simulator/control-client';
import { setUpSimulator } from '@/testing/engine/set-up-simulator';
import { SpotifyClient } from './client';
import { searchResponse } from './responses';
import type { CallKind } from './web-api';

const spotify = setUpSimulator({ lagMs: 0 });

async function connect() {
  const account = await spotify.account();
  const { accessToken } = await spotify.control.login(account, []);
  const entered: CallKind[] = [];
  const gate = {
    enter: (kind: CallKind) => {
      entered.push(kind);
      return Promise.resolve();
    },
    block: () => Promise.resolve(),
  };
  const { catalogue } = new SpotifyClient({ apiUrl: spotify.simulator.url, accessToken, gate });
  return { account, catalogue, entered };
}

const kettle = requireTrack('Kettle');

describe('one song', () => {
  test('as screens show it, in both shapes of Spotify’s answers', async () => {
    const { catalogue, entered } = await connect();
    const found = {
      playable: true,
      track: {
        uri: kettle.uri,
        id: kettle.id,
        kind: 'track',
        name: 'Kettle',
        artists: ['Ólafur Tin'],
        album: 'Northern Kitchen',
        artworkUrl: expect.stringMatching(/^data:image/),
        durationMs: 132_000,
        explicit: false,
        url: `https://open.spotify.com/track/${kettle.id}`,
      },
    };
    await expect(catalogue.getTrack(kettle.id)).resolves.toEqual(found);
    await spotify.control.change({ profile: 'extended' });
    await expect(catalogue.getTrack(kettle.id)).resolves.toEqual(found);
    await spotify.control.change({ profile: 'development' });
    expect(entered).toEqual(['read', 'read']);
  });

  test('that cannot be played says so', async () => {
    const { catalogue, account } = await connect();
    await expect(catalogue.getTrack(requireTrack('Withdrawn from Sale').id)).resolves.toMatchObject({
      playable: false,
    });
    const body = {
      type: 'track',
      uri: kettle.uri,
      name: 'Kettle',
      duration_ms: 1,
      restrictions: { reason: 'explicit' },
    };
    const when = { path: '/v1/tracks/:id', account };
    await spotify.control.addRule({ when, times: 1, action: { kind: 'answer', status: 200, body } });
    await expect(catalogue.getTrack(kettle.id)).resolves.toMatchObject({ playable: false });
  });

  test('that does not exist is null, under an id that cannot exist too', async () => {
    const { catalogue } = await connect();
    await expect(catalogue.getTrack('0000000000000000000000')).resolves.toBeNull();
    await expect(catalogue.getTrack('../me')).resolves.toBeNull();
  });

  test('failures stay failures', async () => {
    const { catalogue, account } = await connect();
    const when = { path: '/v1/tracks/:id', account };
    for (const [fault, kind] of [
      [faults.serverErrorHtml(), 'server_error'],
      [faults.rateLimited(7), 'rate_limited'],
      [faults.emptyBody(), 'invalid_response'],
      [faults.resetBefore(), 'network'],
    ] as const) {
      await spotify.control.addRule({ when, times: 1, ...fault });
      await expect(catalogue.getTrack(kettle.id)).rejects.toMatchObject({ kind });
    }
  });
});

describe('searching', () => {
  test('ten at a time, and on from there to the end', async () => {
    const { catalogue, entered, account } = await connect();
    const first = await catalogue.searchTracks('the', 0);
    expect(first.tracks).toHaveLength(10);
    expect(first.nextOffset).toBe(10);
    const names = new Set<string>();
    let offset: number | null = 0;
    while (offset !== null) {
      const page = await catalogue.searchTracks('the', offset);
      for (const { track } of page.tracks) names.add(track.uri);
      offset = page.nextOffset;
    }
    expect(names.size).toBeGreaterThan(10);
    expect(new Set(entered)).toEqual(new Set(['search']));
    const calls = await spotify.control.calls({ account, path: '/v1/search' });
    expect(calls[0]?.query).toEqual({ q: 'the', type: 'track', limit: '10', offset: '0' });
    expect(calls.every(({ status }) => status === 200)).toBe(true);
  });

  test('nothing fits: nothing found', async () => {
    const { catalogue } = await connect();
    await expect(catalogue.searchTracks('no such words anywhere', 0)).resolves.toEqual({
      tracks: [],
      nextOffset: null,
    });
  });

  test('holes and what is no song are left out; an empty page is the last one', async () => {
    const { catalogue, account } = await connect();
    const song = { type: 'track', uri: kettle.uri, name: 'Kettle', duration_ms: 1, is_playable: false };
    const answer = (items: readonly unknown[]) =>
      spotify.control.addRule({
        when: { path: '/v1/search', account },
        times: 1,
        action: { kind: 'answer', status: 200, body: { tracks: { items, next: 'https://api.spotify.com/more' } } },
      });
    await answer([null, song, { type: 'track', name: 'no uri' }]);
    const { tracks, nextOffset } = await catalogue.searchTracks('kettle', 20);
    expect(tracks).toEqual([{ track: expect.objectContaining({ uri: kettle.uri }), playable: false }]);
    expect(nextOffset).toBe(30);
    await answer([]);
    await expect(catalogue.searchTracks('kettle', 20)).resolves.toEqual({ tracks: [], nextOffset: null });
  });

  const recorded = join(process.cwd(), '..', 'shared', 'spotify', 'recorded', 'search-tracks-limit-5.json');
  (existsSync(recorded) ? test : test.skip)('a recorded answer is read whole', () => {
    const { tracks } = searchResponse.parse(JSON.parse(readFileSync(recorded, 'utf8')));
    expect(tracks.items).toHaveLength(5);
    expect(tracks.items?.every((item) => item?.name !== undefined && item.artists?.[0]?.name)).toBe(true);
  });
});
