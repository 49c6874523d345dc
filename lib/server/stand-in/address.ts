import 'server-only';

/** Where browsers find the stand-in: its consent page, and the host's own phone. */
export const standInPath = '/simulated-spotify';

/** The one world of a site on which the stand-in takes Spotify's place everywhere. */
export const siteWorld = 'site';

/** The app that the stand-in knows: it answers in this process, so that there is nobody to keep this from. */
export const standInClient = { clientId: 'roomtone', clientSecret: 'made-up' } as const;

/**
 * Addresses under which this process calls the stand-in. No resolver knows the name, and none ever will: a call that went astray could
 * not arrive anywhere.
 *
 * @see RFC 6761 section 6.4
 */
const origin = 'https://simulated-spotify.invalid';

/** Where the services of a world are, without a slash at the end. */
export function standInUrl(world: string): string {
  return `${origin}/${encodeURIComponent(world)}`;
}

/** Which world a call is for, and what it asks there; null for a call to anywhere else. */
export function parseStandInUrl(
  url: string,
): { readonly world: string; readonly path: string; readonly query: string } | null {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (parsed?.origin !== origin) return null;
  const [, world = '', ...rest] = parsed.pathname.split('/');
  return { world: decodeURIComponent(world), path: `/${rest.join('/')}`, query: parsed.search };
}
