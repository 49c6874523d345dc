import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as fallback from '@/app/api/[[...path]]/route';
import type { Handler } from '@/lib/server/http/route';

type RouteModule = Readonly<Record<string, Handler>>;

const app = join(process.cwd(), 'app');

/**
 * Every address of the API but the one that answers all others, with parameters as Next names their folders. In the order in which Next
 * looks: fixed parts come before parameters, whose brackets sort before letters.
 */
export const paths: readonly string[] = readdirSync(join(app, 'api'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('route.ts') && !file.includes('...'))
  .map((file) => `/api/${dirname(file)}`)
  .toSorted()
  .toReversed();

const routes = paths.map((path) => ({
  pattern: new RegExp(`^${path.replaceAll(/\[(\w+)\]/g, '(?<$1>[^/]*)')}$`),
  file: join(app, path, 'route.ts'),
}));

/** Answers a request as the running app would, without Next around it. The code of a route is loaded with its first request. */
export async function dispatch(request: Request): Promise<Response> {
  const { pathname } = new URL(request.url);
  for (const { pattern, file } of routes) {
    const match = pattern.exec(pathname);
    if (match === null) continue;
    const handlers: RouteModule = await import(file);
    const handler = handlers[request.method];
    if (handler !== undefined) return handler(request, { params: Promise.resolve({ ...match.groups }) });
  }
  return fallback.GET(request, { params: Promise.resolve({}) });
}
