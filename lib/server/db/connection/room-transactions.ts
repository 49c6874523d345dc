import 'server-only';
import { isDatabaseGone } from '@/lib/server/runtime/database-errors';
import { perProcess } from '@/lib/server/runtime/per-process';
import { type Db, inTransaction } from './client';

interface Waiting {
  readonly begin: () => void;
  readonly fail: (error: unknown) => void;
}

/**
 * Runs `work` in one transaction, after those that this process runs for the same room: they would wait for the room's lock anyway, each
 * with a connection that everybody else then lacks. Other instances wait for the lock itself, so `work` takes it all the same.
 *
 * When the database is gone for one of them, the others that wait fail with it, and not one after the other; one that only took too long
 * leaves those behind it alone.
 */
export async function inRoomTransaction<T>(roomId: string, work: (tx: Db) => Promise<T>): Promise<T> {
  const lines = perProcess('room-transactions', () => new Map<string, Waiting[]>());
  const line = lines.get(roomId);
  if (line === undefined) lines.set(roomId, []);
  else await new Promise<void>((begin, fail) => line.push({ begin, fail }));
  try {
    return await inTransaction(work);
  } catch (error) {
    if (isDatabaseGone(error)) for (const { fail } of lines.get(roomId)?.splice(0) ?? []) fail(error);
    throw error;
  } finally {
    const next = lines.get(roomId)?.shift();
    if (next === undefined) lines.delete(roomId);
    else next.begin();
  }
}
