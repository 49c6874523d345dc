import { createReadStream, statSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { extname } from 'node:path';
import { pipeline } from 'node:stream/promises';

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/vnd.microsoft.icon',
  '.js': 'application/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
};

export interface StaticFile {
  readonly file: string;
  readonly contentType?: string;
}

/** Answers with a file of the build. */
export async function serveFile(
  { file, contentType }: StaticFile,
  response: ServerResponse,
  { method, status, headers }: { readonly method: string; readonly status: number | null; readonly headers: Headers },
): Promise<void> {
  response.statusCode = status ?? 200;
  response.setHeader('cache-control', 'public, max-age=0, must-revalidate');
  response.setHeader('content-type', contentType ?? types[extname(file)] ?? 'application/octet-stream');
  for (const [name, value] of headers) response.setHeader(name, value);
  response.setHeader('content-length', statSync(file).size);
  if (method === 'HEAD') response.end();
  else await pipeline(createReadStream(file), response);
}
