import 'server-only';
import type { Track } from '@/lib/shared/contract/snapshot';
import { findPlayed } from '@/lib/server/db/history';
import type { Viewer } from '@/lib/server/session/room-access';

/** A song that began, as `GET …/history` shows it. */
export interface PlayedSong {
  readonly id: string;
  readonly track: Track;
  /** A member's id; null for a song that nobody here added. */
  readonly addedBy: string | null;
  readonly addedByName: string | null;
  /** ISO 8601, UTC: when it began. */
  readonly playedAt: string;
  readonly skipped: boolean;
}

const listed = 200;

/** What was played in the room, the newest first, 200 at most (QU12); the song that is on is the first. */
export async function listPlayed(viewer: Viewer): Promise<readonly PlayedSong[]> {
  const rows = await findPlayed(viewer.roomId, listed);
  return rows.map(({ id, track, memberId, memberName, begunAt, skipped }) => ({
    id,
    track,
    addedBy: memberId,
    addedByName: memberName,
    playedAt: begunAt.toISOString(),
    skipped,
  }));
}
