/** More names than this are a number. */
const mostNames = 3;

function listOf(voters: readonly (string | null)[]): string {
  const names = [...(voters.includes(null) ? ['You'] : []), ...voters.filter((name) => name !== null)];
  if (names.length <= 1) return names[0] ?? '';
  if (names.length > mostNames)
    return `${names.slice(0, mostNames - 1).join(', ')} and ${names.length - mostNames + 1} others`;
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

/**
 * Who voted, or what a press does.
 *
 * @param voters names; null is the person at this page
 * @param isWaiting enough have voted, and nothing was skipped yet (SV10)
 */
export function skipSentence(
  voters: readonly (string | null)[],
  isHost: boolean,
  required: number,
  isWaiting = false,
): string {
  if (isWaiting) return 'Votes of people who have just come count after half a minute.';
  if (voters.length > 0) return `${listOf(voters)} voted to skip.`;
  if (isHost) return 'Your press skips at once.';
  return required === 1 ? 'One vote skips the song.' : `${required} votes skip the song.`;
}
