/** Spotify's ids: 22 characters of base62. */
const id = '[0-9A-Za-z]{22}';

const uriPattern = new RegExp(`^spotify:track:(${id})$`);

/** `https://open.spotify.com/track/ID`, also with a language before `track`, and with or without what follows the id. */
const linkPattern = new RegExp(
  `^(?:https?://)?(?:open|play)\\.spotify\\.com/(?:intl-[a-z]{2,5}/)?track/(${id})(?:[/?#].*)?$`,
  'i',
);

/**
 * The `spotify:track:` URI that a pasted URI or link means, or null when it is neither (RM-06).
 * No request is made: short links, which only a request resolves, are not read.
 */
export function parseTrackUri(input: string): string | null {
  const text = input.trim();
  const found = uriPattern.exec(text)?.[1] ?? linkPattern.exec(text)?.[1];
  return found === undefined ? null : `spotify:track:${found}`;
}

const anyLink = /^(?:https?:\/\/|spotify:[a-z]+:|(?:open|play)\.spotify\.com\/|spotify\.(?:app\.)?link\/)/i;

/** Whether the text is a link, to anything, and not words. */
export function isSpotifyLink(input: string): boolean {
  return anyLink.test(input.trim());
}
