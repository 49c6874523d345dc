import { initials } from './people/initials';
import { skipSentence } from './remote/skip-sentence';
import { spotifyWords } from './notices/spotify-words';

describe('who voted, in words', () => {
  it('tells what a press does while nobody has voted', () => {
    expect(skipSentence([], true, 2)).toBe('Your press skips at once.');
    expect(skipSentence([], false, 1)).toBe('One vote skips the song.');
    expect(skipSentence([], false, 3)).toBe('3 votes skip the song.');
  });

  it('names the person at the page first, as "You"', () => {
    expect(skipSentence([null], false, 2)).toBe('You voted to skip.');
    expect(skipSentence(['Bob', null], false, 3)).toBe('You and Bob voted to skip.');
    expect(skipSentence(['Bob', 'Ada', null], false, 4)).toBe('You, Bob and Ada voted to skip.');
  });

  it('counts those who do not fit', () => {
    expect(skipSentence(['Bob', 'Ada', 'Jo', 'Noor'], false, 9)).toBe('Bob, Ada and 2 others voted to skip.');
  });
});

describe('initials', () => {
  it.each([
    ['Bob', 'B'],
    ['ada  quill', 'AQ'],
    ['Jo van der Weiß', 'JW'],
    ['👨‍👩‍👧‍👦', '👨‍👩‍👧‍👦'],
    ['👨‍👩‍👧‍👦 مرحبا', '👨‍👩‍👧‍👦'],
    ['Mia 🎉', 'M'],
    ['🇳🇴 Kari', '🇳🇴'],
    ['李小龍', '李'],
    ['山田 太郎', '山'],
    ['', ''],
  ])('%s: %s, in whole characters', (name, expected) => {
    expect(initials(name)).toBe(expected);
  });
});

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
