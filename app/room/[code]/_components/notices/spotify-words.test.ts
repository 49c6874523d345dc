import { spotifyWords } from './spotify-words';

describe('what Spotify cannot do just now, in words', () => {
  it('has none while it works, and none for a room that was never connected', () => {
    expect(spotifyWords({ status: 'connected' }, true)).toBeNull();
    expect(spotifyWords({ status: 'not_connected' }, false)).toBeNull();
  });

  it('asks the host to log in, and tells guests that the host is asked', () => {
    expect(spotifyWords({ status: 'reconnect' }, true)).toContain('asks you to log in again');
    expect(spotifyWords({ status: 'reconnect' }, false)).toContain('asks the host to log in again');
  });

  it('says until when no requests are taken, with the day when that is not today', () => {
    const today = new Date();
    today.setHours(23, 30, 0, 0);
    const later = new Date(today.getTime() + 48 * 3_600_000);
    const words = (at: Date) => spotifyWords({ status: 'rate_limited', retryAt: at.toISOString() }, false);
    const weekday = later.toLocaleDateString([], { weekday: 'long' });
    expect(words(today)).not.toContain('day,');
    expect(words(later)).toContain(`${weekday}, `);
  });

  it('tells both causes of a refused account apart by what the server says', () => {
    expect(spotifyWords({ status: 'not_allowed', detail: 'The owner of the app needs Premium.' }, true)).toBe(
      'The owner of the app needs Premium.',
    );
  });
});
