/** Spotify's ids: 22 characters of base62. */
const id = '[0-9A-Za-z]{22}';

/** What may stand before `track/ID` in a link: a language with or without its region, and the mark of a page for other sites. */
const between = '(?:(?:intl-[a-z0-9-]{2,12}|embed)/)*';

/**
 * The forms in which a song's address is written: `spotify:track:ID`, `https://open.spotify.com/track/ID`, and an album's address that points
 * at one of its songs. Whatever follows the id says nothing about the song, and chats put links in angle brackets.
 */
const patterns = [
  new RegExp(`^<?spotify:track:(${id})(?![0-9A-Za-z])`),
  new RegExp(`^<?(?:https?://)?(?:open|play)\\.spotify\\.com/${between}track/(${id})(?![0-9A-Za-z])`, 'i'),
  new RegExp(
    `^<?(?:https?://)?open\\.spotify\\.com/${between}album/${id}\\?(?:.*&)?highlight=spotify(?::|%3A)track(?::|%3A)(${id})(?![0-9A-Za-z])`,
    'i',
  ),
];

/**
 * The `spotify:track:` URI that a pasted URI or link means, or null when it is neither (RM-06).
 * No request is made: short links, which only a request resolves, are not read.
 */
export function parseTrackUri(input: string): string | null {
  const text = input.trim();
  for (const pattern of patterns) {
    const found = pattern.exec(text)?.[1];
    if (found !== undefined) return `spotify:track:${found}`;
  }
  return null;
}

const anyLink = /^<?(?:https?:\/\/|spotify:[a-z]+:|(?:open|play)\.spotify\.com\/|spotify\.(?:app\.)?link\/)/i;

/** Whether the text is a link, to anything, and not words. */
export function isSpotifyLink(input: string): boolean {
  return anyLink.test(input.trim());
}

/** Whether the text is one of Spotify's short links, which may mean a song and say nothing of it. */
export function isShortLink(input: string): boolean {
  return /^<?(?:https?:\/\/)?spotify\.(?:app\.)?link\//i.test(input.trim());
}
