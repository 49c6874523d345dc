const segmenter = new Intl.Segmenter();

/** As wide as two letters. */
const isWide = (character: string): boolean =>
  /[\p{Extended_Pictographic}\p{Regional_Indicator}\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(
    character,
  );

/** One or two characters that stand for a name and fit its round: whole ones, so that an emoji stays one, and then it stands alone. */
export function initials(name: string): string {
  const first = (word: string): string => [...segmenter.segment(word)][0]?.segment ?? '';
  const words = name.split(/\s+/).filter((word) => word !== '');
  const [one, other] = [first(words[0] ?? ''), words.length > 1 ? first(words.at(-1) ?? '') : ''];
  return (isWide(one) || isWide(other) ? one : one + other).toUpperCase();
}
