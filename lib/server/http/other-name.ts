import 'server-only';
import { findAppUrl } from '@/lib/server/runtime/app-url';
import { hostname } from '@/lib/server/runtime/network';

/** A cookie that says that this browser was sent away just now. */
const sentCookie = 'roomtone_sent';

/** How long it is remembered, in seconds: longer than a redirect takes, shorter than a second visit. */
const sentSeconds = 5;

/**
 * Names that a proxy which passes no `Host` on has for the app: its address, or a name inside a network. Whoever was asked for by one may
 * have come to the right address.
 */
function isPrivateName(name: string): boolean {
  return (
    !name.includes('.') || /^[\d.]+$/.test(name) || name.includes(':') || /\.(local|internal|lan|home)$/.test(name)
  );
}

/** A browser that opens a page, and not a script, a form or a prefetch of one. */
function isVisit(method: string, headers: Pick<Headers, 'get'>): boolean {
  const destination = headers.get('sec-fetch-dest');
  if (headers.get('rsc') !== null || headers.get('next-router-prefetch') !== null) return false;
  return (method === 'GET' || method === 'HEAD') && (destination === null || destination === 'document');
}

function askedHosts(headers: Pick<Headers, 'get'>): readonly string[] {
  const forwarded = headers.get('x-forwarded-host')?.split(',') ?? [];
  return [headers.get('host') ?? '', ...forwarded]
    .map((host) => host.trim().toLowerCase())
    .filter((host) => host !== '');
}

/**
 * Where a page is that was opened by another name of a deployed site than `APP_URL`: the same path there, where cookies are and Spotify
 * returns to. Null for the right name, for a laptop, whose phones use another address on purpose, and for everything but a page that a browser
 * opens.
 *
 * It leads nowhere else than to `APP_URL`, and never round in a circle: names that only a network knows are left alone, and a browser that
 * was sent here a moment ago stays.
 *
 * @param path with its query
 * @param source where the configuration is; this process's environment
 * @returns what to answer with
 */
export function leadFromOtherName(
  { method, headers, path }: { readonly method: string; readonly headers: Pick<Headers, 'get'>; readonly path: string },
  source: Readonly<Record<string, string | undefined>>,
): { readonly location: string; readonly setCookie: string } | null {
  const given = findAppUrl(source);
  const appUrl = given !== undefined && URL.canParse(given) ? new URL(given) : null;
  if (appUrl?.protocol !== 'https:' || !isVisit(method, headers)) return null;
  const hosts = askedHosts(headers);
  const names = hosts.map((host) => hostname(host) ?? '');
  if (hosts.length === 0 || hosts.includes(appUrl.host) || names.some(isPrivateName)) return null;
  if (headers.get('cookie')?.includes(`${sentCookie}=`) === true) return null;
  // A path that begins with two slashes, or a backslash, would be another site's in the eyes of some.
  const safe = /^\/(?![/\\])/.test(path) ? path : '/';
  return {
    location: appUrl.origin + safe,
    setCookie: `${sentCookie}=1; Path=/; Max-Age=${sentSeconds}; HttpOnly; SameSite=Lax`,
  };
}
