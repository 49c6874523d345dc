import 'server-only';
import { AppError } from '@/lib/server/runtime/app-error';
import type { SavedPlaylist } from '@/lib/shared/contract/history';
import { withScopes } from '@/lib/server/auth/scopes';
import { findPlayed } from '@/lib/server/db/plays';
import type { Viewer } from '@/lib/server/session/room-access';
import type { SpotifyClient } from '@/lib/server/spotify/client';
import { SpotifyError } from '@/lib/server/spotify/errors';
import { addedAtOnce, type PlaylistHead } from '@/lib/server/spotify/playlists';
import { withSpotifyProblems, toProblem } from '@/lib/server/spotify/problems';
import { singleFlight } from '@/lib/server/runtime/single-flight';

/** More than play in a day. */
const savedAtMost = 2_000;

/** Longer names Spotify refuses. */
const longestName = 100;

const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' });

/** `Roomtone: Kitchen, 25 November 2026`, with as much of the room's name as fits. */
function nameFor(roomName: string, began: Date): string {
  const date = day.format(began);
  if (roomName === '') return `Roomtone, ${date}`;
  const room = Array.from(roomName);
  while (`Roomtone: ${room.join('')}, ${date}`.length > longestName) room.pop();
  return `Roomtone: ${room.join('').trim()}, ${date}`;
}

const saving = <T>({ hostSessionId }: Viewer, work: (spotify: SpotifyClient) => Promise<T>): Promise<T> =>
  withScopes(hostSessionId, 'saving', work);

/** The problem of a failure, with words that say what has become of the playlist. */
function withWords(error: unknown, detail: string): unknown {
  const problem = toProblem(error);
  if (!(problem instanceof AppError)) return problem;
  const wait = problem.retryAfterSeconds === null ? {} : { retryAfterSeconds: problem.retryAfterSeconds };
  return new AppError(problem.code, { detail, note: problem.message, cause: error, ...wait });
}

async function create(viewer: Viewer, name: string): Promise<PlaylistHead> {
  try {
    return await saving(viewer, ({ playlists }) => playlists.create(name));
  } catch (error) {
    if (!(error instanceof SpotifyError && error.outcomeUnknown)) throw error;
    // Without the right to read playlists nobody can look.
    throw withWords(
      error,
      `Spotify did not say whether it made the playlist. Look for “${name}” there before you save again, or there may be two.`,
    );
  }
}

async function fill(viewer: Viewer, { id, name }: PlaylistHead, uris: readonly string[]): Promise<void> {
  for (let start = 0; start < uris.length; start += addedAtOnce) {
    try {
      await saving(viewer, ({ playlists }) => playlists.add(id, uris.slice(start, start + addedAtOnce)));
    } catch (error) {
      throw withWords(
        error,
        `Spotify made “${name}”, but stopped after ${start} of ${uris.length} songs. Delete it there before you save again, or there will be two.`,
      );
    }
  }
}

async function save(viewer: Viewer, name: string | undefined): Promise<SavedPlaylist> {
  const played = (await findPlayed(viewer.roomId, savedAtMost)).toReversed();
  const songs = played.filter(({ track }) => track.kind === 'track');
  const [first] = songs;
  if (first === undefined) throw new AppError('nothing_played');
  const uris = [...new Set(songs.map(({ track }) => track.uri))];
  const playlist = await create(viewer, name ?? nameFor(viewer.name, first.begunAt));
  await fill(viewer, playlist, uris);
  return { name: playlist.name, url: playlist.url, songs: uris.length };
}

/**
 * Makes a private playlist in the host's account of what was played, every song once, in the order played. Requests that overlap make
 * one. Nothing is repeated: a failure says what has become of the playlist.
 *
 * @param name by default one with the room's name and the day
 * @throws {AppError} `nothing_played`, `spotify_scope_needed`, or Spotify's problem
 */
export function saveHistory(viewer: Viewer, name: string | undefined): Promise<SavedPlaylist> {
  return singleFlight('saved-playlists', `${viewer.roomId} ${name ?? ''}`, () =>
    withSpotifyProblems(() => save(viewer, name)),
  );
}
