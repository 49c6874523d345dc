import 'server-only';
import { songKey } from '@/lib/shared/queue/song-version';
import type { Track } from '@/lib/shared/snapshot';
import type { Db } from '../db/client';
import { findPlayedAgo, findWaitingKeys } from '../db/queue';
import { findBlocks, findSources } from '../db/queue-rules';
import type { RoomRow } from '../db/rooms';
import type { AddingFacts } from './queue-policy';

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
