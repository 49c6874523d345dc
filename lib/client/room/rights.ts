import { may, type Right } from '@/lib/shared/rules/rights';
import type { RoomState } from './room-store';

/** Whether the person at this page has a right. */
export function hasRight({ you, snapshot }: RoomState, right: Right): boolean {
  return may({ role: you.role, coHost: you.coHost, guestsCanPause: snapshot.room.guestsCanPause }, right);
}

/** Whether this person may add songs now. */
export function canAddSongs(state: RoomState): boolean {
  return hasRight(state, 'add_freely') || state.snapshot.room.queueOpen;
}
