import 'server-only';
import { refreshConnection } from '@/lib/server/auth/connection';
import { consume } from '@/lib/server/session/rate-limits';
import { perProcess } from '@/lib/server/runtime/per-process';
import { getSession } from '@/lib/server/session/session';
import { SpotifyError } from '@/lib/server/spotify/errors';
import { withSpotifyProblems } from '@/lib/server/spotify/problems';
import { SharedCalls } from '@/lib/server/runtime/shared-call';

async function refresh(cookieHeader: string | null, force: boolean): Promise<Date> {
  const session = await getSession(cookieHeader);
  if (session === null) throw new SpotifyError('not_connected');
  return refreshConnection(session.id, force ? () => consume('refreshes', session.id) : null);
}

const forced = (): SharedCalls => perProcess('forced-refreshes', () => new SharedCalls());

/**
 * Refreshes the requester's access token where it is about to end, or always with `force`; forced ones that overlap share one
 * call.
 *
 * @returns its end
 * @throws {AppError} `spotify_not_connected`, `spotify_reconnect`, `spotify_unavailable`, `rate_limited`
 */
export function refreshSpotify(cookieHeader: string | null, force: boolean): Promise<Date> {
  return withSpotifyProblems(() =>
    force ? forced().run(cookieHeader ?? '', () => refresh(cookieHeader, true)) : refresh(cookieHeader, false),
  );
}
