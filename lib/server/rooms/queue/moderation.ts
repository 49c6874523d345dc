import 'server-only';
import { AppError } from '@/lib/server/runtime/app-error';
import { pinsAfterMove } from '@/lib/shared/rules/queue-order';
import { artistKey, songKey } from '@/lib/shared/rules/song-identity';
import { parseTrackUri } from '@/lib/shared/rules/track-uri';
import type { BlockDto, BlockInput, BlockResponse } from '@/lib/shared/contract/blocks';
import type { QueueItemDto } from '@/lib/shared/contract/snapshot';
import { getDb } from '@/lib/server/db/connection/client';
import {
  approveSongs,
  removeSongs,
  findBlockedSongs,
  findOrderContext,
  findWaitingSongs,
  restoreSongs,
  setPins,
} from '@/lib/server/db/queue';
import { type BlockRow, deleteBlock, findBlocks, insertBlock } from '@/lib/server/db/queue-rules';
import type { Viewer } from '@/lib/server/session/room-access';
import { changeRoom, requireSong } from '@/lib/server/rooms/change-room';
import { toQueueItem } from '@/lib/server/rooms/live/dto';
import { placeSongs } from '@/lib/server/db/queue-order';
import { isBlocked } from './adding-rules';
import { findSong } from './track-lookup';

const asModerator = { as: 'moderator' } as const;

/**
 * Puts a song before another one, or at the end; it stays there (OR4). One that Spotify was handed stays first.
 *
 * @throws {AppError} `item_not_found`, also for one that waits for approval
 */
export function moveSong(viewer: Viewer, id: string, beforeId: string | null): Promise<void> {
  return changeRoom(
    viewer,
    async ({ tx, unchanged }) => {
      const history = await findOrderContext(tx, viewer.roomId);
      const order = placeSongs(await findWaitingSongs(tx, viewer.roomId), history).map(({ song }) => song);
      const moved = order.find((song) => song.id === id);
      const known = beforeId === null || order.some((song) => song.id === beforeId);
      if (moved === undefined || !known) throw new AppError('item_not_found');
      if (moved.isNext || beforeId === id) return unchanged();
      await setPins(tx, pinsAfterMove(order, id, beforeId, history.queueBegun));
    },
    asModerator,
  );
}

/** Lets the rule decide about a moved song again (OR4). @throws {AppError} `item_not_found` */
export function unpinSong(viewer: Viewer, id: string): Promise<void> {
  return changeRoom(
    viewer,
    async ({ tx, unchanged }) => {
      const song = await requireSong(tx, viewer.roomId, id);
      if (song.pin === null) return unchanged();
      await setPins(tx, new Map([[id, null]]));
    },
    asModerator,
  );
}

/** Lets a song that waits for approval into the order (QU9); one that is in it stays. @throws {AppError} `item_not_found` */
export function approveSong(viewer: Viewer, id: string): Promise<QueueItemDto> {
  return changeRoom(
    viewer,
    async ({ tx, unchanged }) => {
      const song = await requireSong(tx, viewer.roomId, id);
      if (song.state !== 'pending') {
        unchanged();
        return toQueueItem(song);
      }
      await approveSongs(tx, { roomId: viewer.roomId, id });
      return toQueueItem(await requireSong(tx, viewer.roomId, id));
    },
    asModerator,
  );
}

const toBlockDto = ({ id, kind, name }: BlockRow): BlockDto => ({ id, kind, name });

/** The songs and artists that are not wanted in this room. */
export async function listBlocks(viewer: Viewer): Promise<readonly BlockDto[]> {
  return (await findBlocks(getDb(), viewer.roomId)).map(toBlockDto);
}

async function toBlock(viewer: Viewer, input: BlockInput): Promise<Omit<BlockRow, 'id'>> {
  if (input.kind === 'artist') {
    return { kind: 'artist', key: artistKey(input.name), name: input.name };
  }
  const uri = parseTrackUri(input.uri);
  if (uri === null) throw new AppError('invalid_uri');
  const track = await findSong(viewer.hostSessionId, uri);
  return { kind: 'song', key: songKey(track), name: `${track.name} · ${track.artists.join(', ')}` };
}

/**
 * Blocks a song in all its versions, or an artist, and takes out what is queued of it (QU10).
 *
 * @returns how many waiting songs it took out
 * @throws {AppError} `invalid_uri`, `track_not_found`, or Spotify's problem
 */
export async function block(viewer: Viewer, input: BlockInput): Promise<BlockResponse> {
  const wanted = await toBlock(viewer, input);
  return changeRoom(
    viewer,
    async ({ tx, member, unchanged }) => {
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
    },
    asModerator,
  );
}

/** Takes a block back; what it took out within the last ten minutes comes back (QU10). @throws {AppError} `block_not_found` */
export function unblock(viewer: Viewer, id: string): Promise<void> {
  return changeRoom(
    viewer,
    async ({ tx, room, unchanged }) => {
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
    },
    asModerator,
  );
}
