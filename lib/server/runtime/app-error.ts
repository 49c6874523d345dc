import { type ErrorCode, errorDescriptions, type FieldError } from '@/lib/shared/contract/errors';

export interface AppErrorOptions {
  /** A sentence for the person who asked, instead of the code's usual one. */
  readonly detail?: string;
  /** For the log only; never sent. */
  readonly note?: string;
  readonly cause?: unknown;
  readonly retryAfterSeconds?: number;
  readonly errors?: readonly FieldError[];
  readonly room?: { readonly code: string; readonly name: string };
}

/** A failure with a defined answer: thrown anywhere on the server, turned into a problem document at the edge. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly detail: string;
  readonly retryAfterSeconds: number | null;
  readonly errors: readonly FieldError[] | null;
  readonly room: { readonly code: string; readonly name: string } | null;

  constructor(code: ErrorCode, options: AppErrorOptions = {}) {
    super(options.note ?? code, { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    this.detail = options.detail ?? errorDescriptions[code].detail;
    this.retryAfterSeconds = options.retryAfterSeconds ?? null;
    this.errors = options.errors ?? null;
    this.room = options.room ?? null;
  }
}
