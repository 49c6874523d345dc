import type { IncomingHttpHeaders } from 'node:http';
import { isolation, loopbackName, noContent, securityHeaders, transport } from './security-headers.js';

/** What this server has to know of the app to answer for it. */
export interface Site {
  readonly appUrl: URL;
  /** The stand-in for Spotify is part of the app: its pages have forms. */
  readonly hasStandIn: boolean;
  /** The sources are served, with the tools of Next's development server. */
  readonly dev: boolean;
}

/** A request as far as this server looks at it, its forwarding headers made true. */
export interface Asked {
  readonly method: string;
  /** The target as it was sent, beginning with a slash. */
  readonly target: string;
  readonly headers: IncomingHttpHeaders;
  /** Whether the connection comes from this machine. */
  readonly isLocal: boolean;
}

export interface OwnAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** The path without the query, with dots resolved, as Next reads it. */
function pathOf(target: string): string {
  return URL.canParse(`http://n${target}`) ? new URL(`http://n${target}`).pathname : target;
}

export const isApi = (target: string): boolean => /^\/api(\/|$)/.test(pathOf(target));

/** Addresses with a broken percent-encoding, which Next answers with an error of its own. */
export function isMalformed(target: string): boolean {
  try {
    decodeURIComponent(target);
    return false;
  } catch {
    return true;
  }
}

/** The list that every answer carries, for what Next does not answer (WB-06). */
function ownHeaders(headers: IncomingHttpHeaders): Readonly<Record<string, string>> {
  const isHttps = headers['x-forwarded-proto'] === 'https';
  const isLoopback = new RegExp(`^${loopbackName}(:\\d+)?$`, 'i').test(headers.host ?? '');
  return {
    ...securityHeaders,
    ...noContent,
    ...(isHttps && transport),
    ...((isHttps || isLoopback) && isolation),
    'cache-control': 'no-store',
  };
}

function problem(asked: Asked, status: number, code: string, title: string, detail: string): OwnAnswer {
  return {
    status,
    headers: {
      ...ownHeaders(asked.headers),
      'content-type': 'application/problem+json',
      // What was sent with it is not waited for: nobody reads it.
      connection: 'close',
      ...(status === 405 && { allow: 'GET, HEAD' }),
    },
    body: JSON.stringify({ type: 'about:blank', title, status, code, detail }),
  };
}

/** Where a page that was opened as `localhost` is: Spotify returns to the app's address, where the cookie has to be. */
function localhostTarget({ method, target, headers }: Asked, appUrl: URL): string | null {
  const isPage = (method === 'GET' || method === 'HEAD') && !/^\/(api|_next)(\/|$)/.test(pathOf(target));
  if (!isPage || !/^localhost(:\d+)?$/i.test(headers.host ?? '') || appUrl.protocol !== 'http:') return null;
  // A target that begins with two slashes would name another site.
  return `${appUrl.origin}${target.startsWith('//') ? '/' : target}`;
}

/**
 * The tools of Next's development server: they stop it, open files in an editor, and tell paths and errors. However the target is written:
 * some of them resolve it, others do not.
 */
function isDevelopersTool(target: string): boolean {
  const written = isMalformed(target) ? target : decodeURIComponent(target);
  const resolved = URL.canParse(target, 'http://n') ? new URL(target, 'http://n').pathname : '';
  return [written, resolved].some((path) => /__nextjs|_next[/\\]+mcp/i.test(path));
}

/** Whether an address takes forms: those of the stand-in's pages alone, and what Next's development client sends. */
function takesForms(target: string, { hasStandIn, dev }: Site): boolean {
  const path = pathOf(target);
  return (hasStandIn && /^\/simulated-spotify(\/|$)/.test(path)) || (dev && isDevelopersTool(target));
}

/**
 * What this server answers by itself, before anything of the request's body is read; null for what the app answers.
 *
 * Pages take GET and HEAD alone: Next would keep what comes with another method in memory, from anybody (WB-05).
 */
export function ownAnswer(asked: Asked, site: Site): OwnAnswer | null {
  const { method, target } = asked;
  const location = localhostTarget(asked, site.appUrl);
  if (location !== null) return { status: 307, headers: { ...ownHeaders(asked.headers), location } };
  if (site.dev && !asked.isLocal && isDevelopersTool(target)) {
    return problem(asked, 403, 'forbidden', 'Forbidden', 'The tools of development are for this computer alone.');
  }
  if (isApi(target)) {
    return isMalformed(target)
      ? problem(asked, 404, 'not_found', 'Not found', 'There is nothing at this address.')
      : null;
  }
  if (method === 'GET' || method === 'HEAD' || (method === 'POST' && takesForms(target, site))) return null;
  return problem(asked, 405, 'method_not_allowed', 'Method not allowed', 'That is not possible at this address.');
}
