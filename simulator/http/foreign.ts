import type { IncomingHttpHeaders } from 'node:http';

const loopback = /^(?:127\.0\.0\.1|\[::1\]|localhost)(?::\d+)?$/i;

/**
 * Whether a request is some web page's: one that arrives under a name which that page pointed at loopback (DNS rebinding), or one that another
 * site's form sent. Pages of ours send no referrer, and so no origin that says anything.
 */
export function isForeign({ host = '', origin = 'null' }: IncomingHttpHeaders): boolean {
  return !loopback.test(host) || (origin !== 'null' && origin !== `http://${host}`);
}
