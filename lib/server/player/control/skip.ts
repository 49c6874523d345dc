import 'server-only';
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { AppError } from '@/lib/server/runtime/app-error';
import { withSpotify } from '@/lib/server/auth/with-spotify';
import { type Db, getDb } from '@/lib/server/db/connection/client';
import { claimPlay, confirmSkip, releaseSkip } from '@/lib/server/db/plays';
import { SpotifyError } from '@/lib/server/spotify/errors';
import type { SeenPlayback } from '@/lib/server/spotify/playback';
import { sendCommand } from './commands';
import { startOnCommand } from './start-playback';
import { submitSong, toQueue } from './submit-song';
import type { PlayerRoom, PlayerState } from '@/lib/server/player/state/player-state';
import { isDeaf } from '@/lib/server/player/state/deaf-device';
import { applyObservation, loadPlayerState } from '@/lib/server/player/state/store';
import { timings } from '@/lib/server/player/state/timings';
import type { Asker } from './command-line';
import { withCommandLock } from './command-lock';

/** A play whose skip was claimed (SV7). */
export interface ClaimedPlay {
  readonly playId: string;
  readonly trackUri: string;
  /** Names the attempt, so that only it can conclude the skip. */
  readonly holder: string;
}

/**
 * Claims the skip of the play that is on: of all who try, over all instances, one gets it, and has to carry it out (SV7). Call it in the
 * transaction that holds the room.
 *
 * @param state as read in that transaction
 * @returns null when nothing is on, or its skip is under way or done
 */
export async function claimSkip(
  tx: Db,
  { playId, trackUri }: PlayerState,
  by: 'votes' | 'next' | 'unwanted',
): Promise<ClaimedPlay | null> {
  if (playId === null || trackUri === null) return null;
  const holder = randomUUID();
  return (await claimPlay(tx, playId, holder, by === 'votes')) ? { playId, trackUri, holder } : null;
}

function readPlayer(room: PlayerRoom): Promise<SeenPlayback | null> {
  return withSpotify(room.hostSessionId, (spotify) => spotify.getPlayback('command'));
}

/** After a skip whose outcome nobody knows: true once another track is seen, false when this one is still on (SV8). */
async function wasSkipped(room: PlayerRoom, play: ClaimedPlay, sentAt: number): Promise<boolean> {
  for (const offset of timings.confirmMs) {
    await delay(Math.max(0, sentAt + offset - Date.now()));
    const seen = await readPlayer(room).catch((error: unknown) => {
      if (error instanceof SpotifyError) return null;
      throw error;
    });
    if (seen !== null && seen.track?.uri !== play.trackUri) {
      await applyObservation(room.roomId, null, seen);
      return true;
    }
  }
  return false;
}

/** Songs tried before a skip goes on without one: each of them was one that Spotify does not play. */
const songsTried = 3;

/** With songs waiting, a skip plays the first one (FD8). Where it cannot be submitted, the play is skipped all the same. */
async function submitNext(room: PlayerRoom): Promise<void> {
  try {
    for (let tried = 0; tried < songsTried; tried += 1) {
      if ((await submitSong(room, null, toQueue(room))) !== 'dropped') return;
    }
  } catch (error) {
    if (!(error instanceof SpotifyError)) throw error;
  }
}

/** Where nothing gets into the device's queue, a skip starts the first waiting song (FD13). @returns whether one was started */
async function startNext(room: PlayerRoom): Promise<boolean> {
  for (let tried = 0; tried < songsTried; tried += 1) {
    const state = await loadPlayerState(room.roomId);
    if (state === null || !state.songsWait || !isDeaf(state, Date.now())) return false;
    const outcome = await startOnCommand(room, null);
    if (outcome !== 'dropped') return outcome !== 'none';
  }
  return false;
}

async function skipPlay(room: PlayerRoom, play: ClaimedPlay): Promise<void> {
  const seen = await readPlayer(room);
  // An answer without news proves nothing, and a skip must be of this song only.
  if (seen === null) throw new SpotifyError('invalid_response');
  // Nothing at all is a device that fell asleep: Spotify says so, or the last one is woken (CM2).
  if (seen.track !== null && seen.track.uri !== play.trackUri) {
    await applyObservation(room.roomId, null, seen);
    throw new AppError('track_changed');
  }
  if (await startNext(room)) return confirmSkip(play.playId, play.holder);
  await submitNext(room);
  const sentAt = Date.now();
  try {
    await sendCommand(room, { kind: 'next' });
  } catch (error) {
    const unknown = error instanceof SpotifyError && error.outcomeUnknown;
    if (!unknown || !(await wasSkipped(room, play, sentAt))) throw error;
  }
  await confirmSkip(play.playId, play.holder);
}

async function releaseOnFailure(play: ClaimedPlay, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    await releaseSkip(getDb(), play.playId, play.holder);
    throw error;
  }
}

/** As {@link carryOutSkip}, for a caller that has the command lock. */
export function skipClaimed(room: PlayerRoom, play: ClaimedPlay): Promise<void> {
  return releaseOnFailure(play, () => skipPlay(room, play));
}

/**
 * Skips a claimed play: reads that its track is still on, calls Spotify once, and concludes the skip (SV7, SV8). Whatever
 * goes wrong before the outcome is known releases it, so that the play can be skipped again.
 *
 * @throws {SpotifyError} as Spotify refused it
 * @throws {AppError} `track_changed` when the song ended by itself meanwhile
 */
export function carryOutSkip(room: PlayerRoom, by: Asker, play: ClaimedPlay): Promise<void> {
  const press = { ...by, kind: `skip ${play.playId}` };
  return releaseOnFailure(play, () => withCommandLock(room.roomId, press, () => skipPlay(room, play)));
}
