import { type NextRequest, NextResponse } from 'next/server';
import { leadFromOtherName } from '@/lib/server/http/other-name';
import { requestIdOf } from '@/lib/server/http/request-id';
import { findRequestIdHeader } from '@/lib/server/runtime/request-id-header';
import { hasMadeUpSongs } from '@/lib/server/runtime/made-up-songs';

/** Where covers come from; those of made-up songs are `data:` images, because phones cannot reach the simulator's address. */
function imageSources(development: boolean): readonly string[] {
  const inline = development || hasMadeUpSongs(process.env) ? ['data:'] : [];
  return ["'self'", ...inline, 'https://*.scdn.co', 'https://*.spotifycdn.com'];
}

function policy(nonce: string): string {
  const development = process.env.NODE_ENV === 'development';
  return [
    "default-src 'self'",
    // Next's development client evaluates code; nothing else may.
    `script-src 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ''}`,
    `style-src 'self' ${development ? "'unsafe-inline'" : `'nonce-${nonce}'`}`,
    "style-src-attr 'unsafe-inline'",
    `img-src ${imageSources(development).join(' ')}`,
    "font-src 'self'",
    `connect-src 'self'${development ? ' ws:' : ''}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}

function sendAway({ location, setCookie }: NonNullable<ReturnType<typeof leadFromOtherName>>): NextResponse {
  const headers = { location, 'set-cookie': setCookie, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' };
  return new NextResponse(null, { status: 307, headers });
}

/** Pages are read and nothing else (WB-05); our own server says so before anything of the body is there. */
function refuseMethod(): NextResponse {
  return new NextResponse(null, { status: 405, headers: { allow: 'GET, HEAD', 'cache-control': 'no-store' } });
}

/**
 * Leads other names of the site to `APP_URL` (AD1), and gives every document a content security policy with a nonce of its own (WB-06). It
 * decides nothing about who may do what: every handler and page does that itself.
 */
export function proxy(request: NextRequest): NextResponse {
  if (request.method !== 'GET' && request.method !== 'HEAD') return refuseMethod();
  const { pathname, search } = request.nextUrl;
  const away = leadFromOtherName(
    { method: request.method, headers: request.headers, path: pathname + search },
    process.env,
  );
  if (away !== null) return sendAway(away);
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString('base64');
  const csp = policy(nonce);
  const headers = new Headers(request.headers);
  // Next reads the nonce from this header; one that a client sent must not be believed. Nor is the page's id (EV8).
  headers.set('content-security-policy', csp);
  const id = requestIdOf(request.headers, findRequestIdHeader(process.env));
  headers.set('x-request-id', id);
  headers.delete('content-security-policy-report-only');
  const response = NextResponse.next({ request: { headers } });
  response.headers.set('content-security-policy', csp);
  response.headers.set('x-request-id', id);
  return response;
}

export const config = {
  // Files of the build need none, and the API and the stand-in's pages answer with stricter ones of their own.
  matcher: [{ source: '/((?!api(?:/|$)|simulated-spotify(?:/|$)|_next/static/|icon.svg).*)' }],
};
