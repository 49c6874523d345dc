/**
 * Where Spotify logs in, for a host whose page is at another address: a phone of the home network cannot follow a link to the computer's own
 * name for itself. The login brings the room back there (LG7).
 */
export function onlyThere(appUrl: string): string {
  return `Log in at ${appUrl}, on the computer that runs Roomtone: it is the host again then.`;
}
