import 'server-only';
import { getDb } from '@/lib/server/db/connection/client';
import { findOrphanedRooms } from '@/lib/server/db/leases';
import { logWorkFailure } from '@/lib/server/runtime/log-failure';
import { perProcess } from '@/lib/server/runtime/per-process';
import { getRoomWatchers } from './room-watchers';

/** Between two searches for orphaned rooms, in ms. */
const everyMs = 15_000;

/** Rooms an instance takes at once; others take the rest, or the next search does. */
const roomsAtOnce = 50;

interface Sweep {
  timer: NodeJS.Timeout | null;
}

const sweep = (): Sweep => perProcess('orphaned-rooms', () => ({ timer: null }));

async function adoptOrphans(): Promise<void> {
  try {
    for (const roomId of await findOrphanedRooms(getDb(), roomsAtOnce)) getRoomWatchers().adopt(roomId);
  } catch (error) {
    logWorkFailure('orphaned_rooms', error);
  }
}

/**
 * Watches rooms in which songs wait although no stream is open, after a restart for instance (FD10). On serverless nothing runs between
 * requests, and an open page has to keep a room watched.
 */
export function startAdoptingRooms(): void {
  const state = sweep();
  if (state.timer !== null) return;
  state.timer = setInterval(() => void adoptOrphans(), everyMs).unref();
  void adoptOrphans();
}

export function stopAdoptingRooms(): void {
  const state = sweep();
  if (state.timer !== null) clearInterval(state.timer);
  state.timer = null;
}
