import 'server-only';
import { isSameRecording } from '@/lib/shared/rules/song-identity';
import type { Track } from '@/lib/shared/contract/snapshot';
import type { Db } from '@/lib/server/db/connection/client';
import { deleteSubmissions, type SubmissionRow } from '@/lib/server/db/submissions';
import { beginSong, type BegunTurn, endPlayingSong, markUnwanted, startPlay } from '@/lib/server/db/plays';
import { findOrderContext, findWaitingSongs } from '@/lib/server/db/queue';
import { writeEarlyEnds } from '@/lib/server/db/player-state';
import { countFallbackSong } from '@/lib/server/db/playlists';
import { endOfPlay } from './play-end';
import type { PlayerView } from './player-view';
import type { PlayerState } from './player-state';
import { placeSongs } from '@/lib/server/db/queue-order';

/** The fairness round that a song uses up for its member when it begins, and the room's current round afterwards (OR3). */
export async function findBegunTurn(tx: Db, roomId: string, itemId: string): Promise<BegunTurn> {
  const history = await findOrderContext(tx, roomId);
  const placed = placeSongs(await findWaitingSongs(tx, roomId), history).find(({ song }) => song.id === itemId);
  // The round that is on, as long as nothing of a later one begins.
  return { turn: placed?.turn ?? null, round: Math.max(history.queueRound, placed?.round ?? 0) };
}

/** The submissions that Spotify does not have any more once this one began. */
function consumedSubmissions(submissions: readonly SubmissionRow[], begun: SubmissionRow): readonly string[] {
  // What is started at once overtakes what was queued; what is queued plays in the order it was.
  const gone = begun.kind === 'start' ? [begun] : submissions.slice(0, submissions.indexOf(begun) + 1);
  return gone.map(({ id }) => id);
}

/**
 * Records that a new track started: ends the previous play and its song, links the new play to the song that was submitted (FD3, FD4),
 * and marks one that nobody wants any more, to be skipped (FD7).
 */
export async function recordTrackChange(tx: Db, state: PlayerState, track: Track, view: PlayerView): Promise<void> {
  const { id: roomId, submissions } = state;
  const { how, earlyEnds } = endOfPlay(state, view);
  await endPlayingSong(tx, roomId, how);
  if (earlyEnds !== state.earlyEnds) await writeEarlyEnds(tx, roomId, earlyEnds);
  const playId = await startPlay(tx, roomId, track);
  const same = submissions.filter((submission) => isSameRecording(track, submission.track));
  // What was started overtakes a copy that Spotify may have in its queue.
  const begun = same.find(({ kind, itemId }) => kind === 'start' && itemId !== null) ?? same[0];
  if (begun === undefined) {
    if (view.contextUri !== null) await countFallbackSong(tx, roomId, view.contextUri);
    return;
  }
  if (begun.itemId === null) await markUnwanted(tx, playId);
  else await beginSong(tx, roomId, begun.itemId, playId, await findBegunTurn(tx, roomId, begun.itemId));
  await deleteSubmissions(tx, consumedSubmissions(submissions, begun));
}
