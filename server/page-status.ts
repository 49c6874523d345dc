import type { ServerResponse } from 'node:http';

/** The ids of pages that could not be made because the database is away; see lib/server/runtime/unavailable-pages.ts. */
const ids = new Set<string>();
Reflect.set(globalThis, Symbol.for('roomtone.unavailable-pages'), ids);

/** Answers 503 in place of 500 for those (EV8), so that whoever is in front knows that it passes. */
export function correctPageStatus(response: ServerResponse): void {
  const writeHead = response.writeHead.bind(response) as (status: number, ...rest: unknown[]) => ServerResponse;
  const corrected = (status: number, ...rest: unknown[]): ServerResponse => {
    const isUnavailable = ids.delete(String(response.getHeader('x-request-id')));
    if (!isUnavailable || status !== 500) return writeHead(status, ...rest);
    response.setHeader('retry-after', '5');
    return writeHead(503, ...rest);
  };
  Object.assign(response, { writeHead: corrected });
}
