import 'server-only';
import { getEnv } from '@/lib/server/runtime/env';
import { log } from '@/lib/server/runtime/log';
import { metrics } from '@/lib/server/runtime/metrics';
import { inRequest } from '@/lib/server/runtime/request-scope';
import { requestIdOf } from './request-id';
import { type Path, routeFamily } from './route-family';

/** What Next calls. */
export type Handler = (request: Request, context: { readonly params: Promise<Path | undefined> }) => Promise<Response>;

/**
 * A handler whose requests have an id: every line that is logged while it answers carries it, and so does the answer, in `X-Request-Id`.
 * They are counted by address, without code and ids.
 *
 * @param family the address, where the request's own is nobody's
 */
export function observed(handler: Handler, family: string | null = null): Handler {
  return (request, context) => {
    const id = requestIdOf(request.headers, getEnv().requestIdHeader);
    return inRequest(id, async () => {
      const route = family ?? routeFamily(request, (await context.params) ?? {});
      const { method } = request;
      const begun = performance.now();
      const response = await handler(request, context);
      const seconds = (performance.now() - begun) / 1_000;
      const { status } = response;
      response.headers.set('x-request-id', id);
      metrics().httpRequests.inc({ route, method, status });
      metrics().httpSeconds.observe({ route }, seconds);
      log.debug('request.answered', { method, route, status, ms: Math.round(seconds * 1_000) });
      return response;
    });
  };
}
