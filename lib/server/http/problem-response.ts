import 'server-only';
import { AppError } from '@/lib/server/runtime/app-error';
import { errorDescriptions, type Problem } from '@/lib/shared/contract/errors';
import { isDatabaseDown } from '@/lib/server/runtime/database-errors';
import { errorKind, log } from '@/lib/server/runtime/log';

function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (isDatabaseDown(error)) {
    log.warn('request.database_down', { error: errorKind(error) });
    return new AppError('unavailable', { cause: error, retryAfterSeconds: 5 });
  }
  log.error('request.failed', { error: errorKind(error), stack: error instanceof Error ? error.stack : undefined });
  return new AppError('internal_error', { cause: error });
}

/**
 * What was thrown, as a problem document. Only what an {@link AppError} says of itself is sent; everything else is
 * `internal_error`, and its cause goes to the log.
 *
 * @see RFC 9457 section 3
 */
export function problemResponse(error: unknown): Response {
  const failure = toAppError(error);
  const { status, title } = errorDescriptions[failure.code];
  const problem: Problem = {
    type: 'about:blank',
    title,
    status,
    code: failure.code,
    detail: failure.detail,
    ...(failure.errors === null ? {} : { errors: failure.errors }),
    ...(failure.room === null ? {} : { room: failure.room }),
  };
  const headers: Record<string, string> = { 'content-type': 'application/problem+json', 'cache-control': 'no-store' };
  if (failure.retryAfterSeconds !== null) headers['retry-after'] = String(failure.retryAfterSeconds);
  return new Response(JSON.stringify(problem), { status, headers });
}
