import 'server-only';
import { createHash } from 'node:crypto';
import type { LoginOutcome, LoginRefusal, SpotifyRight } from '@/lib/shared/contract/spotify';
import { endsSoon } from '@/lib/shared/rules/grant-end';
import { getDb } from '@/lib/server/db/connection/client';
import { insertLoginAttempt, type LoginAttemptRow, takeLoginAttempt } from '@/lib/server/db/login-attempts';
import { findToken, type NewGrant } from '@/lib/server/db/spotify-tokens';
import { getEnv } from '@/lib/server/runtime/env';
import { log } from '@/lib/server/runtime/log';
import { SpotifyError, type SpotifyErrorKind } from '@/lib/server/spotify/errors';
import type { SpotifyProfile } from '@/lib/server/spotify/client';
import { createAuthorizationRequest, exchangeCode, type TokenAnswer } from './authorization-server';
import { reconnectBy } from './grant-end';
import { parseReturnPath } from './return-path';
import { requiredScopes, scopesToAsk } from './scopes';
import { createLoginClient } from './with-spotify';
import { decrypt, encrypt, encryptTokens } from './encryption';
import { findLoginApp } from './login-app';
import { accountIn } from './provider';

/** Longer values than these never come from Spotify. */
const maxParameterLength = 4_096;

function hashState(state: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash('sha256').update(state).digest());
}

function verifierPlace(sessionId: string): string {
  return `LoginAttempt:${sessionId}:verifier`;
}

/** What a login was asked for with. */
export interface LoginWish {
  /** What the request asked for; anything but a path of our own becomes `/`. */
  readonly returnTo: string | null;
  /** Spotify asks which account it shall be, where it would silently take the one that agreed before. */
  readonly anotherAccount: boolean;
  /** The feature that needs more than a room does; null for none. */
  readonly right: SpotifyRight | null;
}

/**
 * Begins a login for a session (LG1) and says where to send the browser. The approval is asked again when the session's
 * grant has ended or is about to (LG13), so that it counts as a new one, and for another account.
 *
 * @returns null where the session has no app to log in through (AP2)
 */
export async function beginLogin(sessionId: string, wish: LoginWish): Promise<string | null> {
  const { returnTo, anotherAccount, right } = wish;
  const app = await findLoginApp(sessionId);
  if (app === null) return null;
  const token = await findToken(sessionId);
  // Another account has granted nothing yet, nor has this one to another app.
  const granted = anotherAccount || token?.clientId !== app.clientId ? '' : token.scope;
  const scopes = scopesToAsk(right, granted);
  const grantEnds =
    token !== null && (token.sealedRefresh === null || endsSoon(reconnectBy(token.authorizedAt).getTime(), Date.now()));
  const request = await createAuthorizationRequest(app, scopes, anotherAccount || grantEnds);
  await insertLoginAttempt(hashState(request.state), {
    sessionId,
    sealedVerifier: encrypt(request.verifier, verifierPlace(sessionId)),
    returnTo: parseReturnPath(returnTo, getEnv().appUrl),
    ...app,
  });
  return request.url;
}

/** How a callback ended. Only `connected` carries something to store. */
export type LoginResult =
  | { readonly outcome: 'connected'; readonly returnTo: string; readonly grant: NewGrant }
  | { readonly outcome: 'not_allowed' | 'failed'; readonly returnTo: string; readonly refusal: LoginRefusal }
  | { readonly outcome: Exclude<LoginOutcome, 'connected' | 'not_allowed'>; readonly returnTo: string };

const expired: LoginResult = { outcome: 'expired', returnTo: '/' };

/** The parameter's one value; null when it is missing, empty, doubled or absurd. */
function single(query: URLSearchParams, name: string): string | null {
  const [value, ...more] = query.getAll(name);
  return value && more.length === 0 && value.length <= maxParameterLength ? value : null;
}

function missesScope(answer: TokenAnswer): boolean {
  // An answer that names no scope granted what was asked (RFC 6749 section 5.1): that much at least.
  const granted = new Set((answer.scope ?? requiredScopes.join(' ')).split(' '));
  return requiredScopes.some((scope) => !granted.has(scope));
}

function toGrant(
  { sessionId, world, clientId }: LoginAttemptRow,
  answer: TokenAnswer,
  refreshToken: string,
  profile: SpotifyProfile,
): NewGrant {
  return {
    ...encryptTokens(sessionId, answer.accessToken, refreshToken),
    scope: answer.scope ?? requiredScopes.join(' '),
    expiresInSeconds: answer.expiresInSeconds,
    startedSecondsAgo: answer.tookSeconds,
    accountId: accountIn(world, profile.accountId),
    displayName: profile.displayName,
    world,
    clientId,
  };
}

type Refusal = Pick<Extract<LoginResult, { refusal: LoginRefusal }>, 'outcome' | 'refusal'>;

/** Why Spotify lets nobody log in like that until somebody has mended something: the host, where the app is their own (AP6); null for what passes. */
function findRefusal(kind: SpotifyErrorKind, isOwnApp: boolean): Refusal | null {
  // A login succeeds for accounts that are not on the allow list; only their first call is refused.
  if (kind === 'account_not_allowed')
    return { outcome: 'not_allowed', refusal: isOwnApp ? 'own_app_not_allowed' : kind };
  if (kind === 'owner_not_premium') return { outcome: 'not_allowed', refusal: isOwnApp ? 'own_app_not_premium' : kind };
  return kind === 'app_refused' || kind === 'own_app_refused' ? { outcome: 'failed', refusal: kind } : null;
}

async function exchange(attempt: LoginAttemptRow, code: string, state: string): Promise<LoginResult> {
  const { sessionId, returnTo } = attempt;
  const failed = (why: string): LoginResult => {
    log.info('login.failed', { why });
    return { outcome: 'failed', returnTo };
  };
  const verifier = decrypt(attempt.sealedVerifier, verifierPlace(sessionId));
  if (verifier === null) return failed('verifier_unreadable');
  try {
    const answer = await exchangeCode(attempt, { code, state, verifier });
    if (answer.refreshToken === null) return failed('no_refresh_token');
    if (missesScope(answer)) return failed('scope_missing');
    const profile = await createLoginClient(attempt, answer.accessToken).getProfile();
    return { outcome: 'connected', returnTo, grant: toGrant(attempt, answer, answer.refreshToken, profile) };
  } catch (error) {
    if (!(error instanceof SpotifyError)) throw error;
    const refusal = findRefusal(error.kind, attempt.clientId !== null);
    return refusal === null ? failed(error.kind) : { ...refusal, returnTo };
  }
}

/**
 * What the callback's parameters mean for this session (LG2–LG4). Takes the attempt out of the database before anything is
 * asked of Spotify; stores nothing.
 *
 * @param sessionId null when the request carried no living session
 * @see RFC 6749 section 4.1.2
 */
export async function completeLogin(sessionId: string | null, query: URLSearchParams): Promise<LoginResult> {
  const state = single(query, 'state');
  if (sessionId === null || state === null || query.getAll('code').length > 1) return expired;
  const attempt = await takeLoginAttempt(getDb(), hashState(state), sessionId);
  if (attempt === null) return expired;
  if (query.has('error')) {
    const outcome = query.get('error') === 'access_denied' ? 'denied' : 'failed';
    return { outcome, returnTo: attempt.returnTo };
  }
  const code = single(query, 'code');
  return code === null ? { outcome: 'failed', returnTo: attempt.returnTo } : exchange(attempt, code, state);
}
