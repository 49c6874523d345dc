import { isModerator } from '@/lib/shared/rules/moderator';
import type { RoomState } from './room-store';

/** The host and co-hosts hold the remote and the tools for the queue (HT3). */
export function canModerate({ you }: RoomState): boolean {
  return isModerator(you);
}

/** Whether this person may add songs now. */
export function canAddSongs(state: RoomState): boolean {
  return canModerate(state) || state.snapshot.room.queueOpen;
}
