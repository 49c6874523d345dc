import 'server-only';
import { LRUCache } from 'lru-cache';
import type { RoomSnapshot } from '@/lib/shared/contract/snapshot';
import { findSnapshot } from '@/lib/server/db/snapshots';
import { perProcess } from '@/lib/server/runtime/per-process';
import type { PlayerView } from '@/lib/server/player/state/player-view';
import { buildSnapshot } from './snapshot';

/** A snapshot and its JSON, made once for all who want this version. */
export interface SerialisedSnapshot {
  readonly roomId: string;
  readonly ended: boolean;
  readonly peopleVersion: number;
  readonly snapshot: RoomSnapshot;
  readonly text: string;
}

/** Rooms whose last snapshot an instance remembers. */
const rememberedRooms = 500;

const cache = (): LRUCache<string, SerialisedSnapshot> =>
  perProcess('snapshots', () => new LRUCache({ max: rememberedRooms }));
const loading = (): Map<string, Promise<SerialisedSnapshot | null>> => perProcess('snapshot-loads', () => new Map());

/** Reads the room whatever this instance has: something may have been missed. */
export async function reloadSnapshot(roomId: string): Promise<SerialisedSnapshot | null> {
  const row = await findSnapshot<PlayerView>(roomId);
  if (row === null) return null;
  const snapshot = buildSnapshot(row, new Date());
  const { ended, peopleVersion } = row;
  const serialised = { roomId, ended, peopleVersion, snapshot, text: JSON.stringify(snapshot) };
  const known = cache();
  if ((known.get(roomId)?.snapshot.version ?? 0) > snapshot.version) return serialised;
  known.set(roomId, serialised);
  return serialised;
}

/** The room's snapshot as this instance has it, or null when it has none or only one older than `version`. */
export function peekSnapshot(roomId: string, version: number): SerialisedSnapshot | null {
  const known = cache().get(roomId);
  return known !== undefined && known.snapshot.version >= version ? known : null;
}

/**
 * The room's snapshot, at least as new as `version`: what this instance has when that is new enough, else read once for all
 * who ask meanwhile. Null when there is no such room.
 */
export async function getSnapshot(roomId: string, version: number): Promise<SerialisedSnapshot | null> {
  const known = peekSnapshot(roomId, version);
  if (known !== null) return known;
  const running = loading().get(roomId);
  if (running) {
    const loaded = await running;
    // A read that began before the change may have missed it.
    if (loaded !== null && loaded.snapshot.version >= version) return loaded;
  }
  const promise = reloadSnapshot(roomId).finally(() => {
    if (loading().get(roomId) === promise) loading().delete(roomId);
  });
  loading().set(roomId, promise);
  return promise;
}
