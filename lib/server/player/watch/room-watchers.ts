import 'server-only';
import { randomUUID } from 'node:crypto';
import { busDatabase } from '@/lib/server/db/room-versions';
import { getRoomBus } from '@/lib/server/events/room-bus';
import { runsAsFunction } from '@/lib/server/runtime/env';
import { perProcess } from '@/lib/server/runtime/per-process';
import { RoomWatcher } from './room-watcher';
import { timings } from '@/lib/server/player/state/timings';

interface Watch {
  readonly watcher: RoomWatcher;
  readonly unsubscribe: () => void;
  /** Open streams on this instance. */
  streams: number;
  /** Watch runs on this instance (FD11). */
  runs: number;
  interest: NodeJS.Timeout | null;
}

/** Which rooms this instance watches: those with an open stream or a run here, and for a moment those that were just asked for. */
export class RoomWatchers {
  readonly #watches = new Map<string, Watch>();
  /** Watchers that were let go and still have their lease. */
  readonly #stopping = new Map<string, Promise<void>>();
  readonly #holder = randomUUID();
  #closed = false;

  /**
   * Keeps a room watched while a stream is open.
   *
   * @returns what ends it; once
   */
  acquire(roomId: string): () => void {
    const watch = this.#open(roomId, true);
    watch.streams += 1;
    watch.watcher.setAttended(true);
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      watch.streams -= 1;
      if (runsAsFunction()) this.#letGo(roomId, watch);
      // A page that reloads comes back at once; nobody should have to take over in between.
      else this.touch(roomId);
    };
  }

  /**
   * Watches a room without a stream while a watch run goes on here (FD11). A watcher that found nothing to do has stopped by itself: holding the room
   * again brings another one.
   *
   * @returns what ends it; once
   */
  hold(roomId: string): () => void {
    const watch = this.#open(roomId, false);
    watch.runs += 1;
    return () => {
      watch.runs -= 1;
      this.#letGo(roomId, watch);
    };
  }

  /** Keeps a room watched for a moment, so that a page without a stream, or a command, sees what comes of it (WT5). */
  touch(roomId: string): void {
    if (this.#closed) return;
    const watch = this.#open(roomId, true);
    watch.watcher.setAttended(true);
    if (watch.interest !== null) clearTimeout(watch.interest);
    watch.interest = setTimeout(() => {
      watch.interest = null;
      // Songs that wait keep it watched: the watcher stops by itself when there are none (FD10).
      if (watch.streams === 0) watch.watcher.setAttended(false);
    }, timings.interestMs).unref();
  }

  /** Rooms that this instance watches, or waits to watch. */
  get size(): number {
    return this.#watches.size;
  }

  /** Watches a room in which songs wait although no stream is open (FD10). */
  adopt(roomId: string): void {
    if (!this.#closed && !this.#watches.has(roomId)) this.#open(roomId, false);
  }

  /** Stops every watcher and gives the leases back: another instance goes on. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const [roomId, watch] of this.#watches) this.#stop(roomId, watch);
    await this.settled();
  }

  /** Resolves when every watcher that was let go has stopped and given its lease back (WT9). */
  async settled(): Promise<void> {
    await Promise.all(this.#stopping.values());
  }

  #open(roomId: string, attended: boolean): Watch {
    const known = this.#watches.get(roomId);
    if (known && !known.watcher.stopped) return known;
    if (known) this.#forget(roomId, known);
    const watcher = new RoomWatcher(roomId, this.#holder, attended);
    const unsubscribe = getRoomBus(busDatabase).subscribe(roomId, () => watcher.wake());
    const watch: Watch = { watcher, unsubscribe, streams: 0, runs: 0, interest: null };
    this.#watches.set(roomId, watch);
    // One that still stops would give back what this one has taken.
    watcher.start(this.#stopping.get(roomId));
    void watcher.finished.then(() => this.#forget(roomId, watch));
    return watch;
  }

  /** Somebody who kept the room watched is gone; the last one takes the watcher along. */
  #letGo(roomId: string, watch: Watch): void {
    if (watch.streams === 0 && watch.runs === 0) this.#stop(roomId, watch);
    else if (watch.streams === 0) watch.watcher.setAttended(false);
  }

  #forget(roomId: string, watch: Watch): void {
    if (watch.interest !== null) clearTimeout(watch.interest);
    if (this.#watches.get(roomId) === watch) this.#watches.delete(roomId);
    watch.unsubscribe();
  }

  #stop(roomId: string, watch: Watch): void {
    this.#forget(roomId, watch);
    const stopped = watch.watcher.stop().finally(() => {
      if (this.#stopping.get(roomId) === stopped) this.#stopping.delete(roomId);
    });
    this.#stopping.set(roomId, stopped);
  }
}

/** The process's watchers. */
export function getRoomWatchers(): RoomWatchers {
  return perProcess('room-watchers', () => new RoomWatchers());
}
