import 'server-only';
import { describeError } from './runtime/describe-error';
import { log } from './runtime/log';
import { noteDatabaseFailure } from './runtime/log-failure';

/**
 * Notes an error of a page, under the id that its answer has; a database that is away is noted as everywhere.
 *
 * @param route the page's address without its variable parts: `/room/[code]`
 * @param requestId as proxy.ts gave it
 */
export function logPageError(error: unknown, route: string, requestId: string | undefined): void {
  if (!noteDatabaseFailure(error)) log.error('page.failed', { route, requestId, ...describeError(error) });
}
