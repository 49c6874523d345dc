import 'server-only';
import { inRoomTransaction } from '@/lib/server/db/connection/room-transactions';
import { bumpRoom } from '@/lib/server/db/room-versions';
import { releaseSubmission } from '@/lib/server/db/submissions';
import { SpotifyError } from '@/lib/server/spotify/errors';
import { recordFailure, type PlayerRoom, sendCommand } from './commands';
import { isSilent, liveSubmission } from '@/lib/server/player/state/player-state';
import { submitSong, toQueue } from './submit-song';
import { unknownView } from '@/lib/server/player/state/observation';
import { startSong } from './start-playback';
import { loadPlayerState, lockPlayerState } from '@/lib/server/player/state/store';
import { withCommandLock } from './command-lock';

async function starting(room: PlayerRoom, itemId: string | null): Promise<boolean> {
  try {
    return (await startSong(room, null, itemId)) !== 'none';
  } catch (error) {
    await recordFailure(room, error);
    throw error;
  }
}

/**
 * The remote's *play*: resumes; in silence it starts the first waiting song (FD8).
 *
 * @throws {SpotifyError} as Spotify refused it
 */
export function resumeOrStart(room: PlayerRoom): Promise<void> {
  return withCommandLock(room.roomId, async () => {
    const state = await loadPlayerState(room.roomId);
    const silent = state !== null && isSilent(state.view ?? unknownView) && state.songsWait;
    if (silent && (await starting(room, null))) return;
    await sendCommand(room, { kind: 'play' });
  });
}

/** Makes way for a song that is wanted now: what was handed over before it waits again (FD8). */
function makeWay(room: PlayerRoom, itemId: string) {
  return inRoomTransaction(room.roomId, async (tx) => {
    const state = await lockPlayerState(tx, room.roomId, null);
    if (state === null) return null;
    const live = liveSubmission(state);
    const isThere = live?.itemId === itemId;
    if (live !== null && !isThere) {
      await releaseSubmission(tx, live, true);
      await bumpRoom(tx, room.roomId);
    }
    return { isThere, silent: isSilent(state.view ?? unknownView), playId: state.playId };
  });
}

/**
 * Brings a waiting song to where *next* plays it, or starts it where nothing plays (FD8).
 *
 * @returns the play to leave for it; null when it was started, or is not to be had any more
 * @throws {SpotifyError} as Spotify refused it
 */
export function bringForward(room: PlayerRoom, itemId: string): Promise<{ readonly leave: string } | null> {
  return withCommandLock(room.roomId, async () => {
    const way = await makeWay(room, itemId);
    if (way === null) return null;
    if (way.silent || way.playId === null) {
      await starting(room, itemId);
      return null;
    }
    if (!way.isThere) {
      try {
        await submitSong(room, null, toQueue(room), itemId);
      } catch (error) {
        // Nothing plays there any more: it is started on the device that last did.
        if (!(error instanceof SpotifyError && error.kind === 'no_active_device')) throw error;
        await starting(room, itemId);
        return null;
      }
    }
    return { leave: way.playId };
  });
}
