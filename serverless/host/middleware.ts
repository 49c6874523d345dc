import type { MiddlewareResult } from '@/serverless/routing/router';

const requestPrefix = 'x-middleware-request-';

/** The request's headers as the middleware wants them: those that it lists, with the values that it gives. */
function overridden(before: Headers, answered: Headers): Headers {
  const listed = answered.get('x-middleware-override-headers');
  if (listed === null) return before;
  const headers = new Headers();
  for (const name of listed.split(',').map((each) => each.trim())) {
    const value = answered.get(`${requestPrefix}${name}`);
    if (value !== null) headers.set(name, value);
  }
  // What the platform said of the request stays said.
  for (const [name, value] of before)
    if (/^(x-forwarded-|x-vercel-|x-real-ip$|host$)/.test(name)) headers.set(name, value);
  return headers;
}

/** What a middleware's answer means for the request that it was asked about. */
export function readMiddleware(before: Headers, answer: Response): MiddlewareResult {
  const rewrite = answer.headers.get('x-middleware-rewrite');
  if (answer.headers.get('x-middleware-next') === null && rewrite === null) return { kind: 'answer', response: answer };
  const responseHeaders = new Headers();
  for (const [name, value] of answer.headers) {
    if (!/^(x-middleware-|content-length$|transfer-encoding$|connection$|keep-alive$|date$)/.test(name))
      responseHeaders.append(name, value);
  }
  return { kind: 'continue', requestHeaders: overridden(before, answer.headers), responseHeaders, rewrite };
}
