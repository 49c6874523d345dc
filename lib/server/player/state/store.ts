import 'server-only';
import { type Db, getDb } from '@/lib/server/db/connection/client';
import { holdsLease } from '@/lib/server/db/leases';
import {
  clearProblem,
  findPlayerState,
  noteRead,
  type RoomProblem,
  writeExpectation,
  writeProblem,
  writeView,
} from '@/lib/server/db/player-state';
import { inRoomTransaction } from '@/lib/server/db/connection/room-transactions';
import { bumpRoom } from '@/lib/server/db/room-versions';
import { lockRooms } from '@/lib/server/db/rooms';
import { releaseSkip } from '@/lib/server/db/plays';
import { problemDetail } from '@/lib/server/spotify/problems';
import type { SpotifyError, SpotifyErrorKind } from '@/lib/server/spotify/errors';
import type { SeenPlayback } from '@/lib/server/spotify/playback';
import { recordTrackChange } from './track-change';
import type { Expectation } from './expectation';
import { leadMs } from './lead';
import { readView } from './player-view';
import { observe } from './observation';
import type { PlayerState } from './player-state';
import { timings } from './timings';

/** Proof that a watcher still holds its lease; checked in the transaction that writes (WT2). */
export interface Fence {
  readonly holder: string;
  readonly fence: number;
}

/** The stored player of a room, or null when there is no such room. */
export async function readPlayerState(db: Db, roomId: string): Promise<PlayerState | null> {
  const row = await findPlayerState(db, roomId);
  if (row === null) return null;
  return { ...row, view: readView(row.view), expectation: row.expectation as Expectation | null };
}

/** The same outside a transaction. */
export function loadPlayerState(roomId: string): Promise<PlayerState | null> {
  return readPlayerState(getDb(), roomId);
}

/**
 * Runs `work` in one transaction that holds the room, with the state of its player. `work` announces what it changed.
 *
 * @param fence a watcher's; null for a command
 * @returns null, without `work`, when the room has ended or the fence has fallen
 */
export function changePlayer<T>(
  roomId: string,
  fence: Fence | null,
  work: (tx: Db, state: PlayerState) => Promise<T>,
): Promise<T | null> {
  return inRoomTransaction(roomId, async (tx) => {
    await lockRooms(tx, [roomId]);
    const state = await readPlayerState(tx, roomId);
    if (state === null || state.ended) return null;
    if (fence !== null && !(await holdsLease(tx, roomId, fence.holder, fence.fence))) return null;
    return work(tx, state);
  });
}

/** Problems that a good read disproves. A missing Premium shows only in commands. */
const disprovedByRead: ReadonlySet<RoomProblem> = new Set(['rate_limited', 'unavailable', 'not_allowed', 'reconnect']);

/** Frees the skip of a play that goes on although it should have been left (SV8, SV9). */
async function freeFailedSkip(db: Db, state: PlayerState, seen: SeenPlayback): Promise<void> {
  const { playId, skipState, skipHolder, skipAgeMs } = state;
  if (playId === null || skipState === null || skipHolder === null || skipAgeMs === null) return;
  const limitMs = skipState === 'calling' ? timings.claimMs : timings.expectationMs;
  if (skipAgeMs >= limitMs && seen.track?.uri === state.trackUri) await releaseSkip(db, playId, skipHolder);
}

/**
 * Brings the room up to what was seen of its player: writes and announces only what a person would notice (PB1).
 *
 * @param fence the watcher's; null for a command's read
 * @returns the state afterwards, or null when the room ended or the lease was lost, and nothing was written
 */
export function applyObservation(roomId: string, fence: Fence | null, seen: SeenPlayback): Promise<PlayerState | null> {
  return changePlayer(roomId, fence, async (tx, state) => {
    const observation = observe(
      {
        view: state.view,
        playTrackUri: state.trackUri,
        skipped: state.skipState === 'done',
        expectation: state.expectation,
        leadMs: leadMs(state.earlyEnds),
        started: state.submissions.find(({ kind, itemId }) => kind === 'start' && itemId !== null)?.track ?? null,
      },
      seen,
    );
    if (observation.play === 'same') await freeFailedSkip(tx, state, seen);
    if (observation.play === 'new' && observation.view.track !== null) {
      await recordTrackChange(tx, state, observation.view.track, observation.view);
    }
    if (observation.changed) await writeView(tx, roomId, observation.view, observation.expectation);
    else if (observation.expectation !== state.expectation) await writeExpectation(tx, roomId, observation.expectation);
    const cured = state.problem !== null && disprovedByRead.has(state.problem);
    if (cured) await clearProblem(tx, roomId);
    await noteRead(tx, roomId, seen.deviceActive ? seen.deviceId : null);
    if (observation.changed || cured) await bumpRoom(tx, roomId);
    return readPlayerState(tx, roomId);
  });
}

const problems: Partial<Record<SpotifyErrorKind, RoomProblem>> = {
  account_not_allowed: 'not_allowed',
  owner_not_premium: 'not_allowed',
  premium_required: 'premium_required',
  missing_scope: 'reconnect',
  grant_ended: 'reconnect',
  rate_limited: 'rate_limited',
  quota_exceeded: 'rate_limited',
  paused: 'rate_limited',
  app_refused: 'not_allowed',
  own_app_refused: 'not_allowed',
  server_error: 'unavailable',
  timeout: 'unavailable',
  network: 'unavailable',
  invalid_response: 'unavailable',
  unauthorized: 'unavailable',
};

/** Shows a failure of Spotify in the room, where it is one that a room shows. Announced only when it is news. */
export async function recordProblem(roomId: string, fence: Fence | null, error: SpotifyError): Promise<void> {
  const problem = problems[error.kind];
  if (problem === undefined) return;
  await changePlayer(roomId, fence, async (tx, state) => {
    const until = error.retryAfterSeconds;
    const known = state.problem === problem && (until === null) === (state.problemUntil === null);
    if (known && (state.problemUntil === null || state.problemUntil.getTime() > Date.now())) return;
    await writeProblem(tx, roomId, { problem, detail: problemDetail(error.kind) ?? null, untilSeconds: until });
    await bumpRoom(tx, roomId);
  });
}
