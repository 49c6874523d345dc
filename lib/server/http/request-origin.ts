import 'server-only';
import { AppError } from '@/lib/server/runtime/app-error';
import { getEnv } from '@/lib/server/runtime/env';
import { isLocalHost, ownAddresses } from '@/lib/server/runtime/network';

/**
 * Refuses a state-changing request that another site's page sent (WB-01). Requests with neither header pass: the cookie is
 * Lax, and no browser leaves out both.
 *
 * @throws {AppError} `cross_origin`
 */
export function requireSameOrigin(request: Request, addresses: ReadonlySet<string> = ownAddresses()): void {
  const site = request.headers.get('sec-fetch-site');
  if (site === 'cross-site' || site === 'same-site') throw new AppError('cross_origin');
  const origin = request.headers.get('origin');
  if (origin === null || origin === getEnv().appUrl) return;
  const host = request.headers.get('host');
  if (!isLocalHost(host, addresses) || origin !== `http://${host}`) throw new AppError('cross_origin');
}

/** False when the request came to another address of this machine than `APP_URL`: guests on the LAN do. */
export function isOnAppUrl(host: string | null, addresses: ReadonlySet<string> = ownAddresses()): boolean {
  return !isLocalHost(host, addresses) || host === new URL(getEnv().appUrl).host;
}

/**
 * Refuses what works only on the app's own address, where Spotify returns to and the host's cookie is.
 *
 * @throws {AppError} `use_app_url`
 */
export function requireAppUrl(request: Request, addresses: ReadonlySet<string> = ownAddresses()): void {
  if (isOnAppUrl(request.headers.get('host'), addresses)) return;
  const { appUrl } = getEnv();
  throw new AppError('use_app_url', {
    detail: `Making a room and connecting Spotify work only on ${appUrl}. Open that address.`,
  });
}

/**
 * Refuses to begin a login for anything but a top-level navigation: not for another site, not for a prefetch (OA-01).
 *
 * @throws {AppError} `cross_origin`
 */
export function requireNavigation(request: Request): void {
  const header = (name: string): string => request.headers.get(name)?.toLowerCase() ?? '';
  const site = header('sec-fetch-site');
  const destination = header('sec-fetch-dest');
  const prefetch = [header('purpose'), header('sec-purpose'), header('x-purpose'), header('x-moz')].some((purpose) =>
    purpose.includes('prefetch'),
  );
  const foreign = site === 'cross-site' || site === 'same-site';
  const embedded = destination !== '' && destination !== 'document';
  const routed = request.headers.has('next-router-prefetch') || request.headers.has('rsc');
  if (foreign || embedded || prefetch || routed) throw new AppError('cross_origin');
}

/**
 * The address a request came from: the entry that the nearest trusted proxy wrote, never one that a client can choose
 * (RM-07). Our own server writes the only entry when there is no proxy.
 */
export function clientAddress(headers: Pick<Headers, 'get'>): string {
  const entries = (headers.get('x-forwarded-for') ?? '').split(',').map((entry) => entry.trim());
  const hops = Math.max(1, getEnv().trustedHops);
  return entries.at(-hops) || entries[0] || 'unknown';
}
