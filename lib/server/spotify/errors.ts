import 'server-only';

/**
 * Why a call to Spotify did not do what was asked. What the caller must do differs for each, so each has its own name;
 * Spotify's words are read once, in `error-mapping.ts`, and never travel on.
 */
export type SpotifyErrorKind =
  /** The access token was refused; a refresh may help. The call was not carried out. */
  | 'unauthorized'
  /** The grant lacks a scope; only a new login helps. */
  | 'missing_scope'
  /** The grant has ended or there is none that can be read; only a new login helps. */
  | 'grant_ended'
  /** The session never connected Spotify, or disconnected it. */
  | 'not_connected'
  | 'account_not_allowed'
  | 'owner_not_premium'
  | 'premium_required'
  | 'no_active_device'
  | 'device_not_found'
  | 'volume_not_supported'
  /** Not in this state, not for this track, not on this device. */
  | 'restricted'
  /** The host's account skips or commands too fast. */
  | 'slow_down'
  | 'forbidden'
  | 'not_found'
  | 'bad_request'
  /** A 429, or our own gate while one is in force. */
  | 'rate_limited'
  | 'quota_exceeded'
  /** A 429 of a few seconds, which stops one family of routes (WT10). */
  | 'paused'
  /** The accounts service does not know the app by its id and secret: whoever runs this site has to mend that (LG14). */
  | 'app_refused'
  /** The same of a host's own app, which its owner has deleted or never had (AP6). */
  | 'own_app_refused'
  /** 5xx. */
  | 'server_error'
  /** No answer within the deadline. */
  | 'timeout'
  /** The connection failed or broke. */
  | 'network'
  /** An answer that makes no sense. */
  | 'invalid_response';

/** Kinds after which nobody knows whether a command was carried out. */
const unknownOutcomes: ReadonlySet<SpotifyErrorKind> = new Set([
  'server_error',
  'timeout',
  'network',
  'invalid_response',
]);

export interface SpotifyErrorOptions {
  readonly status?: number;
  readonly retryAfterSeconds?: number;
  readonly cause?: unknown;
}

/** A call to Spotify that failed, in our words. */
export class SpotifyError extends Error {
  readonly kind: SpotifyErrorKind;
  readonly status: number | null;
  /** Whole seconds until Spotify takes calls again; only for the kinds of 429. */
  readonly retryAfterSeconds: number | null;

  constructor(kind: SpotifyErrorKind, options: SpotifyErrorOptions = {}) {
    super(options.status === undefined ? kind : `${kind} (${options.status})`, { cause: options.cause });
    this.name = 'SpotifyError';
    this.kind = kind;
    this.status = options.status ?? null;
    this.retryAfterSeconds = options.retryAfterSeconds ?? null;
  }

  /** True when a command may have been carried out all the same: read back before repeating it. */
  get outcomeUnknown(): boolean {
    return unknownOutcomes.has(this.kind);
  }
}

/** What came of something that failed, in one word for the metrics. */
export function outcomeOf(error: unknown): SpotifyErrorKind | 'error' {
  return error instanceof SpotifyError ? error.kind : 'error';
}

/** Whether a call to Spotify failed for one of these reasons. */
export function failedWith(error: unknown, ...kinds: readonly SpotifyErrorKind[]): error is SpotifyError {
  return error instanceof SpotifyError && kinds.includes(error.kind);
}
