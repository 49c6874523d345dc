/** The header by which whoever stands in front of the app names a request. */
export type RequestIdHeader = 'x-vercel-id' | 'x-request-id';

/**
 * Which header that is here; null where anybody could write it.
 *
 * @param source where the configuration is; this process's environment
 */
export function findRequestIdHeader(source: Readonly<Record<string, string | undefined>>): RequestIdHeader | null {
  if (source['VERCEL']?.trim() === '1') return 'x-vercel-id';
  return Number(source['TRUSTED_HOPS'] ?? 0) > 0 ? 'x-request-id' : null;
}
