import 'server-only';
import { AppError } from '@/lib/server/runtime/app-error';
import { songKey } from '@/lib/shared/rules/song-identity';
import type { ListedPlaylist } from '@/lib/shared/contract/playlists';
import type { RoomDto } from '@/lib/shared/contract/snapshot';
import { withScopes } from '@/lib/server/auth/scopes';
import type { Db } from '@/lib/server/db/connection/client';
import { hostHasLogin, type NewSource, replaceSources, setFallbackPlaylist } from '@/lib/server/db/playlists';
import type { Viewer } from '@/lib/server/session/room-access';
import type { SpotifyClient } from '@/lib/server/spotify/client';
import type { PlaylistHead } from '@/lib/server/spotify/playlists';
import { withSpotifyProblems } from '@/lib/server/spotify/problems';
import { changeRoom, requireOpenRoom } from '@/lib/server/rooms/change-room';
import { toRoomDto } from '@/lib/server/rooms/live/dto';

/** Reads with the host's grant; the right to is asked for when it is missing (HT5). */
function withPlaylistScope<T>({ hostSessionId }: Viewer, work: (spotify: SpotifyClient) => Promise<T>): Promise<T> {
  return withSpotifyProblems(() => withScopes(hostSessionId, 'playlists', work));
}

/**
 * The host's own and followed playlists, asked of Spotify now, 200 at most.
 *
 * @throws {AppError} `spotify_scope_needed`, or Spotify's problem
 */
export function listPlaylists(viewer: Viewer): Promise<readonly ListedPlaylist[]> {
  return withPlaylistScope(viewer, (spotify) => spotify.playlists.list());
}

async function requirePlaylist(spotify: SpotifyClient, id: string): Promise<PlaylistHead> {
  const found = await spotify.playlists.find(id);
  if (found === null) throw new AppError('playlist_not_found');
  return found;
}

/** Changes a room with what was read of the host's account, which may have taken a while. */
function changePlaylists(
  viewer: Viewer,
  change: (tx: Db) => Promise<void>,
  { read, wake }: { readonly read: boolean; readonly wake: boolean },
): Promise<RoomDto> {
  return changeRoom(viewer, { right: 'use_account', wake }, async ({ tx }) => {
    // Disconnected meanwhile: nothing that was read is kept.
    if (read && !(await hostHasLogin(tx, viewer.roomId))) throw new AppError('spotify_not_connected');
    await change(tx);
    return toRoomDto(await requireOpenRoom(tx, viewer.roomId));
  });
}

/**
 * Chooses the playlist that plays when no song waits, from its first song on; null lets Spotify go on (FD6).
 *
 * @throws {AppError} `playlist_not_found`, `spotify_scope_needed`, or Spotify's problem
 */
export async function setFallback(viewer: Viewer, playlistId: string | null): Promise<RoomDto> {
  const playlist =
    playlistId === null ? null : await withPlaylistScope(viewer, (spotify) => requirePlaylist(spotify, playlistId));
  // In silence it begins at once.
  return changePlaylists(viewer, (tx) => setFallbackPlaylist(tx, viewer.roomId, playlist), {
    read: playlist !== null,
    wake: true,
  });
}

async function readSource(spotify: SpotifyClient, id: string): Promise<NewSource> {
  const { name } = await requirePlaylist(spotify, id);
  const songs = await spotify.playlists.getSongs(id);
  if (songs === null) {
    throw new AppError('playlist_not_found', {
      detail: `“${name}” belongs to somebody else, and Spotify does not tell what is in it.`,
    });
  }
  return {
    playlistId: id,
    name,
    uris: [...new Set(songs.map(({ uri }) => uri))],
    songKeys: [...new Set(songs.map(songKey))],
  };
}

/**
 * Chooses the playlists that guests' songs may come from, in place of those before, and reads what they hold now: the first 1,000 songs
 * of each; none for any song (QU2). One after the other, so that the room's own requests get through in between.
 *
 * @throws {AppError} `playlist_not_found`, `spotify_scope_needed`, or Spotify's problem; then nothing has changed
 */
export async function setSources(viewer: Viewer, playlistIds: readonly string[]): Promise<RoomDto> {
  const sources: NewSource[] = [];
  for (const id of new Set(playlistIds))
    sources.push(await withPlaylistScope(viewer, (spotify) => readSource(spotify, id)));
  return changePlaylists(viewer, (tx) => replaceSources(tx, viewer.roomId, sources), {
    read: sources.length > 0,
    wake: false,
  });
}
