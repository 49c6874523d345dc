import 'server-only';
import { AppError } from '@/lib/server/runtime/app-error';
import type { SkipVoteResponse } from '@/lib/shared/contract/playback';
import { requiredVotes } from '@/lib/shared/rules/skip-threshold';
import type { Db } from '@/lib/server/db/connection/client';
import { findPlay } from '@/lib/server/db/plays';
import { countVotes, deleteVote, insertVote } from '@/lib/server/db/skip-votes';
import { carryOutSkip, type ClaimedPlay, claimSkip } from '@/lib/server/player/control/skip';
import type { PlayerState } from '@/lib/server/player/state/player-state';
import { readPlayerState } from '@/lib/server/player/state/store';
import type { Viewer } from '@/lib/server/session/room-access';
import { changeRoom, type RoomChange } from '@/lib/server/rooms/change-room';
import { toAsker } from './asker';
import { runCommand } from './remote';

interface Tally {
  readonly votes: number;
  readonly required: number;
}

async function tallyOf(tx: Db, viewer: Viewer, playId: string): Promise<Tally> {
  const { votes, recentMembers } = await countVotes(tx, viewer.roomId, playId);
  return { votes, required: requiredVotes(viewer.votesToSkip, recentMembers) };
}

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

/** A vote for a play that is over: done when votes skipped it, otherwise too late (SV6). */
async function lateVote(tx: Db, viewer: Viewer, playId: string): Promise<Cast> {
  const play = await findPlay(tx, viewer.roomId, playId);
  if (play === null || !play.byVote || play.skipState === null) throw new AppError('track_changed');
  return { tally: { ...(await tallyOf(tx, viewer, playId)), skipped: true }, claimed: null };
}

async function cast(change: RoomChange, viewer: Viewer, playId: string): Promise<Cast> {
  const { tx, unchanged } = change;
  const state = await requirePlayer(change);
  if (state.view.track === null || state.playId !== playId) {
    unchanged();
    return lateVote(tx, viewer, playId);
  }
  // The skip is under way or done: the vote has nothing left to do.
  if (state.skipState !== null) {
    unchanged();
    return { tally: { ...(await tallyOf(tx, viewer, playId)), skipped: true }, claimed: null };
  }
  const isNew = await insertVote(tx, viewer.roomId, playId, viewer.memberId);
  const tally = await tallyOf(tx, viewer, playId);
  const reached = tally.votes >= tally.required || viewer.role === 'host';
  const claimed = reached ? await claimSkip(tx, state, 'votes') : null;
  if (!isNew) unchanged();
  return { tally: { ...tally, skipped: claimed !== null }, claimed };
}

/**
 * A member's vote to skip a play. The one that reaches what is required skips, exactly once over all instances (SV3).
 *
 * @throws {AppError} `track_changed`; or Spotify's problem when it refused the skip: the vote stays, and voting again tries
 * again (SV8)
 */
export async function castSkipVote(viewer: Viewer, playId: string): Promise<SkipVoteResponse> {
  const { tally, claimed } = await changeRoom(viewer, { as: 'member' }, (change) => cast(change, viewer, playId));
  if (claimed !== null) await runCommand(viewer, () => carryOutSkip(viewer, toAsker(viewer, 'member'), claimed));
  return tally;
}

/** Takes a member's vote back. A skip that is under way or done stays. @throws {AppError} `track_changed` */
export function withdrawSkipVote(viewer: Viewer, playId: string): Promise<SkipVoteResponse> {
  return changeRoom(viewer, { as: 'member' }, async (change) => {
    const { tx, unchanged } = change;
    const state = await requirePlayer(change);
    if (state.view.track === null || state.playId !== playId) throw new AppError('track_changed');
    if (!(await deleteVote(tx, viewer.roomId, playId, viewer.memberId))) unchanged();
    return { ...(await tallyOf(tx, viewer, playId)), skipped: false };
  });
}
