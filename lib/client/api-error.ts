import type { ErrorCode, FieldError, Problem } from '@/lib/shared/contract/errors';

/** What no server of ours says: the request never arrived, or was not made because its session would not come back (MB6). */
export const ownWords = {
  network: 'The room could not be reached. Check your connection and try again.',
  no_cookies:
    'This browser keeps no cookies, and without one the room does not know you again. Allow cookies for this page and load it again, or open its link in another browser, such as Safari or Chrome.',
} as const;

type OwnCode = keyof typeof ownWords;

/** Why a request to our own server failed; `network` when it never arrived. */
export class ApiError extends Error {
  readonly code: ErrorCode | OwnCode;
  /** A sentence for people. */
  readonly detail: string;
  readonly status: number;
  readonly retryAfterSeconds: number | null;
  readonly errors: readonly FieldError[];

  constructor(problem: Problem | null, retryAfterSeconds: number | null = null, ownCode: OwnCode = 'network') {
    super(problem?.code ?? ownCode);
    this.name = 'ApiError';
    this.code = problem?.code ?? ownCode;
    this.detail = problem?.detail ?? ownWords[ownCode];
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
