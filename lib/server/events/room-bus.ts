import 'server-only';
import type { RoomHint } from './room-channel';
import { logWorkFailure } from '@/lib/server/runtime/log-failure';
import { runsAsFunction } from '@/lib/server/runtime/env';
import { perProcess } from '@/lib/server/runtime/per-process';
import { type Announce, RoomListener } from './room-listener';

/** Called with the newest version announced, or null for "read again, something may have been missed". */
export type HintHandler = (version: number | null) => void;

/**
 * How often versions are compared with the database even when nothing was heard (EV3), in ms: rarely while announcements arrive, often
 * while they do not.
 */
const compareEveryMs = { hearing: 5_000, deaf: 1_000 } as const;

/** What the bus asks of the database; it knows no tables itself. */
export interface BusDatabase {
  /** The present versions of rooms. */
  readonly readVersions: (roomIds: readonly string[]) => Promise<ReadonlyMap<string, number>>;
  readonly announce: Announce;
}

/**
 * "Room X is at version n", from whichever instance changed it to everybody on this one who asked. Hints only: they may come twice,
 * late or not at all, and a room's subscribers are told to read again after every gap, one of the database's included.
 */
export class RoomBus {
  readonly #handlers = new Map<string, Set<HintHandler>>();
  readonly #listener: RoomListener;
  readonly #database: BusDatabase;
  readonly #heard = new Map<string, number>();
  #hearing = false;
  #comparison: NodeJS.Timeout | null = null;
  #comparing: Promise<void> = Promise.resolve();
  #stopping: Promise<void> = Promise.resolve();

  constructor(database: BusDatabase) {
    this.#database = database;
    this.#listener = new RoomListener(database.announce, {
      onHint: (hint) => this.#tell(hint),
      onHearing: () => {
        this.#hearing = true;
        this.#tellEverybody();
      },
      onDeaf: () => {
        this.#hearing = false;
        this.#compareLater();
      },
    });
  }

  /**
   * Hears of every change of a room from here on. Subscribe first, then read: a change in between is then heard.
   *
   * @returns what ends the subscription
   */
  subscribe(roomId: string, handler: HintHandler): () => void {
    const handlers = this.#handlers.get(roomId) ?? new Set();
    this.#handlers.set(roomId, handlers.add(handler));
    this.#listener.start();
    if (this.#comparison === null) this.#compareLater();
    return () => {
      handlers.delete(handler);
      if (handlers.size > 0 || this.#handlers.get(roomId) !== handlers) return;
      this.#handlers.delete(roomId);
      this.#heard.delete(roomId);
      // A frozen listener would keep its connection (WT9).
      if (this.#handlers.size === 0 && runsAsFunction()) this.#stopping = this.stop();
    };
  }

  /** Whether announcements reach this instance. */
  get hearing(): boolean {
    return this.#hearing;
  }

  /** Ends the connection; it is made again for the next one who subscribes. */
  async stop(): Promise<void> {
    if (this.#comparison !== null) clearTimeout(this.#comparison);
    this.#comparison = null;
    this.#handlers.clear();
    this.#hearing = false;
    await this.#listener.stop();
    await this.#comparing;
  }

  /** Resolves when nothing goes on any more for those who have unsubscribed (WT9). */
  settled(): Promise<void> {
    return this.#stopping;
  }

  #tell({ room, version }: RoomHint): void {
    const handlers = this.#handlers.get(room);
    if (!handlers) return;
    this.#heard.set(room, Math.max(version, this.#heard.get(room) ?? 0));
    for (const handler of handlers) handler(version);
  }

  #tellEverybody(): void {
    for (const handlers of this.#handlers.values()) for (const handler of handlers) handler(null);
  }

  #compareLater(): void {
    if (this.#comparison !== null) clearTimeout(this.#comparison);
    this.#comparison = setTimeout(
      () => {
        this.#comparison = null;
        this.#comparing = this.#compare();
      },
      compareEveryMs[this.#hearing ? 'hearing' : 'deaf'],
    ).unref();
  }

  async #compare(): Promise<void> {
    if (this.#handlers.size === 0) return;
    try {
      const versions = await this.#database.readVersions([...this.#handlers.keys()]);
      for (const [room, version] of versions) {
        if (version > (this.#heard.get(room) ?? 0)) this.#tell({ room, version });
      }
    } catch (error) {
      logWorkFailure('compare', error);
      // They read, fail in their turn, and say so to their streams.
      this.#tellEverybody();
    }
    // Nobody may be left to compare for, and the bus may have been stopped meanwhile.
    if (this.#handlers.size > 0 && this.#comparison === null) this.#compareLater();
  }
}

/** The process's bus. */
export function getRoomBus(database: BusDatabase): RoomBus {
  return perProcess('room-bus', () => new RoomBus(database));
}
