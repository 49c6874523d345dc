import 'server-only';
import type { SpotifyConnection } from '@/lib/shared/playback';
import { getConnection, refreshConnection } from '../auth/connection';
import { consume } from '../limits/limiter';
import { perProcess } from '../per-process';
import { getSession } from '../session/session';
import { SpotifyError } from '../spotify/errors';
import { tellingProblems } from './playback';
import { SharedCalls } from './shared-call';

/** Whether whoever asks has Spotify connected. Opens no session. */
export async function getSpotifyStatus(cookieHeader: string | null): Promise<SpotifyConnection> {
  const session = await getSession(cookieHeader);
  return session === null ? { authenticated: false } : getConnection(session.id);
}

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
