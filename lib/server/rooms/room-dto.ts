import 'server-only';
import type { RoomDto } from '@/lib/shared/snapshot';
import type { RoomRow } from '../db/rooms';
import { toQueueOrder } from '../player/queue-order';

/** A room as snapshots and endpoints that answer with one send it, field by field. */
export function toRoomDto(room: Omit<RoomRow, 'id' | 'hostSessionId' | 'endedAt' | 'playId'>): RoomDto {
  return {
    code: room.code,
    name: room.name,
    guestsCanPause: room.guestsCanPause,
    votesToSkip: room.votesToSkip,
    createdAt: room.createdAt.toISOString(),
    queueOrder: toQueueOrder(room.queueOrder),
    queueOpen: room.queueOpen,
    songsPerGuest: room.songsPerGuest,
    queueLimit: room.queueLimit,
    explicitAllowed: room.explicitAllowed,
    maxSongMs: room.maxSongMs,
    replayAfterMs: room.replayAfterMs,
    asksApproval: room.asksApproval,
    locked: room.locked,
    fallback: room.fallbackName === null ? null : { name: room.fallbackName },
    sources: room.sources.map(({ name }) => ({ name })),
  };
}
