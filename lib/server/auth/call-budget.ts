import 'server-only';
import { blockCalls, countCall, findFamilyBlock, type StoppedFamily } from '@/lib/server/db/spotify-gate';
import { getEnv } from '@/lib/server/runtime/env';
import { log } from '@/lib/server/runtime/log';
import { perProcess } from '@/lib/server/runtime/per-process';
import type { CallGate, CallKind } from '@/lib/server/spotify/web-api';
import { SpotifyError } from '@/lib/server/spotify/errors';

/**
 * The part of the day's budget that each kind of call may use up: search gives way to reads, and reads to commands, so that
 * a room whose budget runs out still obeys.
 */
const shareOfBudget: Readonly<Record<CallKind, number>> = { search: 0.8, read: 0.95, profile: 1, command: 1 };

/** Seconds after which a spent budget is looked at again: the oldest hour of the day has left it by then. */
const budgetRetrySeconds = 3_600;

/** The part of the day's budget that each app has used up, as of this instance's last call of it. */
const lastKnown = (): Map<string | null, number> => perProcess('call-budget', () => new Map());

/**
 * How much of an app's budget of the day is used, 0 to 1, as of this instance's last call; polling stretches by it (WT7).
 *
 * @param clientId of a host's own app; null for the deployment's
 */
export function usedBudget(clientId: string | null): number {
  return lastKnown().get(clientId) ?? 0;
}

/** The gate of all that goes to Spotify, at both of its doors. */
export interface Gate extends CallGate {
  /** Refuses a token request while the accounts service wants none. @throws {SpotifyError} `rate_limited` */
  enterToken(): Promise<void>;
}

function noteBlock(isOwn: boolean, reason: string, seconds: number, family: StoppedFamily | null): void {
  // A few seconds for some routes are Spotify's everyday; nobody can do anything about them.
  if (family !== null && family !== 'token') log.info('spotify.paused', { seconds, routes: family });
  else if (isOwn) log.info('spotify.own_app_blocked', { reason, seconds, routes: family ?? 'all' });
  else log.error('spotify.blocked', { reason, seconds, routes: family ?? 'all' });
}

/**
 * The gate of one app: one count and one block for all instances, kept in the database (WT6).
 *
 * @param clientId of a host's own app; null for the deployment's
 * @param by `login`: of somebody who has no grant yet. Anybody may name any app and fail there, so that it heeds what stops the app, and neither
 * counts nor stops anything (AP5)
 */
export function gateOf(clientId: string | null, by: 'grant' | 'login'): Gate {
  return {
    async enter(kind, family) {
      const perDay = getEnv().spotifyCallsPerDay;
      const ceiling = Math.floor(perDay * shareOfBudget[kind]);
      const state = await countCall({ clientId, kind, family, ceiling, counts: by === 'grant' });
      lastKnown().set(clientId, state.callsPerDay / perDay);
      if (state.blockedSeconds !== null) {
        const forAll = state.reason === 'quota' ? 'quota_exceeded' : 'rate_limited';
        throw new SpotifyError(state.familyAlone ? 'paused' : forAll, { retryAfterSeconds: state.blockedSeconds });
      }
      if (state.callsPerDay > ceiling) {
        throw new SpotifyError('quota_exceeded', { retryAfterSeconds: budgetRetrySeconds });
      }
    },

    async enterToken() {
      const seconds = await findFamilyBlock(clientId, 'token');
      if (seconds !== null) throw new SpotifyError('rate_limited', { retryAfterSeconds: seconds });
    },

    async block(reason, seconds, family) {
      if (by === 'login') return;
      noteBlock(clientId !== null, reason, seconds, family);
      await blockCalls({ clientId, reason, seconds, family });
    },
  };
}
