/** Songs by their names: the same song comes in many versions, and Spotify plays some under another id than was asked for. */

/** What of a track tells one song from another. */
export interface NamedSong {
  readonly name: string;
  readonly artists: readonly string[];
}

/** Accents, of scripts whose letters stay what they are without them. */
const accents = /([\p{Script=Latin}\p{Script=Greek}])\p{M}+/gu;

/** Points of Hebrew and Arabic that tell how a word is spoken, which most people leave out. */
const spokenMarks = /[\u0591-\u05C7\u0610-\u061A\u064B-\u0652\u0670]/gu;

/** Marks that belong to no letter, such as what makes a sign colourful. */
const strayMarks = /(^|[^\p{L}\p{M}])\p{M}+/gu;

/**
 * Case, accents, punctuation and spaces make no other song. Elsewhere a mark is part of its letter: パ is not ハ, й not и, and the vowels of
 * Indian scripts are marks.
 */
function foldName(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
    .replace(accents, '$1')
    .replace(spokenMarks, '')
    .replace(strayMarks, '$1')
    .toLowerCase()
    .replace(/е\u0308/g, 'е')
    .replace(/[’‘`´]/g, "'")
    .replace(/&/g, ' and ')
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim();
}

/** Words that say which version of a song it is, and never what it is called on its own. */
const versionWords =
  /\b(remaster(ed)?|deluxe|live|acoustic|unplugged|radio|single|album|mono|stereo|version|edit|mix|remix|edition|anniversary|demo|instrumental|extended|original|bonus|explicit|clean|re ?recorded|reissue|session|sessions|take)\b/u;

const guests = /^(feat|ft|featuring|with)\b/u;

/** A part of a title that only names a version or guests. */
function isVersion(part: string): boolean {
  const folded = foldName(part);
  return guests.test(folded) || versionWords.test(folded) || /^(19|20)\d\d$/u.test(folded);
}

/** The title without what names its version: bracketed parts, and what follows a dash. */
function bareTitle(name: string): string {
  const unbracketed = name.replace(/\s*[([]([^)\]]*)[)\]]/g, (whole, part: string) => (isVersion(part) ? '' : whole));
  const [title = '', ...parts] = unbracketed.split(/\s+[-–—]\s+/);
  const kept = parts.filter((part) => !isVersion(part));
  const bare = [title, ...kept].join(' - ').replace(/\s+(feat\.?|ft\.?|featuring)\s.*$/i, '');
  // A song that is called nothing but "Live" keeps its name.
  return foldName(bare) === '' ? name : bare;
}

/** The key of an artist's name; a name without letters and digits is kept as it is. */
export function artistKey(name: string): string {
  return foldName(name) || name.normalize('NFC').trim();
}

/**
 * The same for every version of a song: remaster, live, deluxe, radio edit, with or without guests (QU4). Made of the bare title and the
 * first artist, so that a cover by another artist is another song.
 */
export function songKey({ name, artists }: NamedSong): string {
  const title = foldName(bareTitle(name));
  return `${title === '' ? name.normalize('NFC').trim() : title}\n${artistKey(artists[0] ?? '')}`;
}

/** How far apart the lengths of one recording may be, in ms, where Spotify plays it under another id. */
const lengthToleranceMs = 2_000;

/**
 * Whether a track that plays is the one that was asked for, perhaps under another id: Spotify relinks tracks, and keeps name, artists
 * and length (FD4).
 */
export function isSameRecording(
  playing: NamedSong & { readonly uri: string; readonly durationMs: number },
  wanted: NamedSong & { readonly uri: string; readonly durationMs: number },
): boolean {
  if (playing.uri === wanted.uri) return true;
  return (
    playing.name === wanted.name &&
    playing.artists.length === wanted.artists.length &&
    playing.artists.every((artist, index) => artist === wanted.artists[index]) &&
    Math.abs(playing.durationMs - wanted.durationMs) <= lengthToleranceMs
  );
}
