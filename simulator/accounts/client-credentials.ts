import { timingSafeEqual } from 'node:crypto';
import type { Call } from '@/simulator/http/call';

export type ClientVerdict =
  | { readonly kind: 'confidential' }
  /** A client id alone, as an app without a server sends it; allowed only together with PKCE. */
  | { readonly kind: 'public' }
  | { readonly kind: 'refused'; readonly description: string };

/** Compares two secrets in constant time. */
export function sameSecret(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/**
 * Authenticates the client of the token endpoint: Basic credentials, or `client_id` in the body.
 * Both the plain and the form-encoded spelling of Basic credentials are taken, since libraries differ.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-2.3.1
 */
export function checkClient(
  call: Call,
  form: URLSearchParams,
  expected: { readonly clientId: string; readonly clientSecret: string },
): ClientVerdict {
  const header = call.headers.authorization;
  if (header === undefined) {
    if (form.get('client_id') !== expected.clientId || form.has('client_secret')) {
      return { kind: 'refused', description: 'Invalid client' };
    }
    return { kind: 'public' };
  }
  const encoded = /^Basic ([A-Za-z0-9+/]+=*)$/i.exec(header)?.[1];
  const [id = '', secret = ''] = splitOnce(encoded === undefined ? '' : Buffer.from(encoded, 'base64').toString());
  const readings = [
    [id, secret],
    [formDecode(id), formDecode(secret)],
  ] as const;
  const ofThisClient = readings.filter(([givenId]) => givenId === expected.clientId);
  if (ofThisClient.length === 0) return { kind: 'refused', description: 'Invalid client' };
  if (!ofThisClient.some(([, givenSecret]) => sameSecret(givenSecret, expected.clientSecret))) {
    return { kind: 'refused', description: 'Invalid client secret' };
  }
  return { kind: 'confidential' };
}

function splitOnce(text: string): readonly string[] {
  const colon = text.indexOf(':');
  return colon === -1 ? [text] : [text.slice(0, colon), text.slice(colon + 1)];
}

function formDecode(text: string): string {
  return new URLSearchParams(`x=${text}`).get('x') ?? '';
}
