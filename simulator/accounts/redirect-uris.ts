/** Whether a redirect URI may be used, and if not, with which words Spotify's own page refuses it. */
export type RedirectUriVerdict = 'ok' | 'Invalid redirect URI' | 'Insecure redirect URI';

const loopbackHosts = new Set(['127.0.0.1', '[::1]']);

/**
 * Checks a redirect URI against the registered ones. The match is exact, with one exception: a loopback literal that was
 * registered without a port may be used with any port.
 *
 * @see https://developer.spotify.com/documentation/web-api/concepts/redirect_uri
 */
export function checkRedirectUri(uri: string, registered: readonly string[]): RedirectUriVerdict {
  if (!URL.canParse(uri)) return 'Invalid redirect URI';
  const url = new URL(uri);
  if (url.hostname === 'localhost' || url.hostname.endsWith('.localhost')) return 'Insecure redirect URI';
  if (url.protocol === 'http:' && !loopbackHosts.has(url.hostname)) return 'Insecure redirect URI';
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return 'Invalid redirect URI';
  if (url.hash !== '') return 'Invalid redirect URI';
  if (registered.includes(uri)) return 'ok';
  return registered.some((candidate) => matchesWithAnyPort(uri, url, candidate)) ? 'ok' : 'Invalid redirect URI';
}

function matchesWithAnyPort(uri: string, url: URL, candidate: string): boolean {
  if (!loopbackHosts.has(url.hostname) || url.port === '') return false;
  const origin = `${url.protocol}//${url.hostname}`;
  // Compared as text after taking the port out, so that case and a trailing slash still count.
  return uri.startsWith(`${origin}:${url.port}`) && candidate === origin + uri.slice(`${origin}:${url.port}`.length);
}
