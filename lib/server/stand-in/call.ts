import 'server-only';
import type { Answer, Call } from '@/simulator/http/call';
import { createSpotifyServices } from '@/simulator/spotify-services';
import type { World } from '@/simulator/world/world';
import { parseStandInUrl } from './address';
import { inWorld } from './world';

function toCall(path: string, query: string, init: RequestInit): Call {
  const body = typeof init.body === 'string' ? init.body : '';
  const headers = new Headers(init.headers);
  headers.set('content-length', String(Buffer.byteLength(body)));
  return {
    method: init.method ?? 'GET',
    path,
    query: new URLSearchParams(query),
    headers: Object.fromEntries(headers),
    body,
  };
}

/** What the simulator answers, as a response. */
export function toResponse({ status, headers, body }: Answer): Response {
  return new Response(body === '' ? null : body, { status, headers });
}

/** What the services of a world answer. They hang and break off only where somebody made a rule, which nobody can here. */
export async function askServices(world: World, call: Call): Promise<Response> {
  const result = await createSpotifyServices(world).serve(call, new AbortController().signal);
  if (result.kind !== 'answer') throw new Error('The stand-in gave no answer.');
  return toResponse(result.answer);
}

/**
 * Carries a call to a world of the stand-in, in this process, as `fetch` carries one to Spotify: on a platform a site may not be able to
 * call itself, and previews stand behind a login.
 *
 * @param url of {@link standInUrl}
 * @param init with a text as its body, or none
 */
export function callStandIn(url: string, init: RequestInit): Promise<Response> {
  const target = parseStandInUrl(url);
  if (target === null) throw new Error('That address is not the stand-in’s.');
  return inWorld(target.world, (world) => askServices(world, toCall(target.path, target.query, init)));
}
