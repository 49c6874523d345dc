import type { RoomSnapshot, RoomView, You } from '@/lib/shared/snapshot';
import { ApiError } from './api-error';
import { type Connection, openRoomStream } from './room-stream';

/** A failure that the page shows until it is dismissed or something works again. */
export interface ShownError {
  readonly code: ApiError['code'];
  readonly detail: string;
  readonly atMs: number;
}

/** What a press will bring, shown before the server says so; gone with the next snapshot. */
export interface Overlay {
  readonly playing?: boolean;
  readonly voted?: boolean;
}

export interface RoomState {
  readonly snapshot: RoomSnapshot;
  readonly you: You;
  readonly connection: Connection;
  /** How far the server's clock is ahead of this device's, in ms. */
  readonly clockOffsetMs: number;
  readonly overlay: Overlay;
  readonly error: ShownError | null;
}

/** A page's room: the newest snapshot, who you are in it, and how the connection stands. For `useSyncExternalStore`. */
export class RoomStore {
  #state: RoomState;
  readonly #listeners = new Set<() => void>();

  constructor(initial: RoomView) {
    this.#state = {
      snapshot: initial.snapshot,
      you: initial.you,
      connection: { kind: 'connecting' },
      clockOffsetMs: 0,
      overlay: {},
      error: null,
    };
  }

  readonly getState = (): RoomState => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Opens the stream. @returns what closes it */
  start(): () => void {
    return openRoomStream(this.#state.snapshot.room.code, {
      onSnapshot: (snapshot) => this.receiveSnapshot(snapshot),
      onYou: (you) => this.receiveYou(you),
      onConnection: (connection) => this.receiveConnection(connection),
    });
  }

  /** Takes a snapshot, unless what is shown is as new; an overlay has done its work then. */
  receiveSnapshot(snapshot: RoomSnapshot): void {
    if (snapshot.version <= this.#state.snapshot.version) return;
    this.#set({ snapshot, overlay: {} });
  }

  receiveYou(you: You): void {
    this.#set({ you, clockOffsetMs: Date.parse(you.serverTime) - Date.now() });
  }

  receiveConnection(connection: Connection): void {
    const known = this.#state.connection;
    if (known.kind === connection.kind && (connection.kind === 'live' || connection.kind === 'connecting')) return;
    this.#set({ connection });
  }

  /**
   * Runs a press: shows at once what it will bring, and what went wrong if it does. Never rejects.
   *
   * @returns whether it worked
   */
  async press(work: () => Promise<unknown>, overlay: Overlay = {}): Promise<boolean> {
    this.#set({ overlay, error: null });
    try {
      await work();
      return true;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      this.#set({ overlay: {}, error: { code: error.code, detail: error.detail, atMs: Date.now() } });
      return false;
    }
  }

  dismissError(): void {
    this.#set({ error: null });
  }

  #set(change: Partial<RoomState>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of this.#listeners) listener();
  }
}
