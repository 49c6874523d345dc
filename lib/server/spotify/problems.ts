import 'server-only';
import { AppError } from '@/lib/server/runtime/app-error';
import type { ErrorCode } from '@/lib/shared/contract/errors';
import { SpotifyError, type SpotifyErrorKind } from './errors';

const codes: Readonly<Record<SpotifyErrorKind, ErrorCode>> = {
  // A 401 that outlives a refresh is Spotify's trouble; the grant itself is fine.
  unauthorized: 'spotify_unavailable',
  missing_scope: 'spotify_reconnect',
  grant_ended: 'spotify_reconnect',
  not_connected: 'spotify_not_connected',
  account_not_allowed: 'spotify_not_allowed',
  owner_not_premium: 'spotify_not_allowed',
  premium_required: 'premium_required',
  no_active_device: 'no_active_device',
  device_not_found: 'device_not_found',
  volume_not_supported: 'volume_not_supported',
  restricted: 'playback_restricted',
  slow_down: 'playback_restricted',
  forbidden: 'playback_restricted',
  not_found: 'device_not_found',
  bad_request: 'playback_restricted',
  rate_limited: 'spotify_rate_limited',
  quota_exceeded: 'spotify_rate_limited',
  paused: 'spotify_rate_limited',
  app_refused: 'spotify_not_allowed',
  own_app_refused: 'spotify_not_allowed',
  server_error: 'spotify_unavailable',
  timeout: 'spotify_unavailable',
  network: 'spotify_unavailable',
  invalid_response: 'spotify_unavailable',
};

/** Sentences for kinds that share a code with another one. */
const details: Partial<Record<SpotifyErrorKind, string>> = {
  owner_not_premium:
    'Spotify has paused this app: its owner needs an active Premium plan. After renewing, it can take a few hours.',
  app_refused:
    'Spotify does not know this app by its id and secret. Whoever runs this site has to look at SPOTIFY_CLIENT_ID and SPOTIFY_CLIENT_SECRET.',
  own_app_refused:
    'Spotify does not know the host’s own app any more. The host has to look for it in the Spotify dashboard, or to use another one.',
  slow_down: 'That was many commands in a short time. Wait a moment and try again.',
  missing_scope: 'Spotify gave the app too few rights. The host has to log in again and agree to all of them.',
};

/** The sentence that tells apart what one status covers; undefined where the code says it all. */
export function problemDetail(kind: SpotifyErrorKind): string | undefined {
  return details[kind];
}

/** The problem to answer with when a call to Spotify failed (CM3). Anything that is no {@link SpotifyError} passes unchanged. */
export function toProblem(error: unknown): unknown {
  if (!(error instanceof SpotifyError)) return error;
  const detail = problemDetail(error.kind);
  return new AppError(codes[error.kind], {
    cause: error,
    note: error.message,
    ...(detail === undefined ? {} : { detail }),
    ...(error.retryAfterSeconds === null ? {} : { retryAfterSeconds: error.retryAfterSeconds }),
  });
}

/** Runs calls to Spotify; what they throw becomes the problem to answer with (CM3). */
export async function withSpotifyProblems<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw toProblem(error);
  }
}
