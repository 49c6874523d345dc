import 'server-only';
import type { Track } from '@/lib/shared/contract/snapshot';
import { metrics } from '@/lib/server/runtime/metrics';
import { withSpotify } from '@/lib/server/auth/with-spotify';
import type { Db } from '@/lib/server/db/connection/client';
import {
  adoptSubmission,
  confirmSubmission,
  type SubmissionRow,
  insertSubmission,
  releaseSubmission,
} from '@/lib/server/db/submissions';
import { removeSongs, findOrderContext, findWaitingSongs } from '@/lib/server/db/queue';
import { bumpRoom } from '@/lib/server/db/room-versions';
import { SpotifyError } from '@/lib/server/spotify/errors';
import { handOverAt } from '@/lib/server/player/state/lead';
import { noteAnswer, noteFailure } from './command-circuit';
import { asNoDevice } from './last-device';
import { isSongsFault } from './playable';
import { liveSubmission, type PlayerRoom, type PlayerState } from '@/lib/server/player/state/player-state';
import { placeSongs } from '@/lib/server/db/queue-order';
import { changePlayer, type Fence } from '@/lib/server/player/state/store';

/** What came of submitting a song. */
export type SubmitOutcome =
  /** Spotify has it. */
  | 'done'
  /** Nobody knows; Spotify's queue is read in a while (FD2). */
  | 'unsure'
  /** It waits again; something has to change, or time has to pass. */
  | 'failed'
  /** Spotify will not play it: it left the queue, and the next one may be tried. */
  | 'dropped'
  /** No song waits, one is submitted already, or the room or the lease is gone. */
  | 'none';

/** How a song gets to Spotify: behind what plays, or at once. */
export interface Delivery {
  readonly kind: SubmissionRow['kind'];
  /** @throws {SpotifyError} */
  readonly send: (track: Track) => Promise<void>;
}

interface MarkedSong {
  readonly submission: { readonly id: string; readonly itemId: string };
  readonly track: Track;
  /** Spotify has it from before. */
  readonly isThere: boolean;
}

/** The last submission, which nobody wanted since, is of the same song: it need not be submitted again (FD7). */
function findAdoptable({ submissions }: PlayerState, track: Track): SubmissionRow | null {
  const last = submissions.at(-1);
  return last?.itemId === null && last.confirmed && last.track.uri === track.uri ? last : null;
}

async function markSubmission(
  tx: Db,
  state: PlayerState,
  kind: SubmissionRow['kind'],
  wantedId: string | null,
): Promise<MarkedSong | null> {
  if (liveSubmission(state) !== null) return null;
  const waiting = placeSongs(await findWaitingSongs(tx, state.id), await findOrderContext(tx, state.id));
  const song = (wantedId === null ? waiting[0] : waiting.find((placed) => placed.song.id === wantedId))?.song;
  if (song === undefined) return null;
  const { track } = song;
  const adoptable = kind === 'queue' ? findAdoptable(state, track) : null;
  if (adoptable !== null) {
    await adoptSubmission(tx, adoptable.id, song.id);
    return { submission: { id: adoptable.id, itemId: song.id }, track, isThere: true };
  }
  const { view } = state;
  const id = await insertSubmission(tx, state.id, {
    itemId: song.id,
    track,
    kind,
    playId: state.playId,
    deviceId: state.deviceId,
    contextUri: view.contextUri,
    dueAtMs: Math.max(Date.now(), handOverAt(view, state.earlyEnds) ?? 0),
  });
  return { submission: { id, itemId: song.id }, track, isThere: false };
}

/** Takes back a submission that Spotify refused; a song that it will never play leaves, and its member is told (FD2). */
async function releaseRefused(room: PlayerRoom, { submission }: MarkedSong, unplayable: boolean): Promise<void> {
  await changePlayer(room.roomId, null, async (tx, state) => {
    const stored = state.submissions.find(({ id }) => id === submission.id);
    if (stored === undefined) return;
    await releaseSubmission(tx, stored, false);
    if (unplayable) await removeSongs(tx, [submission.itemId], { state: 'unplayable', reason: 'unplayable' });
    await bumpRoom(tx, room.roomId);
  });
}

/**
 * Submits the first waiting song to Spotify, or the one that is wanted. Its mark is written before the call and taken back after a
 * refusal, so that no crash in between loses or doubles it (FD1, FD2). Call it under the command lock.
 *
 * @param fence the watcher's; null for a command
 * @param wantedId a waiting song; null for the first one
 * @throws {SpotifyError} with `failed`'s reason, where the caller wants to know: the mark has been taken back before
 */
export async function submitSong(
  room: PlayerRoom,
  fence: Fence | null,
  delivery: Delivery,
  wantedId: string | null = null,
): Promise<SubmitOutcome> {
  const marked = await changePlayer(room.roomId, fence, async (tx, state) => {
    const wanted = await markSubmission(tx, state, delivery.kind, wantedId);
    if (wanted !== null) await bumpRoom(tx, room.roomId);
    return wanted;
  });
  if (marked === null) return 'none';
  const count = (outcome: string): void => metrics().submissions.inc({ kind: delivery.kind, outcome });
  if (marked.isThere) {
    count('adopted');
    return 'done';
  }
  try {
    await delivery.send(marked.track);
  } catch (error) {
    if (!(error instanceof SpotifyError)) throw error;
    if (error.outcomeUnknown) {
      count('unsure');
      // Thrown no further: whoever pressed is not refused, and what became of it is looked for.
      if (fence === null) noteFailure(room.roomId, error);
      return 'unsure';
    }
    const unplayable = await isSongsFault(room, marked.track, error);
    count(unplayable ? 'dropped' : error.kind);
    await releaseRefused(room, marked, unplayable);
    if (unplayable) return 'dropped';
    throw delivery.kind === 'start' ? asNoDevice(error) : error;
  }
  noteAnswer(room.roomId);
  await confirmSubmission(marked.submission.id);
  count('ok');
  return 'done';
}

/** Puts a song behind what plays, without a break (FD1). */
export function toQueue(room: PlayerRoom): Delivery {
  return {
    kind: 'queue',
    send: (track) => withSpotify(room.hostSessionId, (spotify) => spotify.addToQueue(track.uri)),
  };
}
