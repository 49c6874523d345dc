import { type IncomingMessage, request as send, type ServerResponse } from 'node:http';
import type { BuiltFunction } from '@/serverless/output/build-output';
import { plainHeaders } from './request-headers';
import type { Taken } from './pool';

export interface Invocation {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly headers: Headers;
  readonly body: IncomingMessage | null;
}

function call({ instance }: Taken, { method, path, headers }: Invocation) {
  return send({
    host: '127.0.0.1',
    port: instance.port,
    agent: instance.agent,
    method,
    path,
    headers: plainHeaders(headers),
    setHost: false,
  });
}

/** Asks a function and reads its whole answer, as middleware is asked. */
export async function ask(taken: Taken, invocation: Invocation): Promise<Response> {
  try {
    const request = call(taken, invocation);
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      request.once('response', resolve).once('error', reject);
      request.end();
    });
    const parts: Buffer[] = [];
    for await (const part of answer) parts.push(Buffer.from(part));
    const headers = new Headers();
    for (const [name, value] of Object.entries(answer.headers)) {
      for (const each of [value ?? []].flat()) headers.append(name, each);
    }
    const body = parts.length === 0 ? null : Buffer.concat(parts);
    return new Response(body, { status: answer.statusCode ?? 500, headers });
  } finally {
    taken.giveBack();
  }
}

export interface PassOptions {
  readonly taken: Taken;
  readonly built: BuiltFunction;
  readonly limitMs: number;
  /** What the routes say of the answer. */
  readonly headers: Headers;
  readonly status: number | null;
}

/** How a request to a function came out. */
export type Outcome = 'answered' | 'left' | 'cut' | 'failed';

/**
 * Passes a request on to a function and its answer back, as it comes. A client that leaves ends the function's work only where the function
 * supports cancellation; elsewhere it goes on to its end, heard by nobody. At the limit everything is cut.
 */
export function pass(invocation: Invocation, response: ServerResponse, options: PassOptions): Promise<Outcome> {
  const { taken, built, limitMs, headers, status } = options;
  return new Promise((resolve) => {
    const upstream = call(taken, invocation);
    response.on('error', () => undefined);
    let settled = false;
    const settle = (outcome: Outcome): void => {
      if (settled) return;
      settled = true;
      clearTimeout(limit);
      taken.giveBack();
      resolve(outcome);
    };
    const limit = setTimeout(() => {
      settle('cut');
      upstream.destroy();
      fail(response, 504, 'FUNCTION_INVOCATION_TIMEOUT');
    }, limitMs);
    response.once('close', () => {
      if (response.writableFinished || settled || !built.supportsCancellation) return;
      upstream.destroy();
      settle('left');
    });
    upstream.once('error', () => {
      settle('failed');
      fail(response, 502, 'FUNCTION_INVOCATION_FAILED');
    });
    upstream.once('response', (answer) => {
      response.statusCode = status ?? answer.statusCode ?? 500;
      for (const [name, value] of Object.entries(plainHeaders(headers))) response.setHeader(name, value);
      for (const [name, value] of Object.entries(answer.headers)) {
        if (value !== undefined && !/^(connection|keep-alive|transfer-encoding|date)$/.test(name))
          response.setHeader(name, value);
      }
      if (answer.headers['content-length'] === undefined) response.flushHeaders();
      answer.on('data', (chunk: Buffer) => {
        if (!response.destroyed && !response.write(chunk)) {
          answer.pause();
          response.once('drain', () => answer.resume());
          response.once('close', () => answer.resume());
        }
      });
      answer.once('end', () => {
        response.end();
        settle(response.destroyed && !response.writableFinished ? 'left' : 'answered');
      });
      answer.once('close', () => {
        if (answer.complete) return;
        settle('failed');
        response.destroy();
      });
    });
    const { body } = invocation;
    if (body === null) upstream.end();
    else body.pipe(upstream);
    // The platform calls nobody before a body has arrived whole.
    body?.once('close', () => {
      if (body.complete) return;
      upstream.destroy();
      settle('left');
    });
  });
}

/** An answer of the platform's own, or the end of one that has begun. */
export function fail(response: ServerResponse, status: number, code: string): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  response.writeHead(status, {
    'content-type': 'text/plain; charset=utf-8',
    'x-vercel-error': code,
    'cache-control': 'no-store',
  });
  response.end(`${code}\n`);
}
