import 'server-only';
import { AppError } from '@/lib/server/runtime/app-error';
import type { SkipVoteResponse } from '@/lib/shared/contract/playback';
import { requiredVotes } from '@/lib/shared/rules/skip-threshold';
import type { Db } from '@/lib/server/db/connection/client';
import { findMember } from '@/lib/server/db/members';
import { inRoomTransaction } from '@/lib/server/db/connection/room-transactions';
import { bumpRoom } from '@/lib/server/db/room-versions';
import { findPlay } from '@/lib/server/db/plays';
import { countVotes, deleteVote, insertVote } from '@/lib/server/db/skip-votes';
import { carryOutSkip, type ClaimedPlay, claimSkip } from '@/lib/server/player/control/skip';
import type { PlayerState } from '@/lib/server/player/state/player-state';
import { lockPlayerState } from '@/lib/server/player/state/store';
import type { Viewer } from '@/lib/server/session/room-access';
import { runCommand } from './remote';

interface Tally {
  readonly votes: number;
  readonly required: number;
}

async function tallyOf(tx: Db, viewer: Viewer, playId: string): Promise<Tally> {
  const { votes, recentMembers } = await countVotes(tx, viewer.roomId, playId);
  return { votes, required: requiredVotes(viewer.votesToSkip, recentMembers) };
}

/** Under the room's lock, so that votes which arrive together are counted one after the other. */
async function lockVoting(tx: Db, viewer: Viewer): Promise<PlayerState> {
  const state = await lockPlayerState(tx, viewer.roomId, null);
  if (state === null) throw new AppError('room_ended');
  const member = await findMember(tx, viewer.roomId, viewer.sessionId);
  if (member?.removed === true) throw new AppError('removed_by_host');
  if (member?.inRoom !== true) {
    throw new AppError('not_a_member', { room: { code: viewer.code, name: viewer.name } });
  }
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

async function cast(tx: Db, viewer: Viewer, playId: string): Promise<Cast> {
  const state = await lockVoting(tx, viewer);
  if (state.view.track === null || state.playId !== playId) return lateVote(tx, viewer, playId);
  // The skip is under way or done: the vote has nothing left to do.
  if (state.skipState !== null) {
    return { tally: { ...(await tallyOf(tx, viewer, playId)), skipped: true }, claimed: null };
  }
  const isNew = await insertVote(tx, viewer.roomId, playId, viewer.memberId);
  const tally = await tallyOf(tx, viewer, playId);
  const reached = tally.votes >= tally.required || viewer.role === 'host';
  const claimed = reached ? await claimSkip(tx, state, 'votes') : null;
  if (isNew) await bumpRoom(tx, viewer.roomId);
  return { tally: { ...tally, skipped: claimed !== null }, claimed };
}

/**
 * A member's vote to skip a play. The one that reaches what is required skips, exactly once over all instances (SV3).
 *
 * @throws {AppError} `track_changed`; or Spotify's problem when it refused the skip: the vote stays, and voting again tries
 * again (SV8)
 */
export async function castSkipVote(viewer: Viewer, playId: string): Promise<SkipVoteResponse> {
  const { tally, claimed } = await inRoomTransaction(viewer.roomId, (tx) => cast(tx, viewer, playId));
  if (claimed !== null) await runCommand(viewer, () => carryOutSkip(viewer, claimed));
  return tally;
}

/** Takes a member's vote back. A skip that is under way or done stays. @throws {AppError} `track_changed` */
export function withdrawSkipVote(viewer: Viewer, playId: string): Promise<SkipVoteResponse> {
  return inRoomTransaction(viewer.roomId, async (tx) => {
    const state = await lockVoting(tx, viewer);
    if (state.view.track === null || state.playId !== playId) throw new AppError('track_changed');
    if (await deleteVote(tx, viewer.roomId, playId, viewer.memberId)) await bumpRoom(tx, viewer.roomId);
    return { ...(await tallyOf(tx, viewer, playId)), skipped: false };
  });
}
