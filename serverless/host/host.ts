import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import type { Variables } from '@/scripts/local/environment';
import type { BuildOutput } from '@/serverless/output/build-output';
import { type Asked } from '@/serverless/routing/conditions';
import { type MiddlewareResult, Router } from '@/serverless/routing/router';
import type { Certificate } from './certificate';
import { PlatformDeployment } from './deployment';
import { ask, fail, type Outcome, pass } from './invoke';
import { endLeftOver } from './left-over';
import { readMiddleware } from './middleware';
import { type InstanceVariables, type Platform, platform as usual } from './platform';
import type { Taken, Usage } from './pool';
import { functionHeaders, isLoop, plainHeaders, requestId } from './request-headers';
import { serveFile } from './static-file';

export interface HostOptions {
  readonly output: BuildOutput;
  /** The Node that functions run on. */
  readonly node: string;
  readonly certificate: Certificate;
  /** 0 for a free one. */
  readonly port: number;
  /** What the deployment's functions find in their environment, given the host's address. */
  readonly variables: Variables;
  readonly platform?: Partial<Platform>;
  readonly instanceVariables?: InstanceVariables;
  /** What instances print. */
  readonly onOutput?: (instance: string, text: string) => void;
}

/** A request that a function answered. */
export interface Answered {
  readonly at: number;
  readonly instance: string;
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly outcome: Outcome;
  readonly ms: number;
}

interface Arrived {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly deployment: PlatformDeployment;
}

/**
 * A platform of functions on this machine: it serves a build's output over https as Vercel does, every function in processes of its own that
 * are frozen between requests. What it assumes is in docs/serverless.md.
 */
export class Host {
  readonly url: string;
  readonly answered: Answered[] = [];
  readonly #server: Server;
  readonly #options: HostOptions;
  readonly #platform: Platform;
  readonly #sweep: NodeJS.Timeout;
  #deployment: PlatformDeployment;
  readonly #former: PlatformDeployment[] = [];
  #deployments = 1;

  private constructor(server: Server, port: number, options: HostOptions) {
    this.#server = server;
    this.#options = options;
    this.#platform = { ...usual, ...options.platform };
    this.url = `https://127.0.0.1:${port}`;
    this.#deployment = this.#deploy(options.output, options.variables);
    this.#sweep = setInterval(() => {
      for (const { pools } of [this.#deployment, ...this.#former]) for (const pool of pools) pool.sweep();
    }, 1_000).unref();
    server.on('request', (request, response) => {
      this.#answer({ request, response, deployment: this.#deployment }).catch((error: unknown) => {
        this.#options.onOutput?.('host', `${error instanceof Error ? error.stack : String(error)}\n`);
        fail(response, 500, 'INTERNAL_ROUTER_ERROR');
      });
    });
  }

  static async start(options: HostOptions): Promise<Host> {
    endLeftOver();
    const server = createServer({ ...options.certificate });
    server.requestTimeout = 0;
    server.keepAliveTimeout = 120_000;
    server.listen(options.port, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('The host has no port.');
    return new Host(server, address.port, options);
  }

  /** The deployment that new requests go to. */
  get deployment(): PlatformDeployment {
    return this.#deployment;
  }

  /** A new deployment takes over: new requests are its own, older ones run to their end, and instances that have none are taken away. */
  deploy(change: { readonly output?: BuildOutput; readonly variables?: Variables } = {}): void {
    const former = this.#deployment;
    this.#former.push(former);
    this.#deployment = this.#deploy(change.output ?? this.#options.output, {
      ...this.#options.variables,
      ...change.variables,
    });
    for (const pool of former.pools) pool.drain();
  }

  /** What every function has used, over all deployments. */
  async usage(): Promise<ReadonlyMap<string, Usage>> {
    const total = new Map<string, Usage>();
    for (const deployment of [...this.#former, this.#deployment]) {
      for (const [name, usage] of await deployment.usage()) total.set(name, add(total.get(name), usage));
    }
    return total;
  }

  async stop(): Promise<void> {
    clearInterval(this.#sweep);
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    this.#server.closeAllConnections();
    await Promise.all([...this.#former, this.#deployment].map((deployment) => deployment.stop()));
    await closed;
  }

  #deploy(output: BuildOutput, variables: Variables): PlatformDeployment {
    const id = `dpl${this.#deployments}`;
    this.#deployments += 1;
    const { node, instanceVariables = () => ({}), onOutput = () => undefined } = this.#options;
    return new PlatformDeployment({
      id,
      output,
      node,
      variables: { ...variables, VERCEL_DEPLOYMENT_ID: `dpl_${id}` },
      platform: this.#platform,
      instanceVariables,
      onOutput,
    });
  }

  async #answer(arrived: Arrived): Promise<void> {
    const { request, response, deployment } = arrived;
    const chain = request.headers['x-vercel-id']?.toString();
    const id = requestId({ deployment: deployment.id }, chain);
    response.setHeader('server', 'Vercel');
    response.setHeader('x-vercel-id', id);
    if (isLoop({ deployment: deployment.id }, chain)) {
      fail(response, 508, 'INFINITE_LOOP_DETECTED');
      return;
    }
    if (!canDecode(request.url ?? '/')) {
      fail(response, 400, 'BAD_REQUEST');
      return;
    }
    const host = request.headers.host ?? '';
    const arrival = { deployment: deployment.id, address: request.socket.remoteAddress ?? '', host };
    const url = new URL(`https://${host || 'nobody'}${request.url ?? '/'}`);
    const asked: Asked = {
      method: request.method ?? 'GET',
      host,
      path: url.pathname,
      query: url.searchParams,
      headers: functionHeaders(request.headers, id, arrival),
    };
    const router = new Router(
      {
        config: deployment.output.config,
        has: (path) => deployment.has(path),
        middleware: (path, current) => this.#runMiddleware(deployment, path, current, request.url ?? '/'),
      },
      asked,
    );
    const routed = await router.route();
    if (routed.kind === 'answer') await respond(routed.response, response);
    else if (routed.kind === 'nothing') fail(response, routed.status, 'NOT_FOUND');
    else {
      const file = deployment.output.files.get(routed.path);
      const { status, responseHeaders: headers } = routed;
      if (file === undefined) await this.#run(arrived, asked, url, routed);
      else await serveFile(file, response, { method: asked.method, status, headers });
    }
  }

  async #runMiddleware(
    deployment: PlatformDeployment,
    path: string,
    asked: Asked,
    url: string,
  ): Promise<MiddlewareResult> {
    const taken = await take(deployment, path);
    const started = Date.now();
    const answer = await ask(taken, { method: asked.method, path: url, headers: asked.headers, body: null });
    this.#note(taken, asked, answer.status, 'answered', started);
    return readMiddleware(asked.headers, answer);
  }

  async #run(
    { request, response, deployment }: Arrived,
    asked: Asked,
    url: URL,
    {
      path,
      query,
      status,
      requestHeaders,
      responseHeaders,
    }: Extract<Awaited<ReturnType<Router['route']>>, { kind: 'output' }>,
  ): Promise<void> {
    const taken = await take(deployment, path);
    const started = Date.now();
    const pool = deployment.pool(path);
    if (pool === undefined) throw new Error(`No function answers at ${path}.`);
    const headers = new Headers(requestHeaders);
    headers.set('x-matched-path', path === 'index' ? '/' : `/${path}`);
    const search = query.toString();
    const { maxDuration } = pool.built;
    const outcome = await pass(
      {
        method: asked.method,
        path: `${url.pathname}${search === '' ? '' : `?${search}`}`,
        headers,
        body: request.complete && request.headers['content-length'] === undefined ? null : request,
      },
      response,
      {
        taken,
        built: pool.built,
        limitMs: Math.min(this.#platform.limitMs, typeof maxDuration === 'number' ? maxDuration * 1_000 : Infinity),
        headers: responseHeaders,
        status,
      },
    );
    this.#note(taken, asked, response.statusCode, outcome, started);
  }

  #note({ instance }: Taken, { method, path }: Asked, status: number, outcome: Outcome, started: number): void {
    this.answered.push({
      at: started,
      instance: instance.name,
      method,
      path,
      status,
      outcome,
      ms: Date.now() - started,
    });
  }
}

async function take(deployment: PlatformDeployment, path: string): Promise<Taken> {
  const pool = deployment.pool(path.replace(/^\//, ''));
  if (pool === undefined) throw new Error(`No function answers at ${path}.`);
  return pool.take();
}

function canDecode(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}

async function respond(answer: Response, response: ServerResponse): Promise<void> {
  response.statusCode = answer.status;
  for (const [name, value] of Object.entries(plainHeaders(answer.headers))) response.setHeader(name, value);
  // Node's own streams of the web are those of the web.
  if (answer.body === null) response.end();
  else await pipeline(Readable.fromWeb(answer.body as unknown as ReadableStream), response);
}

function add(before: Usage | undefined, usage: Usage): Usage {
  if (before === undefined) return usage;
  return {
    invocations: before.invocations + usage.invocations,
    started: before.started + usage.started,
    most: before.most + usage.most,
    freezes: before.freezes + usage.freezes,
    cpuMs: before.cpuMs + usage.cpuMs,
    gbSeconds: before.gbSeconds + usage.gbSeconds,
  };
}
