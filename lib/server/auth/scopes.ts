import 'server-only';
import { AppError } from '@/lib/server/runtime/app-error';
import type { SpotifyRight } from '@/lib/shared/contract/spotify';
import type { SpotifyClient } from '@/lib/server/spotify/client';
import { SpotifyError } from '@/lib/server/spotify/errors';
import { withSpotify } from './with-spotify';
import { requireToken } from './token-keeper';

/** What the room needs of the host's account; more only with the feature that needs it (OA-09). */
export const requiredScopes = [
  'user-read-playback-state',
  'user-modify-playback-state',
  'user-read-currently-playing',
] as const;

/** What is asked beyond that, when a host first wants it (HT5). */
const extraScopes = {
  playlists: ['playlist-read-private', 'playlist-read-collaborative'],
  saving: ['playlist-modify-private'],
} as const satisfies Readonly<Record<SpotifyRight, readonly string[]>>;

/** All of it: what a demo's host has from the start. */
export const everyScope: readonly string[] = [...requiredScopes, ...Object.values(extraScopes).flat()];

/**
 * What a login asks for: what the room needs, what the feature needs, and what was granted before, which a login without it would lose.
 *
 * @param granted the stored grant's, separated by spaces; only what a feature of ours needs is asked for again
 */
export function scopesToAsk(right: SpotifyRight | null, granted: string): readonly string[] {
  const before = new Set(granted.split(' '));
  const known = Object.values(extraScopes).flat();
  const wanted: readonly string[] = right === null ? [] : extraScopes[right];
  return [...requiredScopes, ...known.filter((scope) => before.has(scope) || wanted.includes(scope))];
}

/**
 * Lets through who has granted what a feature needs, as far as is stored.
 *
 * @throws {AppError} `spotify_scope_needed`
 * @throws {SpotifyError} `not_connected`, `grant_ended`
 */
async function requireScopes(sessionId: string, right: SpotifyRight): Promise<void> {
  const granted = new Set((await requireToken(sessionId)).scope.split(' '));
  if (extraScopes[right].some((scope) => !granted.has(scope))) throw new AppError('spotify_scope_needed');
}

/**
 * Runs calls to Spotify that need more of the host's account, as `withSpotify` does.
 *
 * @throws {AppError} `spotify_scope_needed` when the grant lacks what the feature needs: by what is stored, without a call, or by what
 * Spotify says
 * @throws {SpotifyError}
 */
export async function withScopes<T>(
  sessionId: string,
  right: SpotifyRight,
  work: (spotify: SpotifyClient) => Promise<T>,
): Promise<T> {
  await requireScopes(sessionId, right);
  try {
    return await withSpotify(sessionId, work);
  } catch (error) {
    const missing = error instanceof SpotifyError && error.kind === 'missing_scope';
    throw missing ? new AppError('spotify_scope_needed', { cause: error }) : error;
  }
}
