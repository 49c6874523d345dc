import type { SpotifyRight } from '@/lib/shared/contract/spotify';

/**
 * Where a login with Spotify begins. For plain links: it leaves the app, and must not be fetched ahead.
 *
 * @param returnTo the path to come back to
 * @param account `another` asks at Spotify which account it shall be; otherwise it is the one that agreed before
 */
export function loginHref(returnTo: string, account?: 'another'): string {
  const path = encodeURIComponent(returnTo).replaceAll('%2F', '/');
  return `/api/spotify/authorize?returnTo=${path}${account === undefined ? '' : `&account=${account}`}`;
}

/** Where a host brings a Spotify app of their own, and comes back from. */
export function setupHref(returnTo: string): string {
  return returnTo === '/' ? '/setup' : `/setup?returnTo=${encodeURIComponent(returnTo)}`;
}

/** Where Spotify asks the host for one more right. Like a login, and comes back the same way. */
export function grantHref(returnTo: string, right: SpotifyRight): string {
  return `${loginHref(returnTo)}&for=${right}`;
}
