import type { SpotifyRight } from '@/lib/shared/contract/spotify';

/**
 * Where a login with Spotify begins. For plain links: it leaves the app, and must not be fetched ahead.
 *
 * @param returnTo the path to come back to
 * @param account `another` asks at Spotify which account it shall be; otherwise it is the one that agreed before
 */
export function loginHref(returnTo: string, account?: 'another'): string {
  return `/api/spotify/authorize?returnTo=${returnTo}${account === undefined ? '' : `&account=${account}`}`;
}

/** Where Spotify asks the host for one more right. Like a login, and comes back the same way. */
export function grantHref(returnTo: string, right: SpotifyRight): string {
  return `${loginHref(returnTo)}&for=${right}`;
}
