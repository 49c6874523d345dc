import 'server-only';
import { getEnv } from '@/lib/server/runtime/env';
import { sessionDays } from '@/lib/server/db/sessions';

const defaultPort = '3000';

/**
 * The session cookie's name. On https the `__Host-` prefix keeps sibling subdomains from planting one; on http the port is
 * part of it, because cookies ignore ports and two copies of the app must not log each other out.
 */
export function cookieName(appUrl: string): string {
  const { protocol, port } = new URL(appUrl);
  if (protocol === 'https:') return '__Host-roomtone_session';
  const actual = port === '' ? '80' : port;
  return actual === defaultPort ? 'roomtone_session' : `roomtone_session_${actual}`;
}

function cookieLine(value: string, maxAgeSeconds: number): string {
  const { appUrl } = getEnv();
  const attributes = ['Path=/', `Max-Age=${maxAgeSeconds}`, 'HttpOnly', 'SameSite=Lax'];
  if (appUrl.startsWith('https:')) attributes.push('Secure');
  return [`${cookieName(appUrl)}=${value}`, ...attributes].join('; ');
}

/** The `Set-Cookie` line that gives a browser its session (SE-01). */
export function sessionCookie(value: string): string {
  return cookieLine(value, sessionDays * 86_400);
}

/** The `Set-Cookie` line that takes a browser's session back. */
export function noSessionCookie(): string {
  return cookieLine('', 0);
}

/** The session cookie's value in a `Cookie` header, or null. The first one counts when there are several. */
export function readCookie(header: string | null): string | null {
  if (header === null) return null;
  const name = cookieName(getEnv().appUrl);
  for (const pair of header.split(';')) {
    const separator = pair.indexOf('=');
    if (separator > 0 && pair.slice(0, separator).trim() === name) return pair.slice(separator + 1).trim();
  }
  return null;
}
