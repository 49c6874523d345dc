import 'server-only';
import { AppError } from '@/lib/server/runtime/app-error';
import { artistKey, songKey } from '@/lib/shared/rules/song-identity';
import type { BlockDto, BlockInput, BlockResponse } from '@/lib/shared/contract/blocks';
import { getDb } from '@/lib/server/db/connection/client';
import { removeSongs, findBlockedSongs, findWaitingSongs, restoreSongs } from '@/lib/server/db/queue';
import { type BlockRow, deleteBlock, findBlocks, insertBlock } from '@/lib/server/db/blocks';
import type { Viewer } from '@/lib/server/session/room-access';
import { changeRoom } from '@/lib/server/rooms/change-room';
import { isBlocked } from './adding-rules';
import { spendGuestSearch } from '@/lib/server/session/guest-share';
import { findSong } from './track-lookup';

const toBlockDto = ({ id, kind, name }: BlockRow): BlockDto => ({ id, kind, name });

/** The songs and artists that are not wanted in this room. */
export async function listBlocks(viewer: Viewer): Promise<readonly BlockDto[]> {
  return (await findBlocks(getDb(), viewer.roomId)).map(toBlockDto);
}

async function toBlock(viewer: Viewer, input: BlockInput): Promise<Omit<BlockRow, 'id'>> {
  if (input.kind === 'artist') {
    return { kind: 'artist', key: artistKey(input.name), name: input.name };
  }
  const track = await findSong(viewer.hostSessionId, input.uri, () => spendGuestSearch(viewer));
  return {
    kind: 'song',
    key: songKey(track),
    name: [track.name, track.artists.join(', ')].filter(Boolean).join(' · '),
  };
}

/**
 * Blocks a song in all its versions, or an artist, and takes out what is queued of it (QU10).
 *
 * @returns how many waiting songs it took out
 * @throws {AppError} `invalid_uri`, `track_not_found`, or Spotify's problem
 */
export async function block(viewer: Viewer, input: BlockInput): Promise<BlockResponse> {
  const wanted = await toBlock(viewer, input);
  return changeRoom(viewer, { right: 'arrange' }, async ({ tx, member, unchanged }) => {
    const block = await insertBlock(tx, viewer.roomId, wanted);
    const meant = (await findWaitingSongs(tx, viewer.roomId)).filter(({ track }) => isBlocked(block, track));
    const ids = meant.map(({ id }) => id);
    const removed = await removeSongs(tx, ids, {
      state: 'removed',
      reason: 'blocked',
      by: member.id,
      blockId: block.id,
    });
    if (removed === 0) unchanged();
    return { block: toBlockDto(block), removed };
  });
}

/** Takes a block back; what it took out within the last ten minutes comes back (QU10). @throws {AppError} `block_not_found` */
export function unblock(viewer: Viewer, id: string): Promise<void> {
  return changeRoom(viewer, { right: 'arrange' }, async ({ tx, room, unchanged }) => {
    if (!(await deleteBlock(tx, viewer.roomId, id))) throw new AppError('block_not_found');
    const songs = await findBlockedSongs(tx, viewer.roomId, id);
    const waiting = await findWaitingSongs(tx, viewer.roomId);
    const keys = new Set(waiting.map(({ songKey: key }) => key));
    const back = songs
      .filter(({ songKey: key }) => !keys.has(key))
      .slice(0, Math.max(0, room.queueLimit - waiting.length));
    if (back.length === 0) return unchanged();
    await restoreSongs(
      tx,
      back.map((song) => song.id),
      room.asksApproval,
    );
  });
}
