/**
 * One instance of a function, as the platform runs it: a process of its own on Node 24, started by `serverless/host/instance.ts` in the
 * function's folder. It imports nothing of this repository, so that a function finds its traced files only.
 *
 * It tells its host, over the channel between the processes, where it listens, and, when it is asked, whether something still runs.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import https from 'node:https';
import { createRequire, syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream as WebStream } from 'node:stream/web';

interface Invocation {
  /** The chain of requests that this one belongs to. */
  readonly id: string;
  readonly waitUntil: (promise: Promise<unknown>) => void;
}

type NodeHandler = (request: IncomingMessage, response: ServerResponse) => unknown;
type WebHandler = (request: Request) => Promise<Response>;

const folder = process.cwd();
const [, , handler = '', useWebApi = ''] = process.argv;
const invocations = new AsyncLocalStorage<Invocation>();
/** Requests without an answer, and promises that were given to `waitUntil`. */
let running = 0;

const tell = (message: object): void => void process.send?.(message);

function isQuiet(): void {
  if (running === 0) tell({ type: 'quiet', cpuMs: cpuMs() });
}

function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

function track(promise: Promise<unknown>): void {
  running += 1;
  promise
    .catch((error: unknown) => process.stderr.write(`waitUntil: ${String(error)}\n`))
    .finally(() => {
      running -= 1;
      isQuiet();
    });
}

// Where functions and Next find what belongs to the request: https://vercel.com/docs/functions/functions-api-reference
Object.defineProperty(globalThis, Symbol.for('@vercel/request-context'), {
  value: { get: () => invocations.getStore() },
});

// Outgoing requests say which request they come of, so that loops are seen. What opens a bare socket says nothing, as the platform documents.
const fetchBefore = globalThis.fetch;
globalThis.fetch = (input, init) => {
  const id = invocations.getStore()?.id;
  if (id === undefined) return fetchBefore(input, init);
  const headers = new Headers(init?.headers ?? (input instanceof Request ? input.headers : undefined));
  headers.set('x-vercel-id', id);
  return fetchBefore(input, { ...init, headers });
};
for (const protocol of [http, https]) {
  const before: (...args: unknown[]) => http.ClientRequest = protocol.request.bind(protocol) as never;
  const request = (...args: unknown[]): http.ClientRequest => {
    const outgoing = before(...args);
    const id = invocations.getStore()?.id;
    if (id !== undefined && !outgoing.headersSent) outgoing.setHeader('x-vercel-id', id);
    return outgoing;
  };
  const get = (...args: unknown[]): http.ClientRequest => {
    const outgoing = request(...args);
    outgoing.end();
    return outgoing;
  };
  Object.assign(protocol, { request, get });
}
syncBuiltinESMExports();

/** A request as the web knows it. */
function toWebRequest(request: IncomingMessage): Request {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    for (const each of [value ?? []].flat()) headers.append(name, each);
  }
  const url = `https://${request.headers.host}${request.url}`;
  const hasBody = request.method !== 'GET' && request.method !== 'HEAD';
  // Node's own streams of the web are those of the web; `duplex` is in no type yet.
  const init: RequestInit & { duplex: 'half' } = { method: request.method ?? 'GET', headers, duplex: 'half' };
  if (hasBody) init.body = Readable.toWeb(request) as unknown as ReadableStream;
  return new Request(url, init);
}

async function answerWeb(call: WebHandler, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const answer = await call(toWebRequest(request));
  response.statusCode = answer.status;
  for (const [name, value] of answer.headers) {
    if (name !== 'set-cookie') response.setHeader(name, value);
  }
  const cookies = answer.headers.getSetCookie();
  if (cookies.length > 0) response.setHeader('set-cookie', cookies);
  if (answer.body === null) response.end();
  else await pipeline(Readable.fromWeb(answer.body as unknown as WebStream), response);
}

// The launcher of a function that has no middleware's form is a plain function of Node's own request and answer.
const loaded: unknown = createRequire(join(folder, 'x.js'))(join(folder, handler));
const exported: unknown = (loaded as { default?: unknown }).default ?? loaded;
if (typeof exported !== 'function') throw new Error(`${handler} exports no function.`);

const server = http.createServer((request, response) => {
  running += 1;
  response.once('close', () => {
    running -= 1;
    isQuiet();
  });
  const invocation: Invocation = { id: String(request.headers['x-vercel-id'] ?? ''), waitUntil: track };
  const answer = async (): Promise<unknown> =>
    useWebApi === 'web'
      ? answerWeb(exported as WebHandler, request, response)
      : (exported as NodeHandler)(request, response);
  invocations.run(invocation, () => {
    answer().catch((error: unknown) => {
      process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
      if (!response.headersSent) response.writeHead(500, { 'x-vercel-error': 'FUNCTION_INVOCATION_FAILED' });
      response.end();
    });
  });
});
// A host that ends takes its instances along.
process.on('disconnect', () => process.exit());
server.requestTimeout = 0;
server.keepAliveTimeout = 3_600_000;
process.on('message', (message: { readonly ask: number }) => {
  tell({ type: 'state', ask: message.ask, running, cpuMs: cpuMs() });
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  tell({ type: 'listening', port: typeof address === 'object' && address !== null ? address.port : 0 });
});
