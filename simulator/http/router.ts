import type { Answer, Call } from './call';

/** The parts of a path that a route's `:names` stood for, percent-decoded. */
export type PathParams = Readonly<Record<string, string>>;

export type Handler = (call: Call, params: PathParams) => Answer | Promise<Answer>;

/** `GET /v1/tracks/:id` and who answers it. */
export interface Route {
  readonly method: string;
  readonly pattern: string;
  readonly handler: Handler;
}

export type RouteMatch =
  | { readonly kind: 'found'; readonly route: Route; readonly params: PathParams }
  | { readonly kind: 'wrong_method'; readonly allowed: readonly string[] }
  | { readonly kind: 'none' };

/** Declares a route as `route('GET /v1/me', handler)`. */
export function route(declaration: string, handler: Handler): Route {
  const [method = '', pattern = ''] = declaration.split(' ');
  return { method, pattern, handler };
}

/** Finds the first route for a method and path. */
export function findRoute(routes: readonly Route[], method: string, path: string): RouteMatch {
  const allowed: string[] = [];
  for (const candidate of routes) {
    const params = matchPath(candidate.pattern, path);
    if (params === null) continue;
    if (candidate.method === method) return { kind: 'found', route: candidate, params };
    allowed.push(candidate.method);
  }
  return allowed.length > 0 ? { kind: 'wrong_method', allowed } : { kind: 'none' };
}

/** The named parts of `path` under `pattern`, or null where it does not fit. `*` at the end takes any rest. */
export function matchPath(pattern: string, path: string): PathParams | null {
  const wanted = pattern.split('/');
  const given = path.split('/');
  const openEnded = wanted.at(-1) === '*';
  if (openEnded ? given.length < wanted.length - 1 : given.length !== wanted.length) return null;
  const params: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    if (openEnded && index === wanted.length - 1) break;
    const value = given[index] ?? '';
    if (part.startsWith(':')) {
      const decoded = decode(value);
      if (decoded === null || decoded === '') return null;
      params[part.slice(1)] = decoded;
    } else if (part !== '*' && part !== value) {
      return null;
    }
  }
  return params;
}

function decode(part: string): string | null {
  try {
    return decodeURIComponent(part);
  } catch {
    return null;
  }
}
