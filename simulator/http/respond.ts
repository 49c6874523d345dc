import type { ServerResponse } from 'node:http';
import type { Answer } from './call';

/** Sends a whole answer. `dateMs` is what the `Date` header says. */
export function respond(response: ServerResponse, answer: Answer, dateMs: number): void {
  response.writeHead(answer.status, {
    date: new Date(dateMs).toUTCString(),
    ...answer.headers,
    ...(answer.status === 204 ? {} : { 'content-length': String(Buffer.byteLength(answer.body)) }),
  });
  response.end(answer.status === 204 ? undefined : answer.body);
}
