import 'server-only';
import type { PlayedSong } from '@/lib/shared/contract/history';
import { findPlayed } from '@/lib/server/db/plays';
import type { Viewer } from '@/lib/server/session/room-access';

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
