import type { IncomingMessage } from 'node:http';
import type { Call } from './call';

const mostBytes = 256 * 1024;

/** Reads a request to its end. Null where the body is too large or the client left before its end. */
export async function readCall(request: IncomingMessage): Promise<Call | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of request) {
      const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
      size += bytes.length;
      if (size > mostBytes) return null;
      chunks.push(bytes);
    }
  } catch {
    return null;
  }
  // Not parsed as a URL: a path such as `//x` must not be read as a host.
  const target = request.url ?? '/';
  const mark = target.indexOf('?');
  return {
    method: request.method ?? 'GET',
    path: mark === -1 ? target : target.slice(0, mark),
    query: new URLSearchParams(mark === -1 ? '' : target.slice(mark + 1)),
    headers: request.headers,
    body: Buffer.concat(chunks).toString('utf8'),
  };
}
