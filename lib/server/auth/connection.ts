import 'server-only';
import type { SpotifyConnection } from '@/lib/shared/contract/spotify';
import { findSessionGrant, findToken, type TokenRow } from '@/lib/server/db/spotify-tokens';
import { lookUpSession } from '@/lib/server/session/session';
import { SpotifyError } from '@/lib/server/spotify/errors';
import { isKeyKnown } from './encryption';
import { reconnectBy } from './grant-end';
import { isAppServed } from './provider';
import { ensureFresh, refreshLeewaySeconds, refreshToken, requireToken } from './token-keeper';

function toConnection(row: TokenRow | null): SpotifyConnection {
  if (row === null || row.sealedRefresh === null || !isAppServed(row)) return { authenticated: false };
  // Only a new login helps where none of the secrets opens this one (TK7).
  if (!isKeyKnown(row.sealedRefresh)) return { authenticated: false };
  return {
    authenticated: true,
    expiresAt: row.expiresAt.toISOString(),
    reconnectBy: reconnectBy(row.authorizedAt).toISOString(),
    account: { displayName: row.displayName },
    scopes: row.scope.split(' ').filter((scope) => scope !== ''),
  };
}

/**
 * Whether the sender of a request has Spotify connected, with a token refreshed first where it is about to end. A passing
 * failure of Spotify answers with what is stored; an ended grant with `authenticated: false`. Opens no session.
 */
export async function getConnection(cookieHeader: string | null): Promise<SpotifyConnection> {
  const session = await lookUpSession(cookieHeader, findSessionGrant);
  if (session?.token == null || session.token.secondsLeft > refreshLeewaySeconds) {
    return toConnection(session?.token ?? null);
  }
  try {
    return toConnection(await ensureFresh(await requireToken(session.id)));
  } catch (error) {
    if (!(error instanceof SpotifyError)) throw error;
    return toConnection(await findToken(session.id));
  }
}

/** Whether the session has a grant, without asking Spotify anything. */
export async function isConnected(sessionId: string): Promise<boolean> {
  return toConnection(await findToken(sessionId)).authenticated;
}

/**
 * Refreshes the session's token when it is about to end, or always with `force`.
 *
 * @returns the end of the access token
 * @throws {SpotifyError}
 */
export async function refreshConnection(sessionId: string, force: boolean): Promise<Date> {
  const token = await requireToken(sessionId);
  if (!force && token.secondsLeft > refreshLeewaySeconds) return token.expiresAt;
  return (await refreshToken(sessionId, token.version)).expiresAt;
}
