import 'server-only';
import { isSameRecording } from '@/lib/shared/queue/song-version';
import type { Track } from '@/lib/shared/snapshot';
import type { Db } from '../db/client';
import { deleteHandOvers, type HandOverRow } from '../db/hand-overs';
import { startPlay } from '../db/player-state';
import { findQueueHistory, findWaitingSongs } from '../db/queue';
import {
  beginSong,
  type BegunTurn,
  countFallbackSong,
  endPlayingSong,
  markUnwanted,
  type SongEnd,
} from '../db/queue-plays';
import { type PlayerView, positionAt } from './observation';
import type { PlayerState } from './player-state';
import { placeSongs } from './queue-order';
import type { PlayerTimings } from './timings';

/** The round a song takes of its member when it begins, and the one that is on from there (OR3). */
export async function turnOf(tx: Db, roomId: string, itemId: string): Promise<BegunTurn> {
  const history = await findQueueHistory(tx, roomId);
  const placed = placeSongs(await findWaitingSongs(tx, roomId), history).find(({ song }) => song.id === itemId);
  // The round that is on, as long as nothing of a later one begins.
  return { turn: placed?.turn ?? null, round: Math.max(history.queueRound, placed?.round ?? 0) };
}

/** How the song that was on ended: near its end it played, before that it was left. */
function endOf(before: PlayerView | null, atMs: number, timings: PlayerTimings): SongEnd {
  if (before?.track == null || before.ranOut) return 'played';
  return positionAt(before, atMs) >= before.track.durationMs - timings.replayWindowMs ? 'played' : 'skipped';
}

/** The hand-overs that Spotify does not have any more once this one began. */
function consumed(handOvers: readonly HandOverRow[], begun: HandOverRow): readonly string[] {
  // What is started at once overtakes what was queued; what is queued plays in the order it was.
  const gone = begun.kind === 'start' ? [begun] : handOvers.slice(0, handOvers.indexOf(begun) + 1);
  return gone.map(({ id }) => id);
}

/**
 * Notes that another play is on: the song of the queue that was on has ended, and the one that begins, if Spotify was handed it, has
 * begun (FD3, FD4). One that nobody wants any more is marked to be skipped (FD7).
 */
export async function beginPlay(
  tx: Db,
  state: PlayerState,
  track: Track,
  view: PlayerView,
  timings: PlayerTimings,
): Promise<void> {
  const { id: roomId, handOvers } = state;
  await endPlayingSong(tx, roomId, endOf(state.view, view.measuredAtMs, timings));
  const playId = await startPlay(tx, roomId, track);
  const begun = handOvers.find((handOver) => isSameRecording(track, handOver.track));
  if (begun === undefined) {
    if (view.contextUri !== null) await countFallbackSong(tx, roomId, view.contextUri);
    return;
  }
  if (begun.itemId === null) await markUnwanted(tx, playId);
  else await beginSong(tx, roomId, begun.itemId, playId, await turnOf(tx, roomId, begun.itemId));
  await deleteHandOvers(tx, consumed(handOvers, begun));
}
