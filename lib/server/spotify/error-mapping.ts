import 'server-only';
import { z } from 'zod';
import type { BoundedResponse } from './bounded-fetch';
import { SpotifyError, type SpotifyErrorKind } from './errors';

const errorSchema = z.object({
  error: z.object({ message: z.string().catch(''), reason: z.string().optional().catch(undefined) }),
});

interface ErrorBody {
  /** Lower-cased; the whole body when it is not JSON. */
  readonly message: string;
  readonly reason: string | null;
}

function readErrorBody(text: string): ErrorBody {
  try {
    const parsed = errorSchema.safeParse(JSON.parse(text));
    if (parsed.success) {
      return { message: parsed.data.error.message.toLowerCase(), reason: parsed.data.error.reason ?? null };
    }
  } catch {
    // Some refusals are plain text or HTML: read as they are.
  }
  return { message: text.slice(0, 500).toLowerCase(), reason: null };
}

/** Seconds to wait when Spotify names no time: at least 5. */
const defaultRetrySeconds = 5;

/** A `Retry-After` above this is the long quota, whatever the body says. */
const quotaRetrySeconds = 60;

/** A `Retry-After` up to this stops the family of routes that answered it alone (WT10). */
const pauseSeconds = 5;

/**
 * The whole seconds of a `Retry-After`, as a number or an HTTP date; null for a missing, zero or garbled one.
 *
 * @see RFC 9110 section 10.2.3
 */
export function readRetryAfter(header: string | null, now: Date): number | null {
  if (header === null) return null;
  const value = header.trim();
  const seconds = /^\d{1,9}$/.test(value) ? Number(value) : Math.ceil((Date.parse(value) - now.getTime()) / 1_000);
  return Number.isFinite(seconds) && seconds > 0 ? seconds : null;
}

/** What a 429 means, of the Web API or of the accounts service. */
export function toRateLimit({ status, headers, text }: BoundedResponse, now: Date): SpotifyError {
  const named = readRetryAfter(headers.get('retry-after'), now);
  const retryAfterSeconds = named ?? defaultRetrySeconds;
  const quota = readErrorBody(text).reason === 'QUOTA_EXCEEDED' || retryAfterSeconds > quotaRetrySeconds;
  const passing = named !== null && named <= pauseSeconds ? 'paused' : 'rate_limited';
  return new SpotifyError(quota ? 'quota_exceeded' : passing, { status, retryAfterSeconds });
}

const refusals: Readonly<Record<string, SpotifyErrorKind>> = {
  PREMIUM_REQUIRED: 'premium_required',
  NO_ACTIVE_DEVICE: 'no_active_device',
  VOLUME_CONTROL_DISALLOW: 'volume_not_supported',
  RATE_LIMITED: 'slow_down',
};

function forbiddenKind({ message, reason }: ErrorBody): SpotifyErrorKind {
  const named = reason === null ? undefined : refusals[reason];
  if (named !== undefined) return named;
  if (reason !== null) return 'restricted';
  if (message.includes('owner of the app')) return 'owner_not_premium';
  if (message.includes('registered')) return 'account_not_allowed';
  if (message.includes('scope')) return 'missing_scope';
  if (message.includes('player command failed')) return 'restricted';
  return 'forbidden';
}

function notFoundKind({ message, reason }: ErrorBody): SpotifyErrorKind {
  if (reason === 'NO_ACTIVE_DEVICE') return 'no_active_device';
  return message.includes('device not found') ? 'device_not_found' : 'not_found';
}

/**
 * What a response other than 2xx of the Web API means. Bodies may be JSON, plain text, HTML
 * or empty; unknown reasons never throw anything else.
 */
export function toSpotifyError(response: BoundedResponse, now: Date): SpotifyError {
  const { status } = response;
  const body = readErrorBody(response.text);
  if (status === 401) {
    // The only 401 that a refresh does not help.
    return new SpotifyError(body.message.includes('permissions missing') ? 'missing_scope' : 'unauthorized', {
      status,
    });
  }
  if (status === 403) return new SpotifyError(forbiddenKind(body), { status });
  if (status === 404) return new SpotifyError(notFoundKind(body), { status });
  if (status === 429) return toRateLimit(response, now);
  if (status >= 500) return new SpotifyError('server_error', { status });
  if (status >= 400) return new SpotifyError('bad_request', { status });
  return new SpotifyError('invalid_response', { status });
}
