import 'server-only';
import type { SpotifyApp } from '@/lib/server/db/spotify-app';
import { SpotifyClient } from '@/lib/server/spotify/client';
import { SpotifyError } from '@/lib/server/spotify/errors';
import { ensureFresh, type LiveToken, refreshToken, requireToken } from './token-keeper';
import { decryptToken } from './encryption';
import { providerOf } from './provider';

/**
 * A client that acts with that access token, through the gate of its app.
 *
 * @param app that the token is of
 */
function createClient(app: SpotifyApp, accessToken: string): SpotifyClient {
  const { apiUrl, gate } = providerOf(app);
  return new SpotifyClient({ apiUrl, accessToken, gate });
}

/** The same for a login that has not succeeded yet, which moves nothing of the app's (AP5). */
export function createLoginClient(app: SpotifyApp, accessToken: string): SpotifyClient {
  const { apiUrl, loginGate } = providerOf(app);
  return new SpotifyClient({ apiUrl, accessToken, gate: loginGate });
}

async function clientFor(token: LiveToken): Promise<SpotifyClient> {
  const accessToken = decryptToken(token.sessionId, 'access', token.sealedAccess);
  if (accessToken !== null) return createClient(token, accessToken);
  // Encrypted under a key that is gone: the refresh token may still open.
  const refreshed = await refreshToken(token.sessionId, token.version);
  const opened = decryptToken(refreshed.sessionId, 'access', refreshed.sealedAccess);
  if (opened === null) throw new SpotifyError('grant_ended');
  return createClient(refreshed, opened);
}

/**
 * Runs calls to Spotify with the session's access token. On an unexpected 401 it refreshes once and runs `work` once more,
 * never again (TK6): a 401 means that the call was not carried out. Keep one command per `work`.
 *
 * @throws {SpotifyError}
 */
export async function withSpotify<T>(sessionId: string, work: (spotify: SpotifyClient) => Promise<T>): Promise<T> {
  return withToken(await requireToken(sessionId), work);
}

/** The same with a token that was read just now. @throws {SpotifyError} */
export async function withToken<T>(stored: LiveToken, work: (spotify: SpotifyClient) => Promise<T>): Promise<T> {
  const token = await ensureFresh(stored);
  try {
    return await work(await clientFor(token));
  } catch (error) {
    if (!(error instanceof SpotifyError && error.kind === 'unauthorized')) throw error;
    return work(await clientFor(await refreshToken(token.sessionId, token.version)));
  }
}
