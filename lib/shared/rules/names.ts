/**
 * What people may be called: any script and any emoji, nothing that hides, reorders or breaks what stands around it.
 */

/** Control characters, lone surrogates, line and paragraph separators. */
const breaking = /[\p{Cc}\p{Cs}\u2028\u2029]/u;
/** Bidirectional embeddings, overrides and isolates, which reorder the text after a name. */
const reordering = /[\u202A-\u202E\u2066-\u2069]/u;
/**
 * What shows nothing although it may count as a letter or a symbol: what Unicode calls ignorable, the blanks of Braille, music and
 * hieroglyphs, the place of an object.
 */
const blank = /[\p{Default_Ignorable_Code_Point}\u2800\uFFF9-\uFFFC\u{13441}\u{13442}\u{16FE4}\u{1D159}]/gu;
/** The ignorable ones that scripts and emoji need: joiners, variation selectors, and the letters of a flag such as Scotland's. */
const needed = /[\u200C\u200D\p{Variation_Selector}]|\u{1F3F4}[\u{E0030}-\u{E0039}\u{E0061}-\u{E007A}]+\u{E007F}/gu;
/**
 * More marks on one letter than a script has: four accents, or seven of whatever kind, which would cover the lines above and below. Marks that
 * belong to a script of their own are not accents: four on a letter are a word in Burma.
 */
const towering = /(?:(?=[\p{Script=Inherited}\p{Script=Thai}\p{Script=Lao}])\p{M}){4}|\p{M}{7}/u;
const visible = /[\p{L}\p{N}\p{P}\p{S}]/u;

/** Whether something of a text can be seen. */
export function isVisible(text: string): boolean {
  return visible.test(text.replaceAll(blank, ''));
}

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

const maxCodePoints = 200;

export interface NameBounds {
  readonly min: 0 | 1;
  /** In graphemes: what a reader counts as one character. */
  readonly max: number;
}

export const personNameBounds: NameBounds = { min: 1, max: 40 };
export const roomNameBounds: NameBounds = { min: 0, max: 60 };

export type NameResult =
  | { readonly ok: true; readonly value: string }
  | { readonly ok: false; readonly message: string };

/**
 * The name as it is stored (NFC, trimmed), or a sentence that says what is wrong with it.
 * Rule MB3 of docs/room-rules.md.
 */
export function parseName(input: string, bounds: NameBounds): NameResult {
  const value = input.normalize('NFC').trim();
  if (value === '') {
    return bounds.min === 0 ? { ok: true, value } : { ok: false, message: 'A name is needed.' };
  }
  if (breaking.test(value)) return { ok: false, message: 'Control characters are not allowed in a name.' };
  if (reordering.test(value))
    return { ok: false, message: 'Characters that change the direction of text are not allowed.' };
  const rest = value.replaceAll(needed, '');
  if (rest.search(blank) !== -1 || !isVisible(value)) return { ok: false, message: 'A name has to be visible.' };
  if (towering.test(rest.normalize('NFD'))) return { ok: false, message: 'Too many accents on one letter.' };
  const tooLong: NameResult = { ok: false, message: `At most ${bounds.max} characters.` };
  // Checked before the graphemes are counted: a single one may be of any length.
  if (value.length > maxCodePoints * 2 || Array.from(value).length > maxCodePoints) return tooLong;
  return [...segmenter.segment(value)].length > bounds.max ? tooLong : { ok: true, value };
}
