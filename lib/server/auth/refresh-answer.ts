import 'server-only';
import { saveRefreshed, type TokenRow } from '@/lib/server/db/spotify-tokens';
import { log } from '@/lib/server/runtime/log';
import { metrics } from '@/lib/server/runtime/metrics';
import { type TokenAnswer, tokenTimeoutMs } from './authorization-server';
import { encryptTokens } from './encryption';

/** Longer than a token request can take, so that a claim never ends under a refresher that is still alive. */
export const claimSeconds = tokenTimeoutMs / 1_000 + 5;

/**
 * Stores what a refresh brought, for whoever has claimed it.
 *
 * @param refreshToken the one that was sent, which stays where the answer has none (TK3)
 * @returns false when others have stored something newer meanwhile, which stands
 */
export async function storeAnswer(
  row: Pick<TokenRow, 'sessionId' | 'version' | 'scope'>,
  holder: string,
  refreshToken: string,
  answer: TokenAnswer,
): Promise<boolean> {
  const sealed = encryptTokens(row.sessionId, answer.accessToken, answer.refreshToken ?? refreshToken);
  const saved = await saveRefreshed(row.sessionId, row.version, holder, {
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
