import 'server-only';
import type { RoomHint } from '@/lib/shared/room-channel';
import { errorKind, log } from '../log';
import { perProcess } from '../per-process';
import { RoomListener } from './room-listener';

/** Called with the newest version somebody heard of, or null for "look again, something may have been missed". */
export type HintHandler = (version: number | null) => void;

/** How often versions are compared with the database even when nothing was heard (EV3), in ms. */
const backstopEveryMs = 5_000;

/** Reads the present versions of rooms; the bus itself knows no tables. */
export type ReadVersions = (roomIds: readonly string[]) => Promise<ReadonlyMap<string, number>>;

/**
 * "Room X is at version n", from whichever instance changed it to everybody on this one who asked. Hints only: they may come twice,
 * late or not at all, and a room's subscribers are told to look again after every gap.
 */
export class RoomBus {
  readonly #handlers = new Map<string, Set<HintHandler>>();
  readonly #listener: RoomListener;
  readonly #readVersions: ReadVersions;
  readonly #heard = new Map<string, number>();
  #backstop: NodeJS.Timeout | null = null;

  constructor(readVersions: ReadVersions) {
    this.#readVersions = readVersions;
    this.#listener = new RoomListener({
      onHint: (hint) => this.#tell(hint),
      onReconnect: () => this.#tellEverybody(),
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
    this.#backstop ??= setInterval(() => void this.#compare(), backstopEveryMs).unref();
    return () => {
      handlers.delete(handler);
      if (handlers.size > 0 || this.#handlers.get(roomId) !== handlers) return;
      this.#handlers.delete(roomId);
      this.#heard.delete(roomId);
    };
  }

  /** Ends the connection; for the end of the process and of tests. */
  async stop(): Promise<void> {
    if (this.#backstop !== null) clearInterval(this.#backstop);
    this.#backstop = null;
    this.#handlers.clear();
    await this.#listener.stop();
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

  async #compare(): Promise<void> {
    if (this.#handlers.size === 0) return;
    try {
      const versions = await this.#readVersions([...this.#handlers.keys()]);
      for (const [room, version] of versions) {
        if (version > (this.#heard.get(room) ?? 0)) this.#tell({ room, version });
      }
    } catch (error) {
      log.warn('events.backstop_failed', { error: errorKind(error) });
    }
  }
}

/** The process's bus. */
export function getRoomBus(readVersions: ReadVersions): RoomBus {
  return perProcess('room-bus', () => new RoomBus(readVersions));
}
