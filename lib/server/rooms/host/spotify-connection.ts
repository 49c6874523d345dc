import 'server-only';
import { refreshConnection } from '@/lib/server/auth/connection';
import { singleFlight } from '@/lib/server/runtime/single-flight';
import { consume } from '@/lib/server/session/rate-limits';
import { getSession } from '@/lib/server/session/session';
import { failedWith, SpotifyError } from '@/lib/server/spotify/errors';
import { withSpotifyProblems } from '@/lib/server/spotify/problems';

/** Whatever keeps the accounts service from giving a token: for who asks for one it does not answer. */
function asUnavailable(error: unknown): never {
  throw failedWith(error, 'rate_limited', 'app_refused', 'own_app_refused')
    ? new SpotifyError('server_error', { cause: error })
    : error;
}

/**
 * Refreshes the requester's access token where it is about to end, or always with `force`; forced ones that overlap share one
 * call, and count once.
 *
 * @returns its end
 * @throws {AppError} `spotify_not_connected`, `spotify_reconnect`, `spotify_unavailable`, `rate_limited`
 */
export function refreshSpotify(cookieHeader: string | null, force: boolean): Promise<Date> {
  return withSpotifyProblems(async () => {
    const session = await getSession(cookieHeader);
    if (session === null) throw new SpotifyError('not_connected');
    if (!force) return refreshConnection(session.id, false).catch(asUnavailable);
    return singleFlight('forced-refreshes', session.id, async () => {
      await consume('refreshes', session.id);
      return refreshConnection(session.id, true).catch(asUnavailable);
    });
  });
}
