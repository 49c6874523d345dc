import 'server-only';
import { requiredVotes } from '@/lib/shared/rules/skip-threshold';
import type { Db } from '@/lib/server/db/connection/client';
import { countVotes, ripenVotes } from '@/lib/server/db/skip-votes';
import type { PlayerState } from '@/lib/server/player/state/player-state';
import { type ClaimedPlay, claimSkip } from './skip';

export interface Tally {
  readonly votes: number;
  readonly required: number;
  /** Whether enough of them decide (SV10). */
  readonly isEnough: boolean;
}

/** The votes to skip a play, all of them, and what they come to. */
export async function tallyVotes(
  tx: Db,
  { id, votesToSkip }: Pick<PlayerState, 'id' | 'votesToSkip'>,
  playId: string,
): Promise<Tally> {
  const { votes, deciding, recentMembers } = await countVotes(tx, id, playId);
  const required = requiredVotes(votesToSkip, recentMembers);
  return { votes, required, isEnough: deciding >= required };
}

/**
 * Skips what plays when a vote that waited decides from now on, and is enough (SV10). Call it in the transaction that holds the room.
 *
 * @returns the play to skip; null when nothing came of it
 */
export async function claimByWaitingVotes(tx: Db, state: PlayerState): Promise<ClaimedPlay | null> {
  const { playId } = state;
  if (playId === null || state.view.track === null || state.skipState !== null) return null;
  if ((await ripenVotes(tx, state.id, playId)) === 0) return null;
  return (await tallyVotes(tx, state, playId)).isEnough ? claimSkip(tx, state, 'votes') : null;
}
