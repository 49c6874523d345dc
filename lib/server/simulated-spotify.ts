import 'server-only';
import { findLoginWorld } from './auth/login-world';
import { readBytes } from './http/body';
import { requireSameOrigin } from './http/request-origin';
import { problemResponse } from './http/problem-response';
import { getEnv } from './runtime/env';
import { getSession } from './session/session';

const nothing = (): Response => new Response('There is nothing here.', { status: 404 });

/**
 * The pages of the stand-in inside the app, in the world that the browser's session logs in to; 404 where it logs in to none. They are loaded
 * only on a site that has one.
 */
export async function answerSimulatedSpotify(request: Request): Promise<Response> {
  try {
    const { demo, standIn } = getEnv();
    if (!demo && !standIn) return nothing();
    if (request.method !== 'GET') requireSameOrigin(request);
    const session = await getSession(request.headers.get('cookie'));
    const world = await findLoginWorld(session?.id ?? null);
    if (world === null) return nothing();
    const { serveStandInPage } = await import('./stand-in/pages');
    const body = Buffer.from(await readBytes(request)).toString('utf8');
    return (await serveStandInPage(world, request, body)) ?? nothing();
  } catch (error) {
    return problemResponse(error);
  }
}
