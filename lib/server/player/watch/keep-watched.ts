import 'server-only';
import { afterAnswer } from '@/lib/server/runtime/after-answer';
import { runsAsFunction } from '@/lib/server/runtime/env';
import { getRoomWatchers } from './room-watchers';
import { startWatchRun } from './watch-run';

/**
 * Somebody looks at a room, or changed what its player is to do. Where a process stays, this instance watches the room for a moment (WT5). A
 * function starts nothing that outlives its answer: whoever has a stream hears of the change, and where nobody watches songs that wait, a watch
 * run begins (FD11).
 */
export function keepWatched(roomId: string): void {
  if (runsAsFunction()) afterAnswer(() => startWatchRun(roomId));
  else getRoomWatchers().touch(roomId);
}
