import 'server-only';
import { metrics } from '@/lib/server/runtime/metrics';
import { withSpotify } from '@/lib/server/auth/with-spotify';
import type { Db } from '@/lib/server/db/connection/client';
import {
  confirmSubmission,
  deleteSubmissions,
  type SubmissionRow,
  missSubmission,
  releaseSubmission,
} from '@/lib/server/db/submissions';
import { removeSongs } from '@/lib/server/db/queue';
import { passSong } from '@/lib/server/db/plays';
import { bumpRoom } from '@/lib/server/db/room-versions';
import { findBegunTurn } from '@/lib/server/player/state/track-change';
import { liveSubmission, type PlayerRoom } from '@/lib/server/player/state/player-state';
import { isPlayable } from '@/lib/server/player/control/playable';
import { judge, type Verdict } from './judge';
import { applyObservation, changePlayer, type Fence } from '@/lib/server/player/state/store';

/** Ends the submission of a song that the player has passed without a read showing it (FD5). */
async function pass(
  tx: Db,
  room: PlayerRoom,
  { id, itemId }: SubmissionRow,
  how: 'played' | 'skipped',
  unplayable: boolean,
): Promise<void> {
  await deleteSubmissions(tx, [id]);
  if (itemId === null) return;
  if (unplayable) await removeSongs(tx, [itemId], { state: 'unplayable', reason: 'unplayable' });
  else await passSong(tx, room.roomId, itemId, how, await findBegunTurn(tx, room.roomId, itemId));
}

async function conclude(tx: Db, room: PlayerRoom, submission: SubmissionRow, verdict: Verdict, playable: boolean) {
  switch (verdict) {
    case 'there':
      return;
    case 'missed':
      return missSubmission(tx, submission.id);
    case 'lost':
      return releaseSubmission(tx, submission, false);
    case 'stuck':
      return releaseSubmission(tx, submission, true);
    case 'skipped':
    case 'played':
      return pass(tx, room, submission, verdict, !playable);
  }
}

/**
 * Checks whether Spotify has the song that was submitted (FD2, FD5). Call it under the command lock.
 *
 * @returns the verdict, or null when the song has begun, or its submission has ended otherwise
 * @throws {SpotifyError}
 */
export async function verifySubmission(room: PlayerRoom, fence: Fence, submissionId: string): Promise<Verdict | null> {
  // The queue first: a song that begins between the two reads is seen playing then.
  const queue = await withSpotify(room.hostSessionId, (spotify) => spotify.getQueue());
  const seen = await withSpotify(room.hostSessionId, (spotify) => spotify.getPlayback('command'));
  if (seen === null) return 'missed';
  const state = await applyObservation(room.roomId, fence, seen);
  const submission = state === null ? null : liveSubmission(state);
  if (state === null || submission?.id !== submissionId) return null;
  const verdict = judge(submission, state, queue, Date.now());
  metrics().submissionVerdicts.inc({ verdict });
  if (verdict === 'there') {
    await confirmSubmission(submission.id, state.playId);
    return verdict;
  }
  const playable = verdict !== 'skipped' || (await isPlayable(room, submission.track));
  return changePlayer(room.roomId, fence, async (tx, locked) => {
    if (liveSubmission(locked)?.id !== submissionId) return null;
    await conclude(tx, room, submission, verdict, playable);
    if (verdict !== 'missed') await bumpRoom(tx, room.roomId);
    return verdict;
  });
}
