const segmenter = new Intl.Segmenter();

/** One or two characters that stand for a name: whole ones, so that an emoji stays one. */
export function initials(name: string): string {
  const first = (word: string): string => [...segmenter.segment(word)][0]?.segment ?? '';
  const words = name.split(/\s+/).filter((word) => word !== '');
  return (words.length > 1 ? first(words[0] ?? '') + first(words.at(-1) ?? '') : first(name)).toUpperCase();
}
