import 'server-only';
import { randomUUID } from 'node:crypto';
import type { RequestIdHeader } from '@/lib/server/runtime/request-id-header';

/** Long enough to be told from others, short enough for a line. */
const wellFormed = /^[\w:.-]{8,96}$/;

/**
 * The id under which a request is logged and answered: the one that the platform or a trusted proxy gave it, so that their logs and ours can be
 * read together, else one of our own. What a client writes by itself is not taken.
 *
 * @param trusted the header that nobody else could write
 */
export function requestIdOf(headers: Pick<Headers, 'get'>, trusted: RequestIdHeader | null): string {
  const given = trusted === null ? null : headers.get(trusted);
  return given !== null && wellFormed.test(given) ? given : randomUUID();
}
