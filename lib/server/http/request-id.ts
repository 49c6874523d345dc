import 'server-only';
import { randomUUID } from 'node:crypto';
import { getEnv } from '@/lib/server/runtime/env';

/** Long enough to be told from others, short enough for a line. */
const wellFormed = /^[\w:.-]{8,96}$/;

/**
 * The id under which a request is logged and answered: the one that the platform or a trusted proxy gave it, so that their logs and ours can be
 * read together, else one of our own. What a client writes by itself is not taken.
 */
export function requestIdOf(headers: Pick<Headers, 'get'>): string {
  const { requestIdHeader } = getEnv();
  const given = requestIdHeader === null ? null : headers.get(requestIdHeader);
  return given !== null && wellFormed.test(given) ? given : randomUUID();
}
