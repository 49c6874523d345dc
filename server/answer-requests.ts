import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { isIP } from 'node:net';
import { hideFromApi, setForwarded } from './forwarded-headers';
import { correctPageStatus } from './page-status';
import { isApi, isMalformed, ownAnswer, type Site } from './own-answers';

/** What Next's router takes; on others it throws. */
const methods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** No page has this address, so that Next shows its page for what is not found. */
const nowhere = '/nothing-at-this-address';

/** The target's path and query; some clients send the whole address (RFC 9112, section 3.2.2). */
function targetOf(url: string): string {
  if (url.startsWith('/')) return url;
  const whole = URL.canParse(url) ? new URL(url) : null;
  return whole === null ? '/' : whole.pathname + whole.search;
}

function isLoopback(address: string): boolean {
  const plain = address.replace(/^::ffff:/, '');
  return plain === '::1' || (isIP(plain) === 4 && plain.startsWith('127.'));
}

/**
 * What the server does with a request: makes its forwarding headers true, answers by itself what is not the app's, and gives the app the
 * rest.
 *
 * @param handle the app's
 */
export function answerRequests(
  site: Site & { readonly port: number; readonly trustedHops: number },
  handle: (request: IncomingMessage, response: ServerResponse) => Promise<unknown>,
): RequestListener {
  return (request, response) => {
    const { socket, headers } = request;
    const remoteAddress = socket.remoteAddress ?? 'unknown';
    const isHttps = site.appUrl.protocol === 'https:';
    setForwarded(headers, { remoteAddress, isHttps, port: socket.localPort ?? site.port }, site.trustedHops);
    const target = targetOf(request.url ?? '/');
    const asked = { method: request.method ?? 'GET', target, headers, isLocal: isLoopback(remoteAddress) };
    const own = ownAnswer(asked, site);
    if (own !== null) {
      response.writeHead(own.status, own.headers).end(own.body);
      return;
    }
    if (isApi(target)) {
      hideFromApi(headers);
      // No address takes others, and only the address itself knows whether it is there and what it does take.
      if (!methods.has(asked.method)) request.method = 'OPTIONS';
    } else correctPageStatus(response);
    request.url = isMalformed(target) ? nowhere : target;
    handle(request, response).catch(() => {
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  };
}
