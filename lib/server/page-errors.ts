import 'server-only';
import { describeError } from './runtime/describe-error';
import { log } from './runtime/log';

/**
 * Notes an error of a page.
 *
 * @param route the page's address without its variable parts: `/room/[code]`
 */
export function logPageError(error: unknown, route: string): void {
  log.error('page.failed', { route, ...describeError(error) });
}
