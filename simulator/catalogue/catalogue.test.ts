import { catalogue } from './catalogue';
import { isSpotifyId } from './ids';

describe('the made-up catalogue', () => {
  test('has at least sixty songs of two to five minutes, a dozen of five seconds, two dozen of forty, each with an id of its own', () => {
    expect(catalogue.tracks.length).toBeGreaterThanOrEqual(60);
    expect(new Set(catalogue.tracks.map(({ id }) => id)).size).toBe(catalogue.tracks.length);
    for (const track of catalogue.tracks) {
      expect(isSpotifyId(track.id)).toBe(true);
      if (track.durationMs === 5_000 || track.durationMs === 40_000) continue;
      expect(track.durationMs).toBeGreaterThanOrEqual(120_000);
      expect(track.durationMs).toBeLessThanOrEqual(300_000);
    }
    expect(catalogue.tracks.filter(({ durationMs }) => durationMs === 5_000)).toHaveLength(12);
    expect(catalogue.tracks.filter(({ durationMs }) => durationMs === 40_000)).toHaveLength(24);
  });

  test('keeps its ids for good: others name songs by them', () => {
    expect(catalogue.tracks[0]?.uri).toBe('spotify:track:53lZvYiRUPslG7nJLsWJb1');
  });

  test('has what is hard to show: explicit, withdrawn, long, right-to-left, emoji, several versions', () => {
    const names = catalogue.tracks.map(({ name }) => name);
    expect(catalogue.tracks.some(({ explicit }) => explicit)).toBe(true);
    expect(catalogue.tracks.some(({ playable }) => !playable)).toBe(true);
    expect(names.some((name) => name.length > 120)).toBe(true);
    expect(names.some((name) => /\p{Script=Arabic}/u.test(name))).toBe(true);
    expect(names.some((name) => /\p{Emoji_Presentation}/u.test(name))).toBe(true);
    expect(names.filter((name) => name.startsWith('Low Tide'))).toHaveLength(3);
  });

  test('has covers that travel inside the answer: distinct, small, and safe in an attribute', () => {
    const covers = catalogue.albums.map(({ coverUrl }) => coverUrl);
    expect(new Set(covers).size).toBe(covers.length);
    for (const cover of covers) {
      expect(cover).toMatch(/^data:image\/svg\+xml,%3Csvg[^<>"#]*$/);
      expect(cover.length).toBeLessThan(700);
    }
  });
});
