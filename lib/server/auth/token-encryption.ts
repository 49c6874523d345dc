import 'server-only';
import { seal, unseal } from './encryption';

type TokenColumn = 'access' | 'refresh';

function place(sessionId: string, column: TokenColumn): string {
  return `SpotifyToken:${sessionId}:${column}`;
}

/** Both tokens of a session, each sealed for its own row and column (TK-01). */
export function sealTokens(
  sessionId: string,
  accessToken: string,
  refreshToken: string,
): { readonly sealedAccess: string; readonly sealedRefresh: string } {
  return {
    sealedAccess: seal(accessToken, place(sessionId, 'access')),
    sealedRefresh: seal(refreshToken, place(sessionId, 'refresh')),
  };
}

/** A stored token in clear; null when it cannot be opened any more. */
export function openToken(sessionId: string, column: TokenColumn, sealed: string): string | null {
  return unseal(sealed, place(sessionId, column));
}
