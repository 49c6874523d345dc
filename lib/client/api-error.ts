import type { ErrorCode, FieldError, Problem } from '@/lib/shared/contract/errors';

/** Why a request to our own server failed; `network` when it never arrived. */
export class ApiError extends Error {
  readonly code: ErrorCode | 'network';
  /** A sentence for people. */
  readonly detail: string;
  readonly status: number;
  readonly retryAfterSeconds: number | null;
  readonly errors: readonly FieldError[];

  constructor(problem: Problem | null, retryAfterSeconds: number | null = null) {
    super(problem?.code ?? 'network');
    this.name = 'ApiError';
    this.code = problem?.code ?? 'network';
    this.detail = problem?.detail ?? 'The room could not be reached. Check your connection and try again.';
    this.status = problem?.status ?? 0;
    this.retryAfterSeconds = retryAfterSeconds;
    this.errors = problem?.errors ?? [];
  }
}

/** Reads a failed response; anything that is no problem document counts as a server that could not be reached. */
export async function toApiError(response: Response): Promise<ApiError> {
  const seconds = Number(response.headers.get('retry-after'));
  const isProblem = response.headers.get('content-type')?.startsWith('application/problem+json') === true;
  const problem: Problem | null = isProblem ? await response.json().catch(() => null) : null;
  return new ApiError(problem, seconds > 0 ? seconds : null);
}
