import { randomBytes } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** Headers that say what the platform knows; a client's own are dropped. */
const platformOnly =
  /^(x-vercel-|x-now-|x-middleware-|x-matched-path$|x-forwarded-|x-real-ip$|forwarded$|x-nextjs-data$)/;

/** Headers of one connection, not of the request. */
const ofConnection = new Set([
  'connection',
  'keep-alive',
  'transfer-encoding',
  'upgrade',
  'te',
  'trailer',
  'proxy-connection',
  'expect',
]);

export interface Arrival {
  readonly deployment: string;
  /** The client's address, as the host saw it. */
  readonly address: string;
  /** The name that was asked for. */
  readonly host: string;
}

/** A number of its own for a request, at the end of the chain that it came by. */
export function requestId({ deployment }: Pick<Arrival, 'deployment'>, chain: string | undefined): string {
  const own = `iad1::${deployment}-${Date.now()}-${randomBytes(6).toString('hex')}`;
  return chain === undefined ? own : `${chain}::${own}`;
}

/** Whether a request was made by a request of the same deployment. */
export function isLoop({ deployment }: Pick<Arrival, 'deployment'>, chain: string | undefined): boolean {
  return chain?.includes(`::${deployment}-`) ?? false;
}

/** The headers that a function gets, of https://vercel.com/docs/headers/request-headers */
export function functionHeaders(headers: IncomingHttpHeaders, id: string, { address, host }: Arrival): Headers {
  const result = new Headers();
  for (const [name, value] of Object.entries(headers)) {
    if (value === undefined || platformOnly.test(name) || ofConnection.has(name)) continue;
    for (const each of [value].flat()) result.append(name, each);
  }
  const set = {
    host,
    'x-forwarded-for': address,
    'x-forwarded-host': host,
    'x-forwarded-proto': 'https',
    'x-forwarded-port': '443',
    'x-real-ip': address,
    forwarded: `for=${address};host=${host};proto=https`,
    'x-vercel-forwarded-for': address,
    'x-vercel-id': id,
  };
  for (const [name, value] of Object.entries(set)) result.set(name, value);
  return result;
}

/** As Node's own requests take them. */
export function plainHeaders(headers: Headers): Record<string, string | string[]> {
  const plain: Record<string, string | string[]> = {};
  for (const [name, value] of headers) if (name !== 'set-cookie') plain[name] = value;
  const cookies = headers.getSetCookie();
  if (cookies.length > 0) plain['set-cookie'] = cookies;
  return plain;
}
