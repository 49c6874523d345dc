import 'server-only';
import { setTimeout as delay } from 'node:timers/promises';
import { withSpotify } from '../auth/spotify-access';
import { usedBudget } from '../auth/call-gate';
import { releaseLease, takeLease } from '../db/leases';
import { errorKind, log } from '../log';
import { SpotifyError } from '../spotify/errors';
import { afterChange, afterFailure, goodReading, isWorthAWord } from './reading';
import { applyObservation, applyTrouble, type Fence, loadPlayerState, type PlayerState } from './state';
import type { PlayerTimings } from './timings';
import { afterRead, planWatch, recall, type WatchMemory } from './watch-plan';

/** How long after a failure of our own, the database's for instance, the watcher tries again, in ms. */
const ownFailureMs = 2_000;

async function sleep(ms: number, until: AbortSignal): Promise<void> {
  if (ms > 0) await delay(ms, undefined, { signal: until, ref: false }).catch(() => undefined);
}

/**
 * Watches one host's player for everybody in a room, while it holds the room's lease (WT1). Without the lease it waits to
 * take over. Nothing it decides lives only here: whoever takes over begins from the database.
 */
export class RoomWatcher {
  readonly #roomId: string;
  readonly #holder: string;
  readonly #timings: PlayerTimings;
  readonly #now: () => number;
  readonly #stop = new AbortController();
  #wake = new AbortController();
  #finished: Promise<void> = Promise.resolve();
  #memory: WatchMemory = { lastReadAt: null, recentExtras: [], lastCommandAt: null, reading: goodReading };

  /** @param holder names this instance in leases */
  constructor(roomId: string, holder: string, timings: PlayerTimings, now: () => number = Date.now) {
    this.#roomId = roomId;
    this.#holder = holder;
    this.#timings = timings;
    this.#now = now;
  }

  start(): void {
    this.#finished = this.#run();
  }

  /** Looks at the room again now: something about it changed. */
  wake(): void {
    this.#memory = { ...this.#memory, reading: afterChange(this.#memory.reading) };
    this.#wake.abort();
  }

  /** Stops, and gives the lease back so that another instance need not wait for its end. */
  async stop(): Promise<void> {
    this.#stop.abort();
    this.#wake.abort();
    await this.#finished;
  }

  async #run(): Promise<void> {
    while (!this.#stop.signal.aborted) {
      try {
        const fence = await takeLease(this.#roomId, this.#holder, this.#timings.leaseMs);
        // Whoever has no lease has nothing to do about a change of the room: only the end of the wait, or of the watcher, counts.
        if (fence === null) await sleep(this.#timings.renewMs, this.#stop.signal);
        else await this.#watch({ holder: this.#holder, fence });
      } catch (error) {
        log.warn('watcher.failed', { error: errorKind(error) });
        await sleep(ownFailureMs, this.#stop.signal);
      }
    }
    await releaseLease(this.#roomId, this.#holder).catch(() => undefined);
  }

  /** Reads and renews until stopped, or until the lease is another's. */
  async #watch(fence: Fence): Promise<void> {
    let renewAt = this.#now() + this.#timings.renewMs;
    while (!this.#stop.signal.aborted) {
      // Made anew before the state is read: a change that arrives in between wakes the sleep that follows.
      this.#wake = new AbortController();
      const state = await loadPlayerState(this.#roomId);
      if (state === null || state.ended) return this.#retire();
      this.#memory = recall(this.#memory, state, this.#now());
      const planned = planWatch(this.#memory, state, usedBudget(), this.#now(), this.#timings);
      await sleep(Math.min(planned.at, renewAt) - this.#now(), this.#wake.signal);
      if (this.#stop.signal.aborted) return;
      if (this.#now() >= renewAt) {
        if ((await takeLease(this.#roomId, this.#holder, this.#timings.leaseMs)) !== fence.fence) return;
        renewAt = this.#now() + this.#timings.renewMs;
      }
      if (this.#now() < planned.at) continue;
      this.#memory = afterRead(this.#memory, planned, this.#now());
      await this.#read(state, fence);
    }
  }

  #retire(): void {
    this.#stop.abort();
  }

  async #read(state: PlayerState, fence: Fence): Promise<void> {
    try {
      const seen = await withSpotify(state.hostSessionId, (spotify) => spotify.getPlayback());
      this.#memory = { ...this.#memory, reading: goodReading };
      // An answer without news keeps the last state (PB4).
      if (seen !== null) await applyObservation(this.#roomId, fence, seen, this.#timings);
    } catch (error) {
      if (!(error instanceof SpotifyError)) throw error;
      await this.#failed(error, fence);
    }
  }

  async #failed(error: SpotifyError, fence: Fence): Promise<void> {
    const reading = afterFailure(this.#memory.reading, error, this.#now());
    this.#memory = { ...this.#memory, reading };
    if (isWorthAWord(reading, error)) await applyTrouble(this.#roomId, fence, error);
  }
}
