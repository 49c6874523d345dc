import type { Answer } from '@/simulator/http/call';
import {
  apiError,
  notRegistered,
  ownerWithoutPremium,
  premiumRequired,
  refusalAnswer,
} from '@/simulator/web-api/request/errors';
import type { RuleAction, RuleInput, TokenChanges } from '@/simulator/world/rules';

type Then = Pick<RuleInput, 'action'> & Partial<Pick<RuleInput, 'executed' | 'delayMs'>>;

/** The service's own refusal, sent although nothing is wrong. */
const refused = ({ status, headers, body }: Answer, retryAfterSeconds?: number): Then =>
  raw(status, body, { ...headers, ...retryAfter(retryAfterSeconds) });

const retryAfter = (seconds?: number): Record<string, string> =>
  seconds === undefined ? {} : { 'retry-after': String(seconds) };

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
    refused(apiError(429, 'API rate limit exceeded'), retryAfterSeconds),
  /** The short rate limit in its plain-text form. */
  rateLimitedText: (retryAfterSeconds?: number): Then => raw(429, 'Too many requests', retryAfter(retryAfterSeconds)),
  /** The long quota of the developer account. */
  quotaExceeded: (retryAfterSeconds = 48_925): Then =>
    refused(apiError(429, 'Too many requests', 'QUOTA_EXCEEDED'), retryAfterSeconds),
  /** 500, 502, 503 or 504 in JSON. */
  serverError: (status: 500 | 502 | 503 | 504 = 503): Then => refused(apiError(status, 'Service unavailable')),
  /** 500, 502, 503 or 504 from something in front of Spotify. */
  serverErrorHtml: (status: 500 | 502 | 503 | 504 = 502): Then =>
    raw(status, `<html><head><title>${status}</title></head><body><h1>Bad Gateway</h1></body></html>`, html),
  /** Accepted, and nothing happens. */
  accepted: (): Then => ({ action: { kind: 'answer', status: 204 } }),
  /** An answer with no body at all. */
  emptyBody: (status = 200): Then => ({ action: { kind: 'answer', status } }),
  /** The ordinary answer with these fields in place of its own. */
  odd: (fields: Readonly<Record<string, unknown>>): Then => ({ action: { kind: 'change', fields } }),
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
  accessTokenRefused: (message = 'Access token missing'): Then => refused(apiError(401, message)),
  /** 403 of the allow list, as plain text. */
  notRegistered: (): Then => refused(notRegistered()),
  /** 403 for an app whose owner has no Premium, as plain text. */
  ownerWithoutPremium: (): Then => refused(ownerWithoutPremium()),
  premiumRequired: (): Then => refused(premiumRequired()),
  restrictionViolated: (): Then => refused(refusalAnswer('restriction_violated')),
  noActiveDevice: (): Then => refused(refusalAnswer('no_active_device')),
  /** 404 of a device that is away, in the other wording, which names no reason. */
  notFound: (): Then => refused(apiError(404, 'Not found.')),
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
