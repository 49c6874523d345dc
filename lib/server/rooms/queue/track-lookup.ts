import 'server-only';
import { AppError } from '@/lib/server/runtime/app-error';
import { parseTrackUri } from '@/lib/shared/rules/track-uri';
import type { Track } from '@/lib/shared/contract/snapshot';
import { withSpotify } from '@/lib/server/auth/with-spotify';
import { requireToken } from '@/lib/server/auth/token-keeper';
import { perProcess } from '@/lib/server/runtime/per-process';
import type { CatalogueTrack } from '@/lib/server/spotify/catalogue';
import { SpotifyError } from '@/lib/server/spotify/errors';
import { withSpotifyProblems } from '@/lib/server/spotify/problems';
import { RecentAnswers } from './recent-answers';

/** While Spotify wants no calls or does not answer, what it said a while ago is better than nothing. */
export function isPassingTrouble(failure: unknown): boolean {
  if (!(failure instanceof SpotifyError)) return false;
  return failure.kind === 'rate_limited' || failure.kind === 'quota_exceeded' || failure.outcomeUnknown;
}

/** Null for songs that do not exist. */
const songs = (): RecentAnswers<CatalogueTrack | null> =>
  perProcess(
    'songs',
    () =>
      new RecentAnswers<CatalogueTrack | null>({
        freshMs: 5 * 60_000,
        keptMs: 30 * 60_000,
        most: 5_000,
        oldIsBetter: isPassingTrouble,
      }),
  );

/** What can be played differs by where an account is at home. */
const keyOf = (accountId: string, uri: string): string => `${accountId} ${uri}`;

/** Keeps songs that a search brought, so that whoever adds one of them costs no further request. */
export function rememberSongs(accountId: string, found: readonly CatalogueTrack[]): void {
  for (const song of found) songs().put(keyOf(accountId, song.track.uri), song);
}

/**
 * A song by its URI or a link to it, and whether the host's account can play it; null when there is none. Asked of Spotify once in five
 * minutes, however many ask.
 *
 * @throws {AppError} `invalid_uri`, or Spotify's problem
 */
export async function lookUpSong(hostSessionId: string, input: string): Promise<CatalogueTrack | null> {
  const uri = parseTrackUri(input);
  if (uri === null) throw new AppError('invalid_uri');
  return withSpotifyProblems(async () => {
    const { accountId } = await requireToken(hostSessionId);
    return songs().get(keyOf(accountId, uri), () =>
      withSpotify(hostSessionId, (spotify) => spotify.catalogue.getTrack(uri.slice('spotify:track:'.length))),
    );
  });
}

/**
 * The song that somebody means with a URI or a link, as the host's account can play it (QU1, QU2).
 *
 * @throws {AppError} `invalid_uri`, `track_not_found` also for one that cannot be played here, or Spotify's problem
 */
export async function findSong(hostSessionId: string, input: string): Promise<Track> {
  const song = await lookUpSong(hostSessionId, input);
  if (song?.playable !== true) throw new AppError('track_not_found');
  return song.track;
}
