import 'server-only';
import { loginWorld } from './auth/provider';
import { requireSameOrigin } from './http/request-origin';
import { problemResponse } from './http/problem-response';
import { serveStandInPage } from './stand-in/pages';

const nothing = (): Response => new Response('There is nothing here.', { status: 404 });

/** The pages of the stand-in inside the app; 404 on a site that has none. */
export async function answerSimulatedSpotify(request: Request): Promise<Response> {
  try {
    if (request.method !== 'GET') requireSameOrigin(request);
    const world = loginWorld();
    return (world === null ? null : await serveStandInPage(world, request)) ?? nothing();
  } catch (error) {
    return problemResponse(error);
  }
}
