import 'server-only';
import { setTimeout as delay } from 'node:timers/promises';
import { type NewToken, saveRefreshed, type TokenRow } from '@/lib/server/db/spotify-tokens';
import { isDatabaseDown } from '@/lib/server/runtime/database-errors';
import { log } from '@/lib/server/runtime/log';
import { metrics } from '@/lib/server/runtime/metrics';
import { type TokenAnswer, tokenTimeoutMs } from './authorization-server';
import { encryptTokens } from './encryption';

/** Longer than a token request can take, so that a claim never ends under a refresher that is still alive. */
export const claimSeconds = tokenTimeoutMs / 1_000 + 5;

/** How long a database that does not take an answer is waited for each time, in ms; all in all about as long as the claim lasts. */
const saveAgainMs = [100, 400, 1_000, 2_000, 4_000, 6_000] as const;

type Claimed = Pick<TokenRow, 'sessionId' | 'version' | 'scope'>;

/** Tries again while the database is away: what Spotify gave has nobody else (AP8). */
async function save({ sessionId, version }: Claimed, holder: string, token: NewToken): Promise<boolean> {
  for (const pauseMs of saveAgainMs) {
    try {
      return await saveRefreshed(sessionId, version, holder, token);
    } catch (error) {
      if (!isDatabaseDown(error)) throw error;
      await delay(pauseMs);
    }
  }
  return saveRefreshed(sessionId, version, holder, token);
}

/**
 * Stores what a refresh brought, for whoever has claimed it.
 *
 * @param refreshToken the one that was sent, which stays where the answer has none (TK3)
 * @returns false when others have stored something newer meanwhile, which stands
 */
export async function storeAnswer(
  row: Claimed,
  holder: string,
  refreshToken: string,
  answer: TokenAnswer,
): Promise<boolean> {
  const sealed = encryptTokens(row.sessionId, answer.accessToken, answer.refreshToken ?? refreshToken);
  const saved = await save(row, holder, {
    ...sealed,
    scope: answer.scope ?? row.scope,
    expiresInSeconds: answer.expiresInSeconds,
    startedSecondsAgo: answer.tookSeconds,
  });
  // A late winner whose claim had ended.
  metrics().tokenRefreshes.inc({ outcome: saved ? 'ok' : 'late' });
  if (!saved) log.info('spotify.refresh_came_late', { rotated: answer.refreshToken !== null });
  return saved;
}
