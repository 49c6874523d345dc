/** Whether somebody has the host's remote and tools for the queue: the host and co-hosts (HT3). */
export function isModerator(member: { readonly role: 'host' | 'guest'; readonly coHost: boolean }): boolean {
  return member.role === 'host' || member.coHost;
}
