import type { RuleAction, RuleInput, TokenChanges } from '@/simulator/world/rules';

type Then = Pick<RuleInput, 'action'> & Partial<Pick<RuleInput, 'executed' | 'delayMs'>>;

const apiAnswer = (
  status: number,
  message: string,
  more: { reason?: string; retryAfterSeconds?: number } = {},
): Then => {
  const { reason, retryAfterSeconds } = more;
  return {
    action: {
      kind: 'answer',
      status,
      headers: retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) },
      body: { error: { status, message, ...(reason === undefined ? {} : { reason }) } },
    },
  };
};

const raw = (status: number, body: string, headers: Record<string, string> = {}): Then => ({
  action: { kind: 'answer', status, headers, body },
});

const tokenError = (status: number, error: string, description: string): Then => ({
  action: { kind: 'answer', status, body: { error, error_description: description } },
});

const html = { 'content-type': 'text/html; charset=utf-8' };

/**
 * Ways in which Spotify fails, as the second half of a rule: `control.addRule({ when, times, ...faults.hang() })`.
 * Texts are those that were recorded of the service.
 */
export const faults = {
  /** The short rate limit. Without a number there is no `Retry-After`. */
  rateLimited: (retryAfterSeconds?: number): Then =>
    apiAnswer(429, 'API rate limit exceeded', retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  /** The short rate limit in its plain-text form. */
  rateLimitedText: (retryAfterSeconds?: number): Then =>
    raw(429, 'Too many requests', retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) }),
  /** The long quota of the developer account. */
  quotaExceeded: (retryAfterSeconds = 48_925): Then =>
    apiAnswer(429, 'Too many requests', { reason: 'QUOTA_EXCEEDED', retryAfterSeconds }),
  /** 500, 502, 503 or 504 in JSON. */
  serverError: (status: 500 | 502 | 503 | 504 = 503): Then => apiAnswer(status, 'Service unavailable'),
  /** 500, 502, 503 or 504 from something in front of Spotify. */
  serverErrorHtml: (status: 500 | 502 | 503 | 504 = 502): Then =>
    raw(status, `<html><head><title>${status}</title></head><body><h1>Bad Gateway</h1></body></html>`, html),
  /** An answer with no body at all. */
  emptyBody: (status = 200): Then => ({ action: { kind: 'answer', status } }),
  /** No answer until `control.release()`, or until the client leaves. */
  hang: (more: { readonly executed?: boolean } = {}): Then => ({ action: { kind: 'hang' }, ...more }),
  /** The ordinary answer, later. */
  slow: (delayMs: number): Then => ({ action: { kind: 'pass' }, delayMs }),
  /** Takes effect at once and answers later. */
  slowAnswer: (delayMs: number): Then => ({ action: { kind: 'pass' }, delayMs, executed: true }),
  /** The connection breaks and nothing happened. */
  resetBefore: (): Then => ({ action: { kind: 'reset' } }),
  /** The connection breaks after it happened: executed, but no answer. */
  resetAfter: (): Then => ({ action: { kind: 'reset' }, executed: true }),
  /** 401 for a token that is in fact good. */
  accessTokenRefused: (message = 'Access token missing'): Then => apiAnswer(401, message),
  /** 403 of the allow list, as plain text. */
  notRegistered: (): Then => raw(403, 'User not registered in the Developer Dashboard'),
  /** 403 for an app whose owner has no Premium, as plain text. */
  ownerWithoutPremium: (): Then =>
    raw(
      403,
      'Active premium subscription required for the owner of the app. When the subscription status changes, it can take a few hours before requests are allowed again.',
    ),
  premiumRequired: (): Then =>
    apiAnswer(403, 'Player command failed: Premium required', { reason: 'PREMIUM_REQUIRED' }),
  restrictionViolated: (): Then => apiAnswer(403, 'Player command failed: Restriction violated', { reason: 'UNKNOWN' }),
  noActiveDevice: (): Then =>
    apiAnswer(404, 'Player command failed: No active device found', { reason: 'NO_ACTIVE_DEVICE' }),
  /** Token endpoint. */
  invalidGrant: (description = 'Refresh token revoked'): Then => tokenError(400, 'invalid_grant', description),
  invalidClient: (status: 400 | 401 = 400): Then => tokenError(status, 'invalid_client', 'Invalid client'),
  /** A token answer that is a page. */
  tokenHtml: (status = 200): Then => raw(status, '<!doctype html><title>Spotify</title><p>Back soon</p>', html),
  /** The token endpoint's own outage. */
  tokenOutage: (): Then => raw(503, 'upstream connect error or disconnect/reset before headers'),
  /** A token answer with something wrong in it: fewer scopes, no refresh token, an odd `expires_in`. */
  token: (changes: TokenChanges): Then => ({ action: { kind: 'token', changes } satisfies RuleAction }),
} as const;
