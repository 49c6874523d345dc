import 'server-only';
import { requiredVotes } from '@/lib/shared/rules/skip-threshold';
import type { MemberDto, Playback, QueueItemDto, RoomSnapshot, SpotifyState } from '@/lib/shared/contract/snapshot';
import { isAppServed } from '@/lib/server/auth/provider';
import type { SnapshotRow } from '@/lib/server/db/snapshots';
import { type PlayerView, readView } from '@/lib/server/player/state/player-view';
import { listSongs } from '@/lib/server/db/queue-order';
import { toQueueItem, toRoomDto } from './dto';

function toSpotify(row: SnapshotRow<PlayerView>, now: Date): SpotifyState {
  if (!row.connected) return { status: 'not_connected' };
  if (row.grantEnded || !isAppServed(row)) return { status: 'reconnect' };
  const over = row.problemUntil !== null && row.problemUntil <= now;
  if (row.problem === null || over) return { status: 'connected' };
  return {
    status: row.problem,
    ...(row.problemUntil === null ? {} : { retryAt: row.problemUntil.toISOString() }),
    ...(row.problemDetail === null ? {} : { detail: row.problemDetail }),
  };
}

function toPlayback(row: SnapshotRow<PlayerView>, view: PlayerView, playId: string | null, now: Date): Playback {
  const addedBy = playId === null ? null : row.playedFor;
  return {
    status: view.status,
    playId,
    track: view.track,
    positionMs: view.positionMs,
    measuredAt: (view.measuredAtMs === 0 ? now : new Date(view.measuredAtMs)).toISOString(),
    device: view.device,
    can: view.can,
    addedBy: addedBy?.id ?? null,
    addedByName: addedBy?.name ?? null,
  };
}

function toMember(member: SnapshotRow<PlayerView>['members'][number]): MemberDto {
  const { id, name, role, present, coHost, trusted } = member;
  return { id, name, role, present, ...(coHost ? { coHost: true } : {}), ...(trusted ? { trusted: true } : {}) };
}

/** What members and queue may take up of a snapshot together, in bytes: it is sent to everybody with every change. */
const listBytes = 56_000;

/** What the queue may take up however long people's names are, and at most. */
const leastQueueBytes = 16_000;
const mostQueueBytes = 40_000;

const bytesOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));

/** As many of the first songs as a snapshot has room for, and the first one always; `GET …/queue` has all of them. */
function fitting(queue: readonly QueueItemDto[], members: readonly MemberDto[]): readonly QueueItemDto[] {
  const room = Math.min(mostQueueBytes, Math.max(leastQueueBytes, listBytes - bytesOf(members)));
  let bytes = 0;
  const end = queue.findIndex((item) => (bytes += bytesOf(item)) > room);
  return end < 0 ? queue : queue.slice(0, Math.max(1, end));
}

/**
 * What a room's pages show, field by field (EV5). A pure function: page, `GET` and stream use this one, so that they
 * cannot differ.
 */
export function buildSnapshot(row: SnapshotRow<PlayerView>, now: Date): RoomSnapshot {
  const view = readView(row.view);
  // Through a silence the play goes on being remembered, but there is nothing to vote on.
  const playId = view.track === null ? null : row.playId;
  const voters = playId === null ? [] : row.voters;
  const members = row.members.map(toMember);
  const queue = listSongs(row.songs, row).map(toQueueItem);
  return {
    version: row.version,
    serverTime: now.toISOString(),
    room: toRoomDto(row),
    members,
    memberCount: row.memberCount,
    presentCount: row.presentCount,
    waitingCount: row.waitingCount,
    spotify: toSpotify(row, now),
    playback: toPlayback(row, view, playId, now),
    skip: { playId, votes: voters.length, required: requiredVotes(row.votesToSkip, row.recentCount), voters },
    queue: fitting(queue, members),
    queueCount: queue.length,
    ...(row.runFailed && queue.length > 0 ? { queueNeedsPage: true } : {}),
    dropped: row.dropped.map(({ id, name, addedBy, reason, at }) => ({
      id,
      name,
      addedBy,
      reason,
      at: new Date(at).toISOString(),
    })),
  };
}
