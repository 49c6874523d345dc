import 'server-only';
import { randomUUID } from 'node:crypto';
import { busDatabase } from '@/lib/server/db/room-versions';
import { getRoomBus } from '@/lib/server/events/room-bus';
import { perProcess } from '@/lib/server/runtime/per-process';
import { RoomWatcher } from './room-watcher';
import { timings } from '@/lib/server/player/state/timings';

interface Watch {
  readonly watcher: RoomWatcher;
  readonly unsubscribe: () => void;
  /** Open streams on this instance. */
  streams: number;
  interest: NodeJS.Timeout | null;
}

/** Which rooms this instance watches: those with an open stream here, and for a moment those that were just asked for. */
export class RoomWatchers {
  readonly #watches = new Map<string, Watch>();
  readonly #holder = randomUUID();
  #closed = false;

  /**
   * Keeps a room watched while a stream is open.
   *
   * @returns what ends it; once
   */
  acquire(roomId: string): () => void {
    const watch = this.#open(roomId);
    watch.streams += 1;
    watch.watcher.setAttended(true);
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      watch.streams -= 1;
      // A page that reloads comes back at once; nobody should have to take over in between.
      this.touch(roomId);
    };
  }

  /** Keeps a room watched for a moment, so that a page without a stream, or a command, sees what comes of it (WT5). */
  touch(roomId: string): void {
    if (this.#closed) return;
    const watch = this.#open(roomId);
    watch.watcher.setAttended(true);
    if (watch.interest !== null) clearTimeout(watch.interest);
    watch.interest = setTimeout(() => {
      watch.interest = null;
      // Songs that wait keep it watched: the watcher stops by itself when there are none (FD10).
      if (watch.streams === 0) watch.watcher.setAttended(false);
    }, timings.interestMs).unref();
  }

  /** Stops every watcher and gives the leases back: another instance goes on. */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([...this.#watches].map(([roomId, watch]) => this.#close(roomId, watch)));
  }

  /** Watches a room in which songs wait although no stream is open (FD10). */
  adopt(roomId: string): void {
    if (this.#closed || this.#watches.has(roomId)) return;
    this.#open(roomId).watcher.setAttended(false);
  }

  #open(roomId: string): Watch {
    const known = this.#watches.get(roomId);
    if (known && !known.watcher.stopped) return known;
    if (known) this.#forget(roomId, known);
    const watcher = new RoomWatcher(roomId, this.#holder);
    const unsubscribe = getRoomBus(busDatabase).subscribe(roomId, () => watcher.wake());
    const watch: Watch = { watcher, unsubscribe, streams: 0, interest: null };
    this.#watches.set(roomId, watch);
    watcher.start();
    void watcher.finished.then(() => this.#forget(roomId, watch));
    return watch;
  }

  #forget(roomId: string, watch: Watch): void {
    if (watch.interest !== null) clearTimeout(watch.interest);
    if (this.#watches.get(roomId) === watch) this.#watches.delete(roomId);
    watch.unsubscribe();
  }

  async #close(roomId: string, watch: Watch): Promise<void> {
    this.#forget(roomId, watch);
    await watch.watcher.stop();
  }
}

/** The process's watchers. */
export function getRoomWatchers(): RoomWatchers {
  return perProcess('room-watchers', () => new RoomWatchers());
}
