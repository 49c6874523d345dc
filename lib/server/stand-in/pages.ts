import 'server-only';
import type { Call } from '@/simulator/http/call';
import { createPhone } from '@/simulator/phone/phone';
import { standInPath } from './address';
import { askServices, toResponse } from './call';
import { inWorld } from './world';

function toCall(request: Request, body: string): Call {
  const url = new URL(request.url);
  const headers = new Headers(request.headers);
  headers.set('content-length', String(Buffer.byteLength(body)));
  return {
    method: request.method,
    path: url.pathname.slice(standInPath.length) || '/',
    query: url.searchParams,
    headers: Object.fromEntries(headers),
    body,
  };
}

/**
 * The pages of a world of the stand-in: the consent page, and the host's own phone; null where there is none. Its services are nobody's but
 * this process's.
 *
 * @param body what came with the request
 */
export function serveStandInPage(world: string, request: Request, body: string): Promise<Response | null> {
  const call = toCall(request, body);
  return inWorld(world, async (inside) => {
    if (call.path === '/authorize') return askServices(inside, call);
    const phone = createPhone(inside);
    return phone.owns(call.path) ? toResponse(phone.serve(call)) : null;
  });
}
