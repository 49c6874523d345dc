import 'server-only';
import { AppError } from '@/lib/server/runtime/app-error';
import type { SkipVoteResponse } from '@/lib/shared/contract/playback';
import type { Db } from '@/lib/server/db/connection/client';
import { findPlay } from '@/lib/server/db/plays';
import { deleteVote, insertVote, ripenVotes } from '@/lib/server/db/skip-votes';
import { carryOutSkip, type ClaimedPlay, claimSkip } from '@/lib/server/player/control/skip';
import { type Tally, tallyVotes } from '@/lib/server/player/control/vote-skip';
import type { PlayerState } from '@/lib/server/player/state/player-state';
import { readPlayerState } from '@/lib/server/player/state/store';
import type { Viewer } from '@/lib/server/session/room-access';
import { changeRoom, type RoomChange } from '@/lib/server/rooms/change-room';
import { toAsker } from './asker';
import { runCommand } from './remote';

/** The room's player, while the room is held: votes that arrive together are counted one after the other (SV3). */
async function requirePlayer({ tx, room }: RoomChange): Promise<PlayerState> {
  const state = await readPlayerState(tx, room.id);
  if (state === null) throw new AppError('room_ended');
  return state;
}

interface Cast {
  readonly tally: SkipVoteResponse;
  /** The play to skip, when this vote was the one that claimed it. */
  readonly claimed: ClaimedPlay | null;
}

const answer = ({ votes, required }: Tally, skipped: boolean): SkipVoteResponse => ({ votes, required, skipped });

/** A vote for a play that is over: done when votes skipped it, otherwise too late (SV6). */
async function lateVote(tx: Db, state: PlayerState, playId: string): Promise<Cast> {
  const play = await findPlay(tx, state.id, playId);
  if (play === null || !play.byVote || play.skipState === null) throw new AppError('track_changed');
  return { tally: answer(await tallyVotes(tx, state, playId), true), claimed: null };
}

async function cast(change: RoomChange, viewer: Viewer, playId: string): Promise<Cast> {
  const { tx, unchanged } = change;
  const state = await requirePlayer(change);
  if (state.view.track === null || state.playId !== playId) {
    unchanged();
    return lateVote(tx, state, playId);
  }
  // The skip is under way or done: the vote has nothing left to do.
  if (state.skipState !== null) {
    unchanged();
    return { tally: answer(await tallyVotes(tx, state, playId), true), claimed: null };
  }
  const isNew = await insertVote(tx, state.id, playId, viewer.memberId);
  await ripenVotes(tx, state.id, playId);
  const tally = await tallyVotes(tx, state, playId);
  const reached = tally.isEnough || viewer.role === 'host';
  const claimed = reached ? await claimSkip(tx, state, 'votes') : null;
  if (!isNew) unchanged();
  return { tally: answer(tally, claimed !== null), claimed };
}

/**
 * A member's vote to skip a play. The one that reaches what is required skips, exactly once over all instances (SV3); that of a guest who has just
 * come does so by itself a moment later (SV10).
 *
 * @throws {AppError} `track_changed`; or Spotify's problem when it refused the skip: the vote stays, and voting again tries
 * again (SV8)
 */
export async function castSkipVote(viewer: Viewer, playId: string): Promise<SkipVoteResponse> {
  const { tally, claimed } = await changeRoom(viewer, { right: 'take_part' }, (change) => cast(change, viewer, playId));
  if (claimed === null) return tally;
  await runCommand(viewer, () => carryOutSkip(viewer, toAsker(viewer, 'take_part'), claimed));
  return tally;
}

/** Takes a member's vote back. A skip that is under way or done stays. @throws {AppError} `track_changed` */
export function withdrawSkipVote(viewer: Viewer, playId: string): Promise<SkipVoteResponse> {
  return changeRoom(viewer, { right: 'take_part' }, async (change) => {
    const { tx, unchanged } = change;
    const state = await requirePlayer(change);
    if (state.view.track === null || state.playId !== playId) throw new AppError('track_changed');
    if (!(await deleteVote(tx, viewer.roomId, playId, viewer.memberId))) unchanged();
    return answer(await tallyVotes(tx, state, playId), false);
  });
}
