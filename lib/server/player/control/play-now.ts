import 'server-only';
import { AppError } from '@/lib/server/runtime/app-error';
import { findWaitingSong } from '@/lib/server/db/queue';
import { bumpRoom } from '@/lib/server/db/room-versions';
import { releaseSubmission } from '@/lib/server/db/submissions';
import { failedWith } from '@/lib/server/spotify/errors';
import { liveSubmission, type PlayerRoom } from '@/lib/server/player/state/player-state';
import { isDeaf } from '@/lib/server/player/state/deaf-device';
import { isSilent } from '@/lib/server/player/state/player-view';
import { changePlayer } from '@/lib/server/player/state/store';
import type { Asker } from './command-line';
import { withCommandLock } from './command-lock';
import { claimSkip, skipClaimed } from './skip';
import { startOnCommand } from './start-playback';
import { type SubmitOutcome, submitSong, toQueue } from './submit-song';

interface Way {
  /** Spotify was given the song before. */
  readonly isSubmitted: boolean;
  /** The play to leave for it; null where nothing plays. */
  readonly playId: string | null;
  /** Nothing gets into the device's queue (FD13). */
  readonly deaf: boolean;
}

/**
 * Makes way for a song: what was submitted before it waits again (FD8). Null when the room has ended.
 *
 * @throws {AppError} `item_not_found` when it has left the queue: nothing makes way for it
 */
function makeWay({ roomId }: PlayerRoom, itemId: string): Promise<Way | null> {
  return changePlayer(roomId, null, async (tx, state) => {
    if ((await findWaitingSong(tx, roomId, itemId)) === null) throw new AppError('item_not_found');
    const live = liveSubmission(state);
    const isSubmitted = live?.itemId === itemId;
    const deaf = isDeaf(state, Date.now());
    if (live !== null && !isSubmitted) {
      await releaseSubmission(tx, live, !deaf);
      await bumpRoom(tx, roomId);
    }
    return { isSubmitted, playId: isSilent(state.view) ? null : state.playId, deaf };
  });
}

/** @throws {AppError} when there is nothing to play: the song left meanwhile, or Spotify will not play it (FD8) */
function requireSent(outcome: SubmitOutcome): void {
  if (outcome === 'none') throw new AppError('item_not_found');
  if (outcome === 'dropped') throw new AppError('track_not_found');
}

/** Submits the song behind what plays. @returns false when nothing plays there any more */
async function submitBehind(room: PlayerRoom, itemId: string): Promise<boolean> {
  try {
    requireSent(await submitSong(room, null, toQueue(room), itemId));
    return true;
  } catch (error) {
    if (failedWith(error, 'no_active_device')) return false;
    throw error;
  }
}

/** Skips the play that the song was submitted behind. One that ended by itself meanwhile has made way already. */
async function leavePlay(room: PlayerRoom, playId: string): Promise<void> {
  const claimed = await changePlayer(room.roomId, null, async (tx, state) =>
    state.playId === playId && state.view.track !== null ? claimSkip(tx, state, 'next') : null,
  );
  try {
    if (claimed !== null) await skipClaimed(room, claimed);
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'track_changed')) throw error;
  }
}

/**
 * Plays a waiting song now: submits it behind what plays, which is then skipped, or starts it where nothing plays (FD8). All of it is one
 * command, so that no other one comes in between (CM1).
 *
 * @param itemId a waiting song, which comes first in the queue
 * @throws {SpotifyError} as Spotify refused it
 * @throws {AppError} `track_not_found` when Spotify will not play it, `item_not_found` when it waits no more: then what plays goes on
 */
export function playNow(room: PlayerRoom, by: Asker, itemId: string): Promise<void> {
  return withCommandLock(room.roomId, { ...by, kind: 'play_song' }, async () => {
    const way = await makeWay(room, itemId);
    if (way === null) return;
    const mayQueue = way.playId !== null && !way.deaf;
    const isBehind = way.playId !== null && (way.isSubmitted || (mayQueue && (await submitBehind(room, itemId))));
    if (way.playId !== null && isBehind) await leavePlay(room, way.playId);
    else requireSent(await startOnCommand(room, itemId));
  });
}
