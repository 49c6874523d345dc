import 'server-only';
import { randomUUID } from 'node:crypto';
import { inTransaction } from '@/lib/server/db/connection/client';
import { clearReconnect } from '@/lib/server/db/player-state';
import { bumpHostedRoom } from '@/lib/server/db/room-versions';
import type { SpotifyApp } from '@/lib/server/db/spotify-app';
import {
  claimSecondTry,
  deleteKept,
  type EndedGrant,
  findSecondTries,
  releaseRefresh,
} from '@/lib/server/db/spotify-tokens';
import { log } from '@/lib/server/runtime/log';
import { metrics } from '@/lib/server/runtime/metrics';
import { singleFlight } from '@/lib/server/runtime/single-flight';
import { failedWith, outcomeOf, SpotifyError } from '@/lib/server/spotify/errors';
import { requestRefresh } from './authorization-server';
import { decryptToken } from './encryption';
import { providerOf } from './provider';
import { claimSeconds, storeAnswer } from './refresh-answer';

/** Grants that a run tries at most, all at once: each may take as long as a token request. */
const atOnce = 50;

async function tryClaimed(grant: EndedGrant, holder: string): Promise<boolean> {
  const { sessionId } = grant;
  const refreshToken = decryptToken(sessionId, 'refresh', grant.keptRefresh);
  if (refreshToken === null) {
    // A secret is missing (TK7), which may be there again in time.
    await releaseRefresh(sessionId, holder);
    return false;
  }
  try {
    if (!(await storeAnswer(grant, holder, refreshToken, await requestRefresh(grant, refreshToken)))) return false;
  } catch (error) {
    metrics().tokenRefreshes.inc({ outcome: outcomeOf(error) });
    // Nothing was asked while Spotify wants no token requests (WT11).
    if (failedWith(error, 'rate_limited')) await releaseRefresh(sessionId, holder);
    else await deleteKept(sessionId, holder);
    if (error instanceof SpotifyError) return false;
    throw error;
  }
  log.info('spotify.grant_came_back');
  await inTransaction(async (tx) => {
    await clearReconnect(tx, sessionId);
    await bumpHostedRoom(tx, sessionId);
  });
  return true;
}

/**
 * Tries a grant that Spotify ended an hour ago once more (TK8): one request, however many ask and on however many instances. What was kept for it
 * is deleted when it was in vain.
 *
 * @returns whether the host is connected again
 */
export function trySecondTime(sessionId: string): Promise<boolean> {
  return singleFlight('second-tries', sessionId, async () => {
    const holder = randomUUID();
    const grant = await claimSecondTry(sessionId, holder, claimSeconds);
    return grant !== null && tryClaimed(grant, holder);
  });
}

/** Whether this deployment could try it at all. */
function isServed(app: SpotifyApp): boolean {
  try {
    providerOf(app);
    return true;
  } catch (error) {
    if (error instanceof SpotifyError) return false;
    throw error;
  }
}

/** Makes the second tries that nobody has asked for, some at a time (TK8). */
export async function makeSecondTries(): Promise<void> {
  const grants = (await findSecondTries(atOnce)).filter(isServed);
  await Promise.all(grants.map(({ sessionId }) => trySecondTime(sessionId)));
}
