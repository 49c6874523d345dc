import 'server-only';

export interface ResponseOptions {
  readonly status?: number;
  /** A `Set-Cookie` line; null for none. */
  readonly setCookie?: string | null;
  readonly location?: string;
}

function headersOf({ setCookie, location }: ResponseOptions): Headers {
  const headers = new Headers();
  if (setCookie != null) headers.append('set-cookie', setCookie);
  if (location !== undefined) headers.set('location', location);
  return headers;
}

/** A response whose body is JSON already. With its length, so that it is sent in one piece and not in chunks. */
export function jsonText(text: string, options: ResponseOptions = {}): Response {
  const headers = headersOf(options);
  const bytes = Buffer.from(text);
  headers.set('content-type', 'application/json');
  headers.set('content-length', String(bytes.byteLength));
  return new Response(bytes, { status: options.status ?? 200, headers });
}

/**
 * A JSON response of the named type of `lib/shared/contract`, which has to be given: `json<RoomResponse>({ room })`. Pass an object built
 * field by field, never a stored row.
 */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- so that every route is checked against the contract
export function json<T = never>(value: NoInfer<T>, options: ResponseOptions = {}): Response {
  return jsonText(JSON.stringify(value), options);
}

/** Nothing to say but that it is done. */
export function noContent(options: ResponseOptions): Response {
  return new Response(null, { status: 204, headers: headersOf(options) });
}

/**
 * Redirects the browser by GET. The target is a path of ours or Spotify's address, never something that a request brought; no referrer
 * is sent (OA-08).
 *
 * @see RFC 9110 section 15.4.4
 */
export function seeOther(location: string, options: ResponseOptions = {}): Response {
  const headers = headersOf({ ...options, location });
  headers.set('referrer-policy', 'no-referrer');
  return new Response(null, { status: 303, headers });
}
