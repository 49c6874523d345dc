import 'server-only';
import { blockCalls, countCall, findFamilyBlock } from '@/lib/server/db/spotify-gate';
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

interface Budget {
  share: number;
}

const lastKnown = (): Budget => perProcess('call-budget', () => ({ share: 0 }));

/** How much of the day's budget is used, 0 to 1, as of this instance's last call; polling stretches by it (WT7). */
export function usedBudget(): number {
  return lastKnown().share;
}

/** The gate of all that goes to Spotify, at both of its doors. */
export interface Gate extends CallGate {
  /** Refuses a token request while the accounts service wants none. @throws {SpotifyError} `rate_limited` */
  enterToken(): Promise<void>;
}

/** The deployment's gate: one count and one block for all instances, kept in the database (WT6). */
export const callGate: Gate = {
  async enter(kind, family) {
    const ceiling = getEnv().spotifyCallsPerDay;
    const state = await countCall(kind, family, Math.floor(ceiling * shareOfBudget[kind]));
    lastKnown().share = state.callsPerDay / ceiling;
    if (state.blockedSeconds !== null) {
      const forAll = state.reason === 'quota' ? 'quota_exceeded' : 'rate_limited';
      throw new SpotifyError(state.familyAlone ? 'paused' : forAll, { retryAfterSeconds: state.blockedSeconds });
    }
    if (state.callsPerDay > Math.floor(ceiling * shareOfBudget[kind])) {
      throw new SpotifyError('quota_exceeded', { retryAfterSeconds: budgetRetrySeconds });
    }
  },

  async enterToken() {
    const seconds = await findFamilyBlock('token');
    if (seconds !== null) throw new SpotifyError('rate_limited', { retryAfterSeconds: seconds });
  },

  async block(reason, seconds, family) {
    // A few seconds for some routes are Spotify's everyday; nobody can do anything about them.
    if (family === null || family === 'token')
      log.error('spotify.blocked', { reason, seconds, routes: family ?? 'all' });
    else log.info('spotify.paused', { seconds, routes: family });
    await blockCalls(reason, seconds, family);
  },
};
