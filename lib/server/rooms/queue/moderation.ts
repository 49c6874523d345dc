import 'server-only';
import { AppError } from '@/lib/server/runtime/app-error';
import { pinsAfterMove } from '@/lib/shared/rules/queue-order';
import type { QueueItemDto } from '@/lib/shared/contract/snapshot';
import { approveSongs, findOrderContext, findWaitingSongs, setPins } from '@/lib/server/db/queue';
import type { Viewer } from '@/lib/server/session/room-access';
import { changeRoom, requireSong } from '@/lib/server/rooms/change-room';
import { toQueueItem } from '@/lib/server/rooms/live/dto';
import { placeSongs } from '@/lib/server/db/queue-order';

/**
 * Puts a song before another one, or at the end; it stays there (OR4). One that Spotify was handed stays first.
 *
 * @throws {AppError} `item_not_found`, also for one that waits for approval
 */
export function moveSong(viewer: Viewer, id: string, beforeId: string | null): Promise<void> {
  return changeRoom(viewer, { right: 'arrange' }, async ({ tx, unchanged }) => {
    const history = await findOrderContext(tx, viewer.roomId);
    const order = placeSongs(await findWaitingSongs(tx, viewer.roomId), history).map(({ song }) => song);
    const moved = order.find((song) => song.id === id);
    const known = beforeId === null || order.some((song) => song.id === beforeId);
    if (moved === undefined || !known) throw new AppError('item_not_found');
    if (moved.isNext || beforeId === id) return unchanged();
    await setPins(tx, pinsAfterMove(order, id, beforeId, history.queueBegun));
  });
}

/** Lets the rule decide about a moved song again (OR4). @throws {AppError} `item_not_found` */
export function unpinSong(viewer: Viewer, id: string): Promise<void> {
  return changeRoom(viewer, { right: 'arrange' }, async ({ tx, unchanged }) => {
    const song = await requireSong(tx, viewer.roomId, id);
    if (song.pin === null) return unchanged();
    await setPins(tx, new Map([[id, null]]));
  });
}

/** Lets a song that waits for approval into the order (QU9); one that is in it stays. @throws {AppError} `item_not_found` */
export function approveSong(viewer: Viewer, id: string): Promise<QueueItemDto> {
  return changeRoom(viewer, { right: 'arrange' }, async ({ tx, unchanged }) => {
    const song = await requireSong(tx, viewer.roomId, id);
    if (song.state !== 'pending') {
      unchanged();
      return toQueueItem(song);
    }
    await approveSongs(tx, { roomId: viewer.roomId, id });
    return toQueueItem(await requireSong(tx, viewer.roomId, id));
  });
}
