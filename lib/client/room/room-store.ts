import type { QueueItemDto, RoomSnapshot, RoomView, You } from '@/lib/shared/contract/snapshot';
import { type RoomApi, roomApi } from '@/lib/client/api-client';
import { ApiError } from '@/lib/client/api-error';
import { isErrorStale } from './error-expiry';
import { type PositionFacts, positionFacts } from '@/lib/client/playback-clock';
import { type Connection, RoomStream } from './room-stream';
import {
  addOptimistic,
  type OptimisticSongs,
  keepKnown,
  keepUnderWay,
  type QueueChange,
  resolveOptimistic,
  optimisticQueue,
} from './optimistic-queue';
import { changePlayback, receivePlayback, type PlaybackChange } from './optimistic-playback';

/** A failed command that the page shows until it is dismissed, stale, or another command is run. */
export interface ShownError {
  readonly code: ApiError['code'];
  readonly detail: string;
  readonly atMs: number;
  /** What was on, and which version of the room was shown, when it failed. */
  readonly playId: string | null;
  readonly version: number;
}

/** What a command will bring, shown before the server says so; gone with the next snapshot. */
export interface PendingChange extends PlaybackChange {
  readonly voted?: boolean;
}

/** How often a shown error is checked for being stale, in ms. */
const reviewMs = 1_000;

/** Who you are, here with an id in every case: a screen's is one that nobody has. */
export type Self = You & { readonly memberId: string };

const toSelf = (you: You): Self => ({ ...you, memberId: you.memberId ?? '' });

export interface RoomState {
  readonly snapshot: RoomSnapshot;
  readonly you: Self;
  readonly connection: Connection;
  /** How far the server's clock is ahead of this device's, in ms. */
  readonly clockOffsetMs: number;
  readonly pending: PendingChange;
  /** Where the song is, pending commands included. Null without a song. */
  readonly song: PositionFacts | null;
  /** What commands on waiting songs will bring, as far as no snapshot has it yet. */
  readonly optimistic: OptimisticSongs;
  /** The waiting songs, pending commands included. */
  readonly queue: readonly QueueItemDto[];
  readonly error: ShownError | null;
  /** Whether the person at this page was the host, became a guest, and has not been told yet. */
  readonly wasHost: boolean;
}

/** A page's room: the newest snapshot, who you are in it, and how the connection stands. For `useSyncExternalStore`. */
export class RoomStore {
  /** The room's requests, for what is read; commands go through {@link run}. */
  readonly api: RoomApi = roomApi(() => this.#state.snapshot.room.code);
  #state: RoomState;
  #heardAtMs = 0;
  readonly #listeners = new Set<() => void>();
  readonly #now: () => number;

  constructor(initial: RoomView, now: () => number = Date.now) {
    this.#now = now;
    this.#state = {
      snapshot: initial.snapshot,
      you: toSelf(initial.you),
      connection: { kind: 'connecting' },
      clockOffsetMs: 0,
      pending: {},
      song: positionFacts(initial.snapshot.playback),
      optimistic: {},
      queue: initial.snapshot.queue,
      error: null,
      wasHost: false,
    };
  }

  readonly getState = (): RoomState => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Opens the stream. @returns what closes it */
  start(): () => void {
    const review = setInterval(() => this.reviewError(), reviewMs);
    const stream = new RoomStream(() => this.#state.snapshot.room.code, {
      onSnapshot: (snapshot) => this.receiveSnapshot(snapshot),
      onYou: (you) => this.receiveYou(you),
      onConnection: (connection) => this.receiveConnection(connection),
    });
    stream.start();
    return () => {
      clearInterval(review);
      stream.stop();
    };
  }

  /** Takes a snapshot, unless what is shown is as new; what was pending is over then. */
  receiveSnapshot(fresh: RoomSnapshot): void {
    this.#heardAtMs = this.#now();
    const { snapshot: known, song, pending, clockOffsetMs, optimistic } = this.#state;
    if (fresh.version > known.version) {
      const snapshot = { ...fresh, queue: keepKnown(known.queue, fresh.queue) };
      const pressed = pending.playing !== undefined || pending.positionMs !== undefined;
      const shown = { song, playback: known.playback, pressed };
      this.#set({
        snapshot,
        pending: {},
        song: receivePlayback(shown, snapshot.playback, clockOffsetMs, this.#now()),
        ...this.#withChanges(keepUnderWay(optimistic), snapshot),
      });
    }
    this.reviewError();
  }

  receiveYou(you: You): void {
    const wasHost = you.role === 'guest' && (this.#state.wasHost || this.#state.you.role === 'host');
    this.#set({ you: toSelf(you), wasHost, clockOffsetMs: Date.parse(you.serverTime) - this.#now() });
  }

  receiveConnection(connection: Connection): void {
    const known = this.#state.connection;
    if (known.kind === connection.kind && (connection.kind === 'live' || connection.kind === 'connecting')) return;
    this.#set({ connection });
    this.reviewError();
  }

  /**
   * Runs a command: shows at once what it will bring, and what went wrong if something does. Never rejects.
   *
   * @param onInvalid takes what is wrong with a field, to be said there
   * @returns whether it worked
   */
  async run(
    work: (api: RoomApi) => Promise<unknown>,
    pending: PendingChange = {},
    onInvalid?: (message: string) => void,
  ): Promise<boolean> {
    const { song, clockOffsetMs } = this.#state;
    this.#set({
      pending: { ...this.#state.pending, ...pending },
      song: changePlayback(song, pending, clockOffsetMs, this.#now()),
      error: null,
    });
    try {
      await work(this.api);
      return true;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      const { playback, version } = this.#state.snapshot;
      const { code, detail, errors } = error;
      const complaint = onInvalid && errors[0]?.message;
      if (complaint) onInvalid(complaint);
      this.#set({
        pending: {},
        song: positionFacts(playback),
        error: complaint ? null : { code, detail, atMs: this.#now(), playId: playback.playId, version },
      });
      this.reviewError();
      return false;
    }
  }

  /**
   * Runs a command on a waiting song, and shows at once what it will bring there. Never rejects.
   *
   * @returns whether it worked
   */
  async runOnSong(id: string, change: QueueChange, work: (api: RoomApi) => Promise<unknown>): Promise<boolean> {
    this.#set(this.#withChanges(addOptimistic(this.#state.optimistic, id, change)));
    const worked = await this.run(work);
    this.#set(this.#withChanges(resolveOptimistic(this.#state.optimistic, id, worked)));
    return worked;
  }

  dismissError(): void {
    this.#set({ error: null });
  }

  /** The person has read that they are a guest now. */
  dismissRole(): void {
    this.#set({ wasHost: false });
  }

  /** Forgets an error that is stale. */
  reviewError(): void {
    const { error, snapshot, connection } = this.#state;
    if (error === null) return;
    const room = { snapshot, isLive: connection.kind === 'live', heardAtMs: this.#heardAtMs };
    if (isErrorStale(error, room, this.#now())) this.#set({ error: null });
  }

  #withChanges(optimistic: OptimisticSongs, snapshot = this.#state.snapshot): Pick<RoomState, 'optimistic' | 'queue'> {
    const { queue, you } = this.#state;
    return { optimistic, queue: keepKnown(queue, optimisticQueue(snapshot.queue, optimistic, you.memberId)) };
  }

  #set(change: Partial<RoomState>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of this.#listeners) listener();
  }
}
