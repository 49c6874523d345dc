import { isShortLink, isSpotifyLink, parseTrackUri } from './track-uri';

const id = '4cOdK2wGLETKBW3PvgPWqT';

test.each([
  `spotify:track:${id}`,
  `  spotify:track:${id}\n`,
  `https://open.spotify.com/track/${id}`,
  `https://open.spotify.com/track/${id}?si=0123456789abcdef&utm_source=copy-link`,
  `https://open.spotify.com/intl-de/track/${id}`,
  `http://open.spotify.com/track/${id}/#x`,
  `open.spotify.com/track/${id}`,
  `https://open.spotify.com/intl-pt-BR/track/${id}`,
  `https://open.spotify.com/intl-zh-tw/track/${id}`,
  `https://open.spotify.com/intl-es-419/track/${id}?nd=1`,
  `https://open.spotify.com/embed/track/${id}?utm_source=generator`,
  `https://open.spotify.com/embed/intl-de/track/${id}`,
  `https://open.spotify.com/album/${'A'.repeat(22)}?highlight=spotify:track:${id}`,
  `https://open.spotify.com/album/${'A'.repeat(22)}?si=1&highlight=spotify%3Atrack%3A${id}&x`,
  `HTTPS://Open.Spotify.com/track/${id}`,
  `https://play.spotify.com/track/${id}`,
  `<https://open.spotify.com/track/${id}>`,
  `<spotify:track:${id}>`,
  `https://open.spotify.com/track/${id}).`,
  `spotify:track:${id}?si=0123456789abcdef`,
  `spotify:track:${id}#1:30`,
])('QU1 %j is that track', (input) => {
  expect(parseTrackUri(input)).toBe(`spotify:track:${id}`);
  expect(isSpotifyLink(input)).toBe(true);
});

test.each([
  '',
  id,
  `spotify:album:${id}`,
  `spotify:track:${id}0`,
  `spotify:track:${id.slice(1)}`,
  `spotify:track:${id.slice(1)}!`,
  `https://open.spotify.com/album/${id}`,
  `https://open.spotify.com.evil.example/track/${id}`,
  `https://evil.example/?https://open.spotify.com/track/${id}`,
  `https://evil.example@open.spotify.com/track/${id}`,
  `javascript:alert(1)//open.spotify.com/track/${id}`,
  'https://spotify.link/abcdef',
  `https://open.spotify.com/track/${id}0`,
  `https://open.spotify.com/embed/episode/${id}`,
  `https://open.spotify.com/intl-de/album/${id}?highlight=spotify:episode:${id}`,
  `https://open.spotify.com/search/spotify:track:${id}`,
  `<a href="https://open.spotify.com/track/${id}">`,
])('QU1 %j is no track', (input) => {
  expect(parseTrackUri(input)).toBeNull();
});

test.each(['https://spotify.link/abcdef', ' <http://Spotify.link/x>', 'spotify.app.link/abc?x=1'])(
  'QU1 %j is a short link, which says nothing of the song',
  (input) => {
    expect([isShortLink(input), isSpotifyLink(input), parseTrackUri(input)]).toEqual([true, true, null]);
  },
);

test.each(['https://evil.example/spotify.link/x', 'https://notspotify.link/x', `https://open.spotify.com/track/${id}`])(
  '%j is no short link',
  (input) => {
    expect(isShortLink(input)).toBe(false);
  },
);
