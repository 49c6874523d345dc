import 'server-only';
import { isDatabaseDown } from './runtime/database-errors';
import { describeError } from './runtime/describe-error';
import { log } from './runtime/log';

/**
 * Notes an error of a page, under the id that its answer has.
 *
 * @param route the page's address without its variable parts: `/room/[code]`
 * @param requestId as proxy.ts gave it
 */
export function logPageError(error: unknown, route: string, requestId: string | undefined): void {
  const fields = { route, requestId, ...describeError(error) };
  if (isDatabaseDown(error)) log.warn('page.database_down', fields);
  else log.error('page.failed', fields);
}
