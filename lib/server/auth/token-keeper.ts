import 'server-only';
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { getDb } from '@/lib/server/db/connection/client';
import { bumpHostedRoom } from '@/lib/server/db/room-versions';
import {
  claimRefresh,
  countEndedGrants,
  endGrant,
  findToken,
  releaseRefresh,
  type TokenRow,
} from '@/lib/server/db/spotify-tokens';
import { log } from '@/lib/server/runtime/log';
import { unlessSaidLately } from '@/lib/server/runtime/repeats';
import { metrics } from '@/lib/server/runtime/metrics';
import { singleFlight } from '@/lib/server/runtime/single-flight';
import { outcomeOf, SpotifyError } from '@/lib/server/spotify/errors';
import { requestRefresh, type TokenAnswer } from './authorization-server';
import { decryptToken } from './encryption';
import { providerOf } from './provider';
import { claimSeconds, storeAnswer } from './refresh-answer';
import { trySecondTime } from './second-try';

/** Seconds before its end from which an access token is refreshed first (TK1). */
export const refreshLeewaySeconds = 60;

/** How long others wait for the holder of the claim, and how often they read the token again, in ms. */
const waitMs = 5_000;
const lookEveryMs = 100;

/**
 * So many other accounts refused within so many minutes are an outage of Spotify's, not ended grants (TK4). An app in Spotify's development mode has five
 * hosts in all: the third one has to be enough.
 */
const outageAccounts = 2;
const outageMinutes = 10;

/** A stored grant with tokens in it. */
export type LiveToken = TokenRow & { readonly sealedAccess: string; readonly sealedRefresh: string };

/**
 * The session's stored grant; one that has ended is tried once more when it is time for that (TK8).
 *
 * @throws {SpotifyError} `not_connected`, or `grant_ended` when only a new login helps
 */
export async function requireToken(sessionId: string): Promise<LiveToken> {
  const row = await findToken(sessionId);
  if (row === null) throw new SpotifyError('not_connected');
  // A grant of somebody whom this deployment does not serve is as good as none; it is not even opened.
  providerOf(row);
  const { sealedAccess, sealedRefresh } = row;
  if (sealedAccess !== null && sealedRefresh !== null) return { ...row, sealedAccess, sealedRefresh };
  if (row.triesAgain && (await trySecondTime(sessionId))) return requireToken(sessionId);
  throw new SpotifyError('grant_ended');
}

/** Waits until the holder of the claim has stored a new token, or gives up. */
async function awaitOtherRefresh(sessionId: string, seenVersion: number): Promise<LiveToken> {
  for (const deadline = Date.now() + waitMs; Date.now() < deadline;) {
    await delay(lookEveryMs);
    const row = await requireToken(sessionId);
    if (row.version !== seenVersion) return row;
  }
  throw new SpotifyError('timeout');
}

/** What follows when Spotify says that the grant has ended: normally its end, in an outage nothing (TK4). */
async function concludeGrant(row: LiveToken, holder: string): Promise<SpotifyError> {
  if (row.world === null && (await countEndedGrants(row, outageMinutes)) >= outageAccounts) {
    const news = unlessSaidLately('spotify.many_grants_refused');
    if (news !== null)
      log.error('spotify.many_grants_refused', { accounts: outageAccounts, minutes: outageMinutes, ...news });
    await releaseRefresh(row.sessionId, holder);
    return new SpotifyError('server_error');
  }
  if (await endGrant(row.sessionId, row.version)) {
    log.info('spotify.grant_ended');
    await bumpHostedRoom(getDb(), row.sessionId);
  }
  return new SpotifyError('grant_ended');
}

/** Tells whoever runs this site that a secret is missing: stored logins cannot be opened, and stay as they are (TK7). */
export function reportUnreadable(): void {
  const news = unlessSaidLately('spotify.token_unreadable');
  if (news !== null) log.error('spotify.token_unreadable', news);
}

async function refreshClaimed(row: LiveToken, holder: string): Promise<void> {
  const refreshToken = decryptToken(row.sessionId, 'refresh', row.sealedRefresh);
  if (refreshToken === null) {
    reportUnreadable();
    metrics().tokenRefreshes.inc({ outcome: 'unreadable' });
    await releaseRefresh(row.sessionId, holder);
    throw new SpotifyError('grant_ended');
  }
  let answer: TokenAnswer;
  try {
    answer = await requestRefresh(row, refreshToken);
  } catch (error) {
    metrics().tokenRefreshes.inc({ outcome: outcomeOf(error) });
    if (error instanceof SpotifyError && error.kind === 'grant_ended') throw await concludeGrant(row, holder);
    await releaseRefresh(row.sessionId, holder);
    throw error;
  }
  await storeAnswer(row, holder, refreshToken, answer);
}

async function refreshOnce(sessionId: string, seenVersion: number): Promise<LiveToken> {
  const row = await requireToken(sessionId);
  // Refreshed since the caller read it: the stored token is what the caller wants.
  if (row.version !== seenVersion) return row;
  const holder = randomUUID();
  if (!(await claimRefresh(sessionId, row.version, holder, claimSeconds))) {
    return awaitOtherRefresh(sessionId, row.version);
  }
  await refreshClaimed(row, holder);
  return requireToken(sessionId);
}

/**
 * Refreshes the session's access token: one request to Spotify however many ask at once, in this process and in all
 * others (TK2). Once begun it runs to its end, also when a caller stops waiting.
 *
 * @param seenVersion the version of the token that the caller found wanting
 * @throws {SpotifyError}
 */
export function refreshToken(sessionId: string, seenVersion: number): Promise<LiveToken> {
  return singleFlight('refreshes', sessionId, () => refreshOnce(sessionId, seenVersion));
}

/**
 * A token with more than the leeway left: the stored one, refreshed first where needed. A passing failure to refresh does not matter
 * while the old one lives (TK5).
 *
 * @throws {SpotifyError}
 */
export async function ensureFresh(row: LiveToken): Promise<LiveToken> {
  if (row.secondsLeft > refreshLeewaySeconds) return row;
  try {
    return await refreshToken(row.sessionId, row.version);
  } catch (error) {
    const ended = error instanceof SpotifyError && (error.kind === 'grant_ended' || error.kind === 'not_connected');
    if (ended || row.secondsLeft <= 0) throw error;
    return row;
  }
}
