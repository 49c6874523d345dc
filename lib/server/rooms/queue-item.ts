import 'server-only';
import type { QueueItemDto } from '@/lib/shared/snapshot';
import type { SongRow } from '../db/queue';

/** A waiting song as screens show it, field by field. */
export function toQueueItem(song: SongRow): QueueItemDto {
  const { id, track, memberId, memberName, score, voters, state, addedAtMs, slot } = song;
  return {
    id,
    track,
    addedBy: memberId,
    addedByName: memberName,
    score,
    voters,
    state,
    addedAt: new Date(addedAtMs).toISOString(),
    ...(slot === null ? {} : { moved: true }),
  };
}
