import 'server-only';
import type { Call } from '@/simulator/http/call';
import { createPhone } from '@/simulator/phone/phone';
import { standInPath } from './address';
import { askServices, toResponse } from './call';
import { inWorld } from './world';

/** Bytes of a form that are read at most. */
const maxFormBytes = 64 * 1_024;

async function toCall(request: Request): Promise<Call> {
  const url = new URL(request.url);
  const body = request.method === 'POST' ? await request.text() : '';
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
 */
export async function serveStandInPage(world: string, request: Request): Promise<Response | null> {
  const call = await toCall(request);
  if (Buffer.byteLength(call.body) > maxFormBytes) return null;
  return inWorld(world, async (inside) => {
    if (call.path === '/authorize') return askServices(inside, call);
    const phone = createPhone(inside);
    return phone.owns(call.path) ? toResponse(phone.serve(call)) : null;
  });
}
