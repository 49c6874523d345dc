import 'server-only';
import type { RoomDto } from '@/lib/shared/snapshot';
import type { RoomRow } from '../db/rooms';

/** A room as endpoints that answer with one send it, field by field. */
export function toRoomDto(room: RoomRow): RoomDto {
  return {
    code: room.code,
    name: room.name,
    guestsCanPause: room.guestsCanPause,
    votesToSkip: room.votesToSkip,
    createdAt: room.createdAt.toISOString(),
  };
}
