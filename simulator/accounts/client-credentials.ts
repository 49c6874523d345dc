import { timingSafeEqual } from 'node:crypto';
import type { Call } from '@/simulator/http/call';
import type { App } from '@/simulator/world/apps';

/** A client that is who it says: by its secret, or, as an app without a server, by its id alone, which is allowed only together with PKCE. */
export interface KnownClient {
  readonly kind: 'confidential' | 'public';
  readonly app: App;
}

export type ClientVerdict = KnownClient | { readonly kind: 'refused'; readonly description: string };

/** Compares two secrets in constant time. */
export function sameSecret(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** Basic credentials as sent, and form-encoded: libraries differ, and both spellings are taken. */
function readBasic(call: Call): readonly (readonly [id: string, secret: string])[] {
  const encoded = /^Basic ([A-Za-z0-9+/]+=*)$/i.exec(call.headers.authorization ?? '')?.[1];
  const [id = '', secret = ''] = splitOnce(encoded === undefined ? '' : Buffer.from(encoded, 'base64').toString());
  return [
    [id, secret],
    [formDecode(id), formDecode(secret)],
  ];
}

/** The client id that a call of the token endpoint names, in its credentials or its body. */
export function namedClient(call: Call, form: URLSearchParams): string | null {
  return call.headers.authorization === undefined ? form.get('client_id') : (readBasic(call)[1]?.[0] ?? null);
}

/**
 * Authenticates the client of the token endpoint: Basic credentials, or `client_id` in the body.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-2.3.1
 */
export function checkClient(
  call: Call,
  form: URLSearchParams,
  find: (clientId: string) => App | undefined,
): ClientVerdict {
  const unknown: ClientVerdict = { kind: 'refused', description: 'Invalid client' };
  if (call.headers.authorization === undefined) {
    const app = find(form.get('client_id') ?? '');
    return app === undefined || form.has('client_secret') ? unknown : { kind: 'public', app };
  }
  const known = readBasic(call).flatMap(([id, secret]) => {
    const app = find(id);
    return app === undefined ? [] : [{ app, secret }];
  });
  const [first] = known;
  if (first === undefined) return unknown;
  const { app } = first;
  if (!known.some(({ secret }) => app.clientSecret !== null && sameSecret(secret, app.clientSecret))) {
    return { kind: 'refused', description: 'Invalid client secret' };
  }
  return { kind: 'confidential', app };
}

function splitOnce(text: string): readonly string[] {
  const colon = text.indexOf(':');
  return colon === -1 ? [text] : [text.slice(0, colon), text.slice(colon + 1)];
}

function formDecode(text: string): string {
  return new URLSearchParams(`x=${text}`).get('x') ?? '';
}
