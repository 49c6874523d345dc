import type { RoomState } from './room-store';

/** Where the room's page is, under its present code (HT2). */
export function roomPath({ snapshot }: RoomState): string {
  return `/room/${snapshot.room.code}`;
}
