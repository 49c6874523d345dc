import 'server-only';
import { refreshConnection } from '../auth/connection';
import { consume } from '../limits/limiter';
import { perProcess } from '../per-process';
import { getSession } from '../session/session';
import { SpotifyError } from '../spotify/errors';
import { tellingProblems } from './playback';
import { SharedCalls } from './shared-call';

async function refresh(cookieHeader: string | null, force: boolean): Promise<Date> {
  const session = await getSession(cookieHeader);
  if (session === null) throw new SpotifyError('not_connected');
  return refreshConnection(session.id, force ? () => consume('refreshes', session.id) : null);
}

const forced = (): SharedCalls => perProcess('forced-refreshes', () => new SharedCalls());

/**
 * Refreshes the asker's access token where it is about to end, or always with `force`; forced ones that overlap share one
 * call.
 *
 * @returns its end
 * @throws {AppError} `spotify_not_connected`, `spotify_reconnect`, `spotify_unavailable`, `rate_limited`
 */
export function refreshSpotify(cookieHeader: string | null, force: boolean): Promise<Date> {
  return tellingProblems(() =>
    force ? forced().run(cookieHeader ?? '', () => refresh(cookieHeader, true)) : refresh(cookieHeader, false),
  );
}
