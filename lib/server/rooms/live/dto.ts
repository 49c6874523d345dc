import 'server-only';
import type { QueueItemDto, RoomDto } from '@/lib/shared/contract/snapshot';
import type { SongRow } from '@/lib/server/db/queue';
import type { RoomRow } from '@/lib/server/db/rooms';
import { toQueueOrder } from '@/lib/server/db/queue-order';

/** A room as snapshots and endpoints that answer with one send it, field by field. */
export function toRoomDto(room: Omit<RoomRow, 'id' | 'hostSessionId' | 'endedAt' | 'demoEndsAt' | 'playId'>): RoomDto {
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
    admission: room.admission === 'knock' ? 'knock' : 'open',
    fallback: room.fallbackName === null ? null : { name: room.fallbackName },
    sources: room.sources.map(({ name }) => ({ name })),
  };
}

/** A waiting song as screens show it, field by field. */
export function toQueueItem(song: SongRow): QueueItemDto {
  const { id, track, memberId, memberName, score, voters, state, addedAtMs, pin } = song;
  return {
    id,
    track,
    addedBy: memberId,
    addedByName: memberName,
    score,
    voters,
    state,
    addedAt: new Date(addedAtMs).toISOString(),
    ...(pin === null ? {} : { moved: true }),
  };
}
