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
import { writeView } from '@/lib/server/db/player-state';
import { passSong } from '@/lib/server/db/plays';
import { bumpRoom } from '@/lib/server/db/room-versions';
import { findBegunTurn } from '@/lib/server/player/state/track-change';
import { liveSubmission, type PlayerRoom, type PlayerState } from '@/lib/server/player/state/player-state';
import { heardNothing } from '@/lib/server/player/state/deaf-device';
import { isSilent } from '@/lib/server/player/state/player-view';
import { isUnplayable } from '@/lib/server/player/control/playable';
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

/** From now on songs are started on this device instead; it has none of the copies that nobody wants either (FD13). */
async function noteDeafDevice(tx: Db, state: PlayerState): Promise<void> {
  const { id, expectation, submissions } = state;
  const copies = submissions.filter(({ itemId, checkedPlayId }) => itemId === null && checkedPlayId === null);
  await deleteSubmissions(
    tx,
    copies.map((copy) => copy.id),
  );
  await writeView(tx, id, heardNothing(state), expectation);
}

async function conclude(
  tx: Db,
  room: PlayerRoom,
  state: PlayerState,
  submission: SubmissionRow,
  verdict: Verdict,
  playable: boolean,
): Promise<void> {
  switch (verdict) {
    case 'there':
      return;
    case 'missed':
      return missSubmission(tx, submission.id);
    case 'lost':
      return releaseSubmission(tx, submission, false);
    case 'stuck':
      return releaseSubmission(tx, submission, true);
    case 'ignored':
      if (!playable) return pass(tx, room, submission, 'skipped', true);
      await releaseSubmission(tx, submission, false);
      return noteDeafDevice(tx, state);
    case 'skipped':
    case 'played':
      return pass(tx, room, submission, verdict, !playable);
  }
}

/** Spotify's queue holds it, while this play is on. */
async function confirm({ id }: SubmissionRow, { playId }: PlayerState): Promise<Verdict> {
  metrics().submissionVerdicts.inc({ verdict: 'there' });
  await confirmSubmission(id, playId);
  return 'there';
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
  const known = await changePlayer(room.roomId, fence, (_tx, held) => Promise.resolve(held));
  const expected = known === null ? null : liveSubmission(known);
  if (known === null || expected?.id !== submissionId) return null;
  // Found where it should be while something plays, it needs no second read.
  if (!isSilent(known.view) && judge(expected, known, queue, Date.now()) === 'there') return confirm(expected, known);
  const seen = await withSpotify(room.hostSessionId, (spotify) => spotify.getPlayback('command'));
  if (seen === null) return 'missed';
  const state = await applyObservation(room.roomId, fence, seen);
  const submission = state === null ? null : liveSubmission(state);
  if (state === null || submission?.id !== submissionId) return null;
  const verdict = judge(submission, state, queue, Date.now());
  if (verdict === 'there') return confirm(submission, state);
  metrics().submissionVerdicts.inc({ verdict });
  const isOver = verdict === 'skipped' || verdict === 'ignored';
  const playable = !isOver || !(await isUnplayable(room, submission.track));
  return changePlayer(room.roomId, fence, async (tx, locked) => {
    if (liveSubmission(locked)?.id !== submissionId) return null;
    await conclude(tx, room, locked, submission, verdict, playable);
    if (verdict !== 'missed') await bumpRoom(tx, room.roomId);
    return verdict;
  });
}
