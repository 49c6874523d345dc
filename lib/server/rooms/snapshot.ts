import 'server-only';
import { requiredVotes } from '@/lib/shared/skip-rule';
import type { Playback, RoomSnapshot, SpotifyState } from '@/lib/shared/snapshot';
import type { SnapshotRow } from '../db/snapshots';
import { type PlayerView, unknownView } from '../player/observation';

function toSpotify(row: SnapshotRow<PlayerView>, now: Date): SpotifyState {
  if (!row.connected) return { status: 'not_connected' };
  if (row.grantEnded) return { status: 'reconnect' };
  const over = row.problemUntil !== null && row.problemUntil <= now;
  if (row.problem === null || over) return { status: 'connected' };
  return {
    status: row.problem,
    ...(row.problemUntil === null ? {} : { retryAt: row.problemUntil.toISOString() }),
    ...(row.problemDetail === null ? {} : { detail: row.problemDetail }),
  };
}

function toPlayback(view: PlayerView, playId: string | null, now: Date): Playback {
  return {
    status: view.status,
    playId,
    track: view.track,
    positionMs: view.positionMs,
    measuredAt: (view.measuredAtMs === 0 ? now : new Date(view.measuredAtMs)).toISOString(),
    device: view.device,
    can: view.can,
  };
}

/**
 * What a room's screens show, field by field (EV5). A pure function: page, `GET` and stream use this one, so that they
 * cannot differ.
 */
export function buildSnapshot(row: SnapshotRow<PlayerView>, now: Date): RoomSnapshot {
  const view = row.view ?? unknownView;
  // Through a silence the play goes on being remembered, but there is nothing to vote on.
  const playId = view.track === null ? null : row.playId;
  const voters = playId === null ? [] : row.voters;
  return {
    version: row.version,
    serverTime: now.toISOString(),
    room: {
      code: row.code,
      name: row.name,
      guestsCanPause: row.guestsCanPause,
      votesToSkip: row.votesToSkip,
      createdAt: row.createdAt.toISOString(),
    },
    members: row.members.map(({ id, name, role, present }) => ({ id, name, role, present })),
    memberCount: row.memberCount,
    presentCount: row.presentCount,
    spotify: toSpotify(row, now),
    playback: toPlayback(view, playId, now),
    skip: { playId, votes: voters.length, required: requiredVotes(row.votesToSkip, row.recentCount), voters },
  };
}
