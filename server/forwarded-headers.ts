import type { IncomingHttpHeaders } from 'node:http';

/** Headers that Next or the app believe and a client must not choose. */
const neverFromOutside = [
  'x-middleware-subrequest',
  'x-middleware-prefetch',
  'content-security-policy',
  'content-security-policy-report-only',
  'x-nonce',
  'x-vercel-id',
];

export interface Connection {
  readonly remoteAddress: string;
  /** Whether browsers reach the app over https. */
  readonly isHttps: boolean;
  readonly port: number;
}

/**
 * Makes the forwarding headers of a request true (RM-07). Without a trusted proxy they say what this server saw, whatever the
 * client wrote. With proxies, what they wrote stays: each has added the address it was called from, so that the app finds the client
 * as the `trustedHops`-th entry from the right. This server adds no address, or the nearest proxy would be counted as a client.
 */
export function setForwarded(headers: IncomingHttpHeaders, connection: Connection, trustedHops: number): void {
  for (const name of neverFromOutside) delete headers[name];
  delete headers['forwarded'];
  delete headers['x-real-ip'];
  const { remoteAddress, isHttps, port } = connection;
  const protocol = isHttps ? 'https' : 'http';
  // IPv4 addresses as they are, however the socket writes them.
  const address = remoteAddress.replace(/^::ffff:/, '');
  if (trustedHops === 0) {
    // Without a proxy it is the client's own.
    delete headers['x-request-id'];
    headers['x-forwarded-for'] = address;
    headers['x-forwarded-proto'] = protocol;
    headers['x-forwarded-port'] = String(port);
    if (headers.host === undefined) delete headers['x-forwarded-host'];
    else headers['x-forwarded-host'] = headers.host;
    return;
  }
  headers['x-forwarded-for'] ??= address;
  // Not every proxy is told to say it, and headers for https alone hang on it.
  headers['x-forwarded-proto'] ??= protocol;
}

/**
 * Takes away what Next's client says of a page: Next would answer it before the API does (WB-04). That it was no navigation stays known, for
 * a login that begins by one (OA-01).
 */
export function hideFromApi(headers: IncomingHttpHeaders): void {
  const routed = Object.keys(headers).filter((name) => name === 'rsc' || name.startsWith('next-'));
  if (routed.length === 0) return;
  for (const name of routed) delete headers[name];
  headers['x-purpose'] = 'prefetch';
}
