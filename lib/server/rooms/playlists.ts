import 'server-only';
import { AppError } from '@/lib/shared/app-error';
import { songKey } from '@/lib/shared/queue/song-version';
import type { RoomDto } from '@/lib/shared/snapshot';
import { withScopes } from '../auth/scopes';
import type { Db } from '../db/client';
import { hostHasLogin, type NewSource, replaceSources, setFallbackPlaylist } from '../db/room-playlists';
import { inRoomTransaction } from '../db/room-transactions';
import { bumpRoom } from '../db/room-versions';
import { findRoom } from '../db/rooms';
import { getRoomWatches } from '../player/watches';
import type { Viewer } from '../session/room-access';
import type { SpotifyClient } from '../spotify/client';
import type { ListedPlaylist, PlaylistHead } from '../spotify/playlists';
import { tellingProblems } from './playback';
import { lockQueue } from './queue-access';
import { toRoomDto } from './room-dto';

/** Reads with the host's grant; the right to is asked for when it is missing (HT5). */
function reading<T>({ hostSessionId }: Viewer, work: (spotify: SpotifyClient) => Promise<T>): Promise<T> {
  return tellingProblems(() => withScopes(hostSessionId, 'playlists', work));
}

/**
 * The host's own and followed playlists, asked of Spotify now, 200 at most.
 *
 * @throws {AppError} `spotify_scope_needed`, or Spotify's problem
 */
export function listPlaylists(viewer: Viewer): Promise<readonly ListedPlaylist[]> {
  return reading(viewer, (spotify) => spotify.playlists.list());
}

async function requirePlaylist(spotify: SpotifyClient, id: string): Promise<PlaylistHead> {
  const found = await spotify.playlists.find(id);
  if (found === null) throw new AppError('playlist_not_found');
  return found;
}

/** Changes a room with what was read of the host's account, which may have taken a while. */
function changeRoom(viewer: Viewer, read: boolean, change: (tx: Db) => Promise<void>): Promise<RoomDto> {
  return inRoomTransaction(viewer.roomId, async (tx) => {
    const { member } = await lockQueue(tx, viewer);
    if (member.role !== 'host') throw new AppError('host_only');
    // Disconnected meanwhile: nothing that was read is kept.
    if (read && !(await hostHasLogin(tx, viewer.roomId))) throw new AppError('spotify_not_connected');
    await change(tx);
    const changed = await findRoom(tx, viewer.roomId);
    if (changed === null) throw new AppError('room_ended');
    await bumpRoom(tx, viewer.roomId);
    return toRoomDto(changed);
  });
}

/**
 * Chooses the playlist that plays when no song waits, from its first song on; null lets Spotify go on (FD6).
 *
 * @throws {AppError} `playlist_not_found`, `spotify_scope_needed`, or Spotify's problem
 */
export async function setFallback(viewer: Viewer, playlistId: string | null): Promise<RoomDto> {
  const playlist =
    playlistId === null ? null : await reading(viewer, (spotify) => requirePlaylist(spotify, playlistId));
  const room = await changeRoom(viewer, playlist !== null, (tx) => setFallbackPlaylist(tx, viewer.roomId, playlist));
  // In silence it begins at once.
  getRoomWatches().touch(viewer.roomId);
  return room;
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
  for (const id of new Set(playlistIds)) sources.push(await reading(viewer, (spotify) => readSource(spotify, id)));
  return changeRoom(viewer, sources.length > 0, (tx) => replaceSources(tx, viewer.roomId, sources));
}
