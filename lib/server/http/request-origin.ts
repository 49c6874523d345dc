import 'server-only';
import { AppError } from '@/lib/server/runtime/app-error';
import { getEnv } from '@/lib/server/runtime/env';
import { isLocalHost, ownAddresses } from '@/lib/server/runtime/network';
import { log } from '@/lib/server/runtime/log';
import { networkKey } from './network-key';

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
 * What is missing where a site's own proxy calls this machine by this machine's name: it passes the visitor's address on for the asking only.
 * Null where nothing says so: a laptop's guests come by its address on purpose.
 */
export function proxyAdvice(host: string | null): string | null {
  if (isOnAppUrl(host) || !getEnv().appUrl.startsWith('https:')) return null;
  return 'If that is the address you opened, the proxy in front of Roomtone does not pass it on; in nginx it needs: proxy_set_header Host $host;';
}

let hasWarned = false;

/** Tells the operator once that the proxy may pass no `Host` on. */
function warnOfProxy(): void {
  if (hasWarned) return;
  hasWarned = true;
  log.warn('proxy.host_missing', {
    mend: 'the proxy has to pass the Host header on; nginx: proxy_set_header Host $host',
  });
}

/**
 * Refuses what works only on the app's own address, where Spotify returns to and the host's cookie is.
 *
 * @throws {AppError} `use_app_url`
 */
export function requireAppUrl(request: Request, addresses: ReadonlySet<string> = ownAddresses()): void {
  const host = request.headers.get('host');
  if (isOnAppUrl(host, addresses)) return;
  const { appUrl } = getEnv();
  const advice = proxyAdvice(host);
  if (advice !== null) warnOfProxy();
  throw new AppError('use_app_url', {
    detail: `Making a room and connecting Spotify work only on ${appUrl}. ${advice ?? 'Open that address.'}`,
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
 * Where a request came from, as it is counted (RM-08): the entry that the nearest trusted proxy wrote, never one that a client can choose
 * (RM-07). Our own server writes the only entry when there is no proxy.
 */
export function clientAddress(headers: Pick<Headers, 'get'>): string {
  const entries = (headers.get('x-forwarded-for') ?? '').split(',').map((entry) => entry.trim());
  const hops = Math.max(1, getEnv().trustedHops);
  return networkKey(entries.at(-hops) || entries[0] || 'unknown');
}
