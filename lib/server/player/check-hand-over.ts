import 'server-only';
import { withSpotify } from '../auth/spotify-access';
import type { Db } from '../db/client';
import { confirmHandOver, deleteHandOvers, type HandOverRow, missHandOver, releaseHandOver } from '../db/hand-overs';
import { dropSongs } from '../db/queue';
import { passSong } from '../db/queue-plays';
import { inRoomTransaction } from '../db/room-transactions';
import { bumpRoom } from '../db/room-versions';
import { turnOf } from './begin-play';
import type { PlayerRoom } from './commands';
import { liveHandOver } from './feed-plan';
import { isPlayable } from './playable';
import { judge, type Verdict } from './reconcile';
import { applyObservation, type Fence, lockPlayerState } from './state';
import type { PlayerTimings } from './timings';

/** Ends a hand-over of a song that the player has passed without anybody seeing it (FD5). */
async function pass(
  tx: Db,
  room: PlayerRoom,
  { id, itemId }: HandOverRow,
  how: 'played' | 'skipped',
  unplayable: boolean,
): Promise<void> {
  await deleteHandOvers(tx, [id]);
  if (itemId === null) return;
  if (unplayable) await dropSongs(tx, [itemId], { state: 'unplayable', reason: 'unplayable' });
  else await passSong(tx, room.roomId, itemId, how, await turnOf(tx, room.roomId, itemId));
}

async function conclude(tx: Db, room: PlayerRoom, handOver: HandOverRow, verdict: Verdict, playable: boolean) {
  switch (verdict) {
    case 'there':
      return;
    case 'missed':
      return missHandOver(tx, handOver.id);
    case 'lost':
      return releaseHandOver(tx, handOver, false);
    case 'stuck':
      return releaseHandOver(tx, handOver, true);
    case 'skipped':
    case 'played':
      return pass(tx, room, handOver, verdict, !playable);
  }
}

/**
 * Looks whether Spotify has the song that it was handed, or may have been (FD2, FD5). Call it in the room's turn.
 *
 * @returns the verdict, or null when the song has begun, or is not handed over any more
 * @throws {SpotifyError}
 */
export async function checkHandOver(
  room: PlayerRoom,
  fence: Fence,
  handOverId: string,
  timings: PlayerTimings,
): Promise<Verdict | null> {
  // The queue first: a song that begins between the two reads is seen playing then.
  const queue = await withSpotify(room.hostSessionId, (spotify) => spotify.getQueue());
  const seen = await withSpotify(room.hostSessionId, (spotify) => spotify.getPlayback('command'));
  if (seen === null) return 'missed';
  const state = await applyObservation(room.roomId, fence, seen, timings);
  const handOver = state === null ? null : liveHandOver(state);
  if (state === null || handOver?.id !== handOverId) return null;
  const verdict = judge(handOver, state, queue, Date.now(), timings);
  if (verdict === 'there') {
    await confirmHandOver(handOver.id, state.playId);
    return verdict;
  }
  const playable = verdict !== 'skipped' || (await isPlayable(room, handOver.track));
  return inRoomTransaction(room.roomId, async (tx) => {
    const locked = await lockPlayerState(tx, room.roomId, fence);
    if (locked === null || liveHandOver(locked)?.id !== handOverId) return null;
    await conclude(tx, room, handOver, verdict, playable);
    if (verdict !== 'missed') await bumpRoom(tx, room.roomId);
    return verdict;
  });
}
