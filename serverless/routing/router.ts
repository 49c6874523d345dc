import { type OutputConfig, type Phase, routesByPhase, type SourceRoute } from '@/serverless/output/config';
import { type Asked, fill, matchRoute } from './conditions';

/** What the middleware made of a request. */
export type MiddlewareResult =
  | { readonly kind: 'answer'; readonly response: Response }
  | {
      readonly kind: 'continue';
      readonly requestHeaders: Headers;
      readonly responseHeaders: Headers;
      readonly rewrite: string | null;
    };

export interface RouterOptions {
  readonly config: OutputConfig;
  /** Whether a function or a file is there under that path, which has no slash at its beginning. */
  readonly has: (path: string) => boolean;
  /** Runs the function of that path before the request goes on. */
  readonly middleware: (path: string, asked: Asked) => Promise<MiddlewareResult>;
}

export type Routed =
  | { readonly kind: 'answer'; readonly response: Response }
  | {
      readonly kind: 'output';
      /** What answers. */
      readonly path: string;
      /** The status of the answer, where the routes and not a function say it. */
      readonly status: number | null;
      /** What the request became; the path is as it was asked for. */
      readonly query: URLSearchParams;
      readonly requestHeaders: Headers;
      readonly responseHeaders: Headers;
    }
  | { readonly kind: 'nothing'; readonly status: number; readonly responseHeaders: Headers };

/**
 * Leads a request as the platform does, of https://vercel.com/docs/build-output-api/configuration: the first routes, middleware among them, then
 * whatever lies under the path, then rewrites with a look after each, and errors at the end. Made for one request.
 */
export class Router {
  readonly #options: RouterOptions;
  readonly #phases: ReadonlyMap<Phase, readonly SourceRoute[]>;
  #asked: Asked;
  readonly #responseHeaders = new Headers();
  #status: number | null = null;

  constructor(options: RouterOptions, asked: Asked) {
    this.#options = options;
    this.#phases = routesByPhase(options.config);
    this.#asked = asked;
  }

  async route(): Promise<Routed> {
    const early = await this.#runFirst();
    if (early !== null) return early;
    const found =
      this.#look() ??
      this.#runMiss() ??
      this.#runRewrites('filesystem') ??
      this.#runRewrites('rewrite') ??
      this.#runRewrites('resource');
    return found ?? this.#runErrors();
  }

  /** Routes before anything is looked up. Null when the request goes on. */
  async #runFirst(): Promise<Routed | null> {
    for (const route of this.#routes('first')) {
      const found = matchRoute(route, this.#asked);
      if (found === null) continue;
      if (route.middlewarePath !== undefined) {
        const answer = await this.#runMiddleware(route.middlewarePath);
        if (answer !== null) return answer;
        continue;
      }
      this.#apply(route, found);
      if (route.status !== undefined && route.dest === undefined && !route.continue) return this.#answer(route.status);
      if (!route.continue) return null;
    }
    return null;
  }

  async #runMiddleware(path: string): Promise<Routed | null> {
    const result = await this.#options.middleware(path, this.#asked);
    if (result.kind === 'answer') return result;
    for (const [name, value] of result.responseHeaders) this.#responseHeaders.append(name, value);
    this.#asked = { ...this.#asked, headers: result.requestHeaders };
    if (result.rewrite !== null) this.#go(result.rewrite);
    return null;
  }

  /** Files that are not there where only files can be; they must not become a page. */
  #runMiss(): Routed | null {
    for (const route of this.#routes('miss')) {
      const found = matchRoute(route, this.#asked);
      if (found === null) continue;
      const before = this.#asked;
      this.#apply(route, found);
      const hit = this.#look();
      if (hit !== null) return hit;
      this.#asked = before;
    }
    return null;
  }

  #runRewrites(phase: Phase): Routed | null {
    for (const route of this.#routes(phase)) {
      const found = matchRoute(route, this.#asked);
      if (found === null) continue;
      this.#apply(route, found);
      if (route.dest === undefined && !route.continue) return null;
      if (route.continue) continue;
      const hit = this.#look();
      if (hit !== null || !route.check) return hit;
    }
    return null;
  }

  #runErrors(): Routed {
    this.#status ??= 404;
    for (const route of this.#routes('error')) {
      const found = matchRoute(route, this.#asked);
      if (found === null || (route.status !== undefined && route.status !== this.#status)) continue;
      this.#apply(route, found);
      const hit = this.#look();
      if (hit !== null) return hit;
    }
    return { kind: 'nothing', status: this.#status, responseHeaders: this.#responseHeaders };
  }

  /** What lies under the path now. */
  #look(): Routed | null {
    const path = decodeURIComponent(this.#asked.path).replace(/^\/+|\/+$/g, '') || 'index';
    if (!this.#options.has(path)) return null;
    const asFound = { ...this.#asked, path: `/${path}` };
    for (const route of this.#routes('hit')) {
      const found = matchRoute(route, asFound);
      if (found !== null) this.#addHeaders(route, found);
    }
    return {
      kind: 'output',
      path,
      status: this.#status,
      query: this.#asked.query,
      requestHeaders: this.#asked.headers,
      responseHeaders: this.#responseHeaders,
    };
  }

  #routes(phase: Phase): readonly SourceRoute[] {
    return this.#phases.get(phase) ?? [];
  }

  #apply(route: SourceRoute, found: Readonly<Record<string, string>>): void {
    this.#addHeaders(route, found);
    if (route.status !== undefined) this.#status = route.status;
    if (route.dest !== undefined) this.#go(fill(route.dest, found));
  }

  #addHeaders({ headers = {} }: SourceRoute, found: Readonly<Record<string, string>>): void {
    for (const [name, value] of Object.entries(headers)) this.#responseHeaders.set(name, fill(value, found));
  }

  /** Another path, with what it adds to the query. */
  #go(destination: string): void {
    const url = new URL(destination, 'http://here');
    const query = new URLSearchParams(this.#asked.query);
    for (const [name, value] of url.searchParams) query.set(name, value);
    this.#asked = { ...this.#asked, path: url.pathname, query };
  }

  #answer(status: number): Routed {
    const response = new Response(null, { status, headers: this.#responseHeaders });
    return { kind: 'answer', response };
  }
}
