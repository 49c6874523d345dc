import { parseTrackUri } from './track-uri';

const id = '4cOdK2wGLETKBW3PvgPWqT';

test.each([
  `spotify:track:${id}`,
  `  spotify:track:${id}\n`,
  `https://open.spotify.com/track/${id}`,
  `https://open.spotify.com/track/${id}?si=0123456789abcdef&utm_source=copy-link`,
  `https://open.spotify.com/intl-de/track/${id}`,
  `http://open.spotify.com/track/${id}/#x`,
  `open.spotify.com/track/${id}`,
])('QU1 %j is that track', (input) => {
  expect(parseTrackUri(input)).toBe(`spotify:track:${id}`);
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
])('QU1 %j is no track', (input) => {
  expect(parseTrackUri(input)).toBeNull();
});
