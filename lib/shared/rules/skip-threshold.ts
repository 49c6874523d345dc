/**
 * How many votes skip a song: what the host set, but never more than there are people to cast them.
 * Rule SV2 of docs/room-rules.md.
 *
 * @param votesToSkip the room's setting
 * @param recentMembers members who have not left and were seen in the last ten minutes, host included
 */
export function requiredVotes(votesToSkip: number, recentMembers: number): number {
  return Math.max(1, Math.min(votesToSkip, recentMembers));
}
