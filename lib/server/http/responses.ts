import 'server-only';

export interface AnswerOptions {
  readonly status?: number;
  /** A `Set-Cookie` line; null for none. */
  readonly setCookie?: string | null;
  readonly location?: string;
}

function headersOf({ setCookie, location }: AnswerOptions): Headers {
  const headers = new Headers();
  if (setCookie != null) headers.append('set-cookie', setCookie);
  if (location !== undefined) headers.set('location', location);
  return headers;
}

/** An answer that is JSON already. Its length is said, so that it goes out in one piece and not in chunks. */
export function jsonText(text: string, options: AnswerOptions = {}): Response {
  const headers = headersOf(options);
  const bytes = Buffer.from(text);
  headers.set('content-type', 'application/json');
  headers.set('content-length', String(bytes.byteLength));
  return new Response(bytes, { status: options.status ?? 200, headers });
}

/** A JSON answer; pass a DTO built field by field, never a stored row. */
export function json(value: unknown, options: AnswerOptions = {}): Response {
  return jsonText(JSON.stringify(value), options);
}

export function noContent(options: AnswerOptions = {}): Response {
  return new Response(null, { status: 204, headers: headersOf(options) });
}

/**
 * Sends the browser elsewhere by GET. The target is a path of ours or Spotify's address, never something a request brought; nothing
 * of this address is told to the next one (OA-08).
 *
 * @see RFC 9110 section 15.4.4
 */
export function seeOther(location: string, options: AnswerOptions = {}): Response {
  const headers = headersOf({ ...options, location });
  headers.set('referrer-policy', 'no-referrer');
  return new Response(null, { status: 303, headers });
}
