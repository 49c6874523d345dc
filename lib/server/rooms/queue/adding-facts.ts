import 'server-only';
import { songKey } from '@/lib/shared/rules/song-identity';
import type { Track } from '@/lib/shared/contract/snapshot';
import type { Db } from '@/lib/server/db/connection/client';
import { findPlayedAgo, findWaitingKeys } from '@/lib/server/db/queue';
import { findBlocks, findSources } from '@/lib/server/db/queue-rules';
import type { RoomRow } from '@/lib/server/db/rooms';
import type { AddingFacts } from './adding-rules';

/** Everything that decides whether these songs are taken, as it is now. */
export async function loadAddingFacts(db: Db, room: RoomRow, tracks: readonly Track[]): Promise<AddingFacts> {
  const asked = { uris: tracks.map(({ uri }) => uri), songKeys: tracks.map(songKey) };
  return {
    settings: room,
    waiting: await findWaitingKeys(db, room.id),
    blocks: await findBlocks(db, room.id),
    sources: await findSources(db, room.id, asked),
    playedAgoMs: await findPlayedAgo(db, room.id, room.replayAfterMs === null ? [] : asked.songKeys),
  };
}
