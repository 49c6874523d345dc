import 'server-only';
import { AppError } from '@/lib/server/runtime/app-error';
import { errorDescriptions, type Problem } from '@/lib/shared/contract/errors';
import { describeError } from '@/lib/server/runtime/describe-error';
import { log } from '@/lib/server/runtime/log';
import { noteDatabaseFailure } from '@/lib/server/runtime/log-failure';
import { currentRequestId } from '@/lib/server/runtime/request-scope';

function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (noteDatabaseFailure(error)) return new AppError('unavailable', { cause: error, retryAfterSeconds: 5 });
  log.error('request.failed', describeError(error));
  return new AppError('internal_error', { cause: error });
}

/**
 * What was thrown, as a problem document. Only what an {@link AppError} says of itself is sent; everything else is
 * `internal_error`, and its cause goes to the log, where the document's `requestId` finds it.
 *
 * @see RFC 9457 section 3
 */
export function problemResponse(error: unknown): Response {
  const failure = toAppError(error);
  const requestId = currentRequestId();
  const { status, title } = errorDescriptions[failure.code];
  const problem: Problem = {
    type: 'about:blank',
    title,
    status,
    code: failure.code,
    detail: failure.detail,
    ...(failure.errors === null ? {} : { errors: failure.errors }),
    ...(failure.room === null ? {} : { room: failure.room }),
    ...(requestId === null ? {} : { requestId }),
  };
  const headers: Record<string, string> = { 'content-type': 'application/problem+json', 'cache-control': 'no-store' };
  if (failure.retryAfterSeconds !== null) headers['retry-after'] = String(failure.retryAfterSeconds);
  if (status === 401) headers['www-authenticate'] = 'Bearer';
  return new Response(JSON.stringify(problem), { status, headers });
}
