/**
 * Who voted, or what a press does.
 *
 * @param voters names; null is the person at this page
 */
export function skipSentence(voters: readonly (string | null)[], isHost: boolean, required: number): string {
  const names = voters.filter((name) => name !== null);
  const list = voters.includes(null) ? ['You', ...names] : names;
  if (list.length === 0) {
    if (isHost) return 'Your press skips at once.';
    return required === 1 ? 'One vote skips the song.' : `${required} votes skip the song.`;
  }
  const last = list.at(-1) ?? '';
  return `${list.length === 1 ? last : `${list.slice(0, -1).join(', ')} and ${last}`} voted to skip.`;
}
