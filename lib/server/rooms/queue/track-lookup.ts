import 'server-only';
import { AppError } from '@/lib/server/runtime/app-error';
import { isShortLink, parseTrackUri } from '@/lib/shared/rules/track-uri';
import type { Track } from '@/lib/shared/contract/snapshot';
import { withToken } from '@/lib/server/auth/with-spotify';
import { requireToken } from '@/lib/server/auth/token-keeper';
import { perProcess } from '@/lib/server/runtime/per-process';
import type { CatalogueTrack } from '@/lib/server/spotify/catalogue';
import { withSpotifyProblems } from '@/lib/server/spotify/problems';
import { AnswerCache } from './answer-cache';

/** Null for songs that do not exist. */
const songs = (): AnswerCache<CatalogueTrack | null> => perProcess('songs', () => new AnswerCache(5_000));

/** What can be played differs by where an account is at home. */
const keyOf = (accountId: string, uri: string): string => `${accountId} ${uri}`;

/** Keeps songs that a search brought, so that adding one of them costs no further request. */
export function rememberSongs(accountId: string, found: readonly CatalogueTrack[]): void {
  for (const song of found) songs().put(keyOf(accountId, song.track.uri), song);
}

/** A short link may well mean a song: only a request to it would tell, and none is made (QU1). */
const shortLink =
  'This short link cannot be read here. Open it, and copy the long link from Spotify: Share, then Copy link.';

/**
 * A song by its URI or a link to it, and whether the host's account can play it; null when there is none. Asked of Spotify once in five
 * minutes, however many ask.
 *
 * @param beforeAsking what has to be done before Spotify is asked, once for all who ask; what it throws is thrown
 * @throws {AppError} `invalid_uri`, or Spotify's problem
 */
export async function lookUpSong(
  hostSessionId: string,
  input: string,
  beforeAsking: () => Promise<void> = () => Promise.resolve(),
): Promise<CatalogueTrack | null> {
  const uri = parseTrackUri(input);
  if (uri === null) throw new AppError('invalid_uri', isShortLink(input) ? { detail: shortLink } : {});
  return withSpotifyProblems(async () => {
    const token = await requireToken(hostSessionId);
    return songs().get(keyOf(token.accountId, uri), async () => {
      await beforeAsking();
      return withToken(token, (spotify) => spotify.catalogue.getTrack(uri.slice('spotify:track:'.length), 'search'));
    });
  });
}

/**
 * The song that somebody means with a URI or a link, as the host's account can play it (QU1, QU2).
 *
 * @throws {AppError} `invalid_uri`, `track_not_found` also for one that cannot be played here, or Spotify's problem
 */
export async function findSong(
  hostSessionId: string,
  input: string,
  beforeAsking?: () => Promise<void>,
): Promise<Track> {
  const song = await lookUpSong(hostSessionId, input, beforeAsking);
  if (song?.playable !== true) throw new AppError('track_not_found');
  return song.track;
}
