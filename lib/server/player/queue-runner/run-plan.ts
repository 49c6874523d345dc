import 'server-only';
import { AppError } from '@/lib/server/runtime/app-error';
import { withSpotify } from '@/lib/server/auth/with-spotify';
import { writeView } from '@/lib/server/db/player-state';
import { isRefusal } from '@/lib/server/player/control/playable';
import { heardNothing } from '@/lib/server/player/state/deaf-device';
import { startOverAt } from '@/lib/server/player/state/lead';
import { rewindFallback } from '@/lib/server/db/playlists';
import { getDb } from '@/lib/server/db/connection/client';
import { failedWith, SpotifyError } from '@/lib/server/spotify/errors';
import { verifySubmission } from './verify-submission';
import { recordFailure } from '@/lib/server/player/control/outcome';
import { type QueuePlan } from './queue-plan';
import { type SubmitOutcome, submitSong, toQueue } from '@/lib/server/player/control/submit-song';
import { isSilent } from '@/lib/server/player/state/player-view';
import { type PlayerRoom, type PlayerState } from '@/lib/server/player/state/player-state';
import { carryOutSkip, claimSkip } from '@/lib/server/player/control/skip';
import { claimByWaitingVotes } from '@/lib/server/player/control/vote-skip';
import { startPlaylist, startSong } from '@/lib/server/player/control/start-playback';
import { applyObservation, changePlayer, type Fence, loadPlayerState } from '@/lib/server/player/state/store';
import type { Asker } from '@/lib/server/player/control/command-line';
import { withCommandLock } from '@/lib/server/player/control/command-lock';

/** What came of a plan: it happened, Spotify took it and what it brings is to be seen, or it is to be tried again after a while. */
export type RunOutcome = 'done' | 'sent' | 'again';

/** The queue as one that asks: it goes before guests' presses, and does nothing any more in a room that has ended. */
function queueOf({ roomId }: PlayerRoom): Asker {
  const check = async (): Promise<void> => {
    const state = await loadPlayerState(roomId);
    if (state === null || state.ended) throw new AppError('room_ended');
  };
  return { memberId: null, first: true, check };
}

/** A song that repeats would keep the queue waiting for ever: the playlist repeats in its place. */
async function endRepetition(room: PlayerRoom): Promise<void> {
  const state = await loadPlayerState(room.roomId);
  if (state?.view.repeatsTrack === true) {
    await withSpotify(room.hostSessionId, (spotify) => spotify.setRepeat('context'));
  }
}

/** A song that Spotify took is not there yet; what was dropped makes way for the next one. */
const sent = (outcome: SubmitOutcome): RunOutcome => (outcome === 'done' || outcome === 'unsure' ? 'sent' : 'done');

/** One more read before something is started: a read that is half a minute old may have missed the host's own press. */
async function stillSilent(room: PlayerRoom, fence: Fence): Promise<PlayerState | null> {
  const seen = await withSpotify(room.hostSessionId, (spotify) => spotify.getPlayback('command'));
  const state = seen === null ? null : await applyObservation(room.roomId, fence, seen);
  return state !== null && isSilent(state.view) ? state : null;
}

async function start(room: PlayerRoom, fence: Fence): Promise<RunOutcome> {
  if ((await stillSilent(room, fence)) === null) return 'done';
  return sent(await startSong(room, fence));
}

/** How long before the end of what plays a refusal is the last one: the next try would come too late, in ms. */
const lastTryMs = 6_000;

/** Submits the first song behind what plays. What is refused until that ends is started in its place then (FD14). */
async function submitBehind(room: PlayerRoom, fence: Fence): Promise<SubmitOutcome> {
  try {
    return await submitSong(room, fence, toQueue(room));
  } catch (error) {
    if (!isRefusal(error)) throw error;
    await changePlayer(room.roomId, fence, async (tx, state) => {
      const leftMs = (startOverAt(state.view, state.earlyEnds) ?? Infinity) - Date.now();
      if (leftMs < lastTryMs) await writeView(tx, room.roomId, heardNothing(state), state.expectation);
    });
    throw error;
  }
}

/** The song that plays is at its end, and the first waiting one did not get behind it (FD13). */
async function startOver(room: PlayerRoom, fence: Fence): Promise<RunOutcome> {
  const state = await changePlayer(room.roomId, fence, (_tx, held) => Promise.resolve(held));
  return state?.songsWait === true ? sent(await startSong(room, fence)) : 'done';
}

/** Starts the host's playlist where it left off; past its end, from the beginning. */
async function fallBack(room: PlayerRoom, fence: Fence): Promise<RunOutcome> {
  const state = await stillSilent(room, fence);
  if (state === null || state.songsWait || state.fallbackUri === null) return 'done';
  try {
    await startPlaylist(room, state.fallbackUri, state.fallbackPlayed);
  } catch (error) {
    const isPastEnd = failedWith(error, 'bad_request', 'not_found', 'restricted');
    if (!isPastEnd || state.fallbackPlayed === 0) throw error;
    // Only a playlist that plays from its first song was past its end (FD14).
    await startPlaylist(room, state.fallbackUri, 0);
    await rewindFallback(getDb(), room.roomId);
  }
  return 'done';
}

/** The song that plays is at its end: the host's playlist follows, unless a song was added meanwhile. */
async function takeOver(room: PlayerRoom, fence: Fence): Promise<RunOutcome> {
  const state = await changePlayer(room.roomId, fence, (_tx, held) => Promise.resolve(held));
  if (state?.fallbackUri == null || state.fallbackPlayed > 0 || state.songsWait) return 'done';
  await startPlaylist(room, state.fallbackUri, 0);
  return 'done';
}

/** Skips what plays and nobody wants, by the same way as any skip (FD7, SV7). */
async function skipUnwanted(room: PlayerRoom, fence: Fence): Promise<RunOutcome> {
  const play = await changePlayer(room.roomId, fence, async (tx, state) =>
    state.unwanted ? claimSkip(tx, state, 'unwanted') : null,
  );
  if (play !== null) await carryOutSkip(room, queueOf(room), play);
  return 'done';
}

/** Votes that waited decide by themselves: nobody has to press again (SV10). */
async function skipByWaitingVotes(room: PlayerRoom, fence: Fence): Promise<RunOutcome> {
  const play = await changePlayer(room.roomId, fence, claimByWaitingVotes);
  if (play !== null) await carryOutSkip(room, queueOf(room), play);
  return 'done';
}

async function runStep(room: PlayerRoom, fence: Fence, plan: QueuePlan): Promise<RunOutcome> {
  switch (plan.kind) {
    case 'submit':
      await endRepetition(room);
      // What was sent is verified by a plan of its own.
      return sent(await submitBehind(room, fence));
    case 'start':
      return start(room, fence);
    case 'start_over':
      return startOver(room, fence);
    case 'start_fallback':
      return fallBack(room, fence);
    case 'take_over':
      return takeOver(room, fence);
    case 'verify': {
      const verdict = await verifySubmission(room, fence, plan.submission.id);
      // What Spotify took and did not do is not asked of it again and again.
      return verdict === 'missed' || verdict === 'lost' ? 'again' : 'done';
    }
    case 'skip_unwanted':
      return skipUnwanted(room, fence);
    case 'count_votes':
      return skipByWaitingVotes(room, fence);
  }
}

/** A lock that another instance has, perhaps a dead one's, is not waited for longer, in ms: reads go on meanwhile. */
const lockWaitMs = 250;

/**
 * Does what the room's queue asks for, under the command lock (FD9). What Spotify refuses is shown in the room and tried again later.
 */
export async function runQueuePlan(room: PlayerRoom, fence: Fence, plan: QueuePlan): Promise<RunOutcome> {
  try {
    // A skip takes the lock by itself.
    if (plan.kind === 'skip_unwanted' || plan.kind === 'count_votes') return await runStep(room, fence, plan);
    const press = { ...queueOf(room), kind: plan.kind };
    return await withCommandLock(room.roomId, press, () => runStep(room, fence, plan), { waitMs: lockWaitMs });
  } catch (error) {
    if (error instanceof SpotifyError) await recordFailure(room, error);
    // The lock was not free in time, or the song ended by itself meanwhile.
    else if (!(error instanceof AppError)) throw error;
    return 'again';
  }
}
