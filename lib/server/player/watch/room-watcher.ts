import 'server-only';
import { setTimeout as delay } from 'node:timers/promises';
import { withSpotify } from '@/lib/server/auth/with-spotify';
import { usedBudget } from '@/lib/server/auth/call-budget';
import { releaseLease, takeLease } from '@/lib/server/db/leases';
import { logWorkFailure } from '@/lib/server/runtime/log-failure';
import { SpotifyError } from '@/lib/server/spotify/errors';
import { runQueuePlan } from '@/lib/server/player/queue-runner/run-plan';
import { type QueuePlan, planQueue } from '@/lib/server/player/queue-runner/queue-plan';
import { afterChange, afterFailure, healthyPolls, isFailureShown } from './poll-health';
import { applyObservation, recordProblem, type Fence, loadPlayerState } from '@/lib/server/player/state/store';
import type { PlayerState } from '@/lib/server/player/state/player-state';
import { timings } from '@/lib/server/player/state/timings';
import { afterRun, afterRead, neverFailed, planWatch, pruneMemory, type WatchMemory } from './watch-plan';

/** How long after a failure of our own, the database's for instance, the watcher tries again, in ms. */
const ownFailureMs = 2_000;

async function sleep(ms: number, until: AbortSignal): Promise<void> {
  if (ms > 0) await delay(ms, undefined, { signal: until, ref: false }).catch(() => undefined);
}

/**
 * Watches one host's player for everybody in a room, while it holds the room's lease (WT1). Without the lease it waits to
 * take over. Nothing it decides lives only here: the one that takes over begins from the database.
 */
export class RoomWatcher {
  readonly #roomId: string;
  readonly #holder: string;
  readonly #stop = new AbortController();
  #wake = new AbortController();
  /** Ends the wait for a lease that another has. */
  #askAgain = new AbortController();
  #finished: Promise<void> = Promise.resolve();
  #attended: boolean;
  #memory: WatchMemory = {
    lastReadAt: null,
    recentExtras: [],
    lastCommandAt: null,
    pollHealth: healthyPolls,
    queueRuns: neverFailed,
  };

  /**
   * @param holder names this instance in leases
   * @param attended whether a stream of the room is open here
   */
  constructor(roomId: string, holder: string, attended: boolean) {
    this.#roomId = roomId;
    this.#holder = holder;
    this.#attended = attended;
  }

  /** @param before what has to be over first */
  start(before: Promise<void> = Promise.resolve()): void {
    this.#finished = before.then(() => this.#run());
  }

  /** Whether a stream of the room is open: without songs that wait, an unattended watcher stops by itself (FD10). */
  setAttended(attended: boolean): void {
    if (this.#attended === attended) return;
    this.#attended = attended;
    this.#wake.abort();
    // Who has none gives way to who has one (WT8).
    if (attended) this.#askAgain.abort();
  }

  /** True once it watches no more and never will. */
  get stopped(): boolean {
    return this.#stop.signal.aborted;
  }

  /** Settles when it has stopped. */
  get finished(): Promise<void> {
    return this.#finished;
  }

  /** Plans again now: something about the room changed. */
  wake(): void {
    this.#memory = { ...this.#memory, pollHealth: afterChange(this.#memory.pollHealth) };
    this.#wake.abort();
  }

  /** Stops, and gives the lease back so that another instance need not wait for its end. */
  async stop(): Promise<void> {
    this.#retire();
    await this.#finished;
  }

  async #run(): Promise<void> {
    while (!this.#stop.signal.aborted) {
      try {
        // Made anew before the lease is asked for: a stream that opens in between is not waited with.
        this.#askAgain = new AbortController();
        const fence = await this.#takeLease();
        // Without the lease a change of the room asks nothing of this watcher.
        if (fence === null) await sleep(timings.renewMs, this.#askAgain.signal);
        else await this.#watch({ holder: this.#holder, fence });
      } catch (error) {
        logWorkFailure('watcher', error);
        await sleep(ownFailureMs, this.#stop.signal);
      }
    }
    await releaseLease(this.#roomId, this.#holder).catch(() => undefined);
  }

  #takeLease(): Promise<number | null> {
    return takeLease(this.#roomId, this.#holder, this.#attended, timings.leaseMs);
  }

  /** Reads and renews until stopped, or until the lease is another's. */
  async #watch(fence: Fence): Promise<void> {
    let renewAt = Date.now() + timings.renewMs;
    while (!this.#stop.signal.aborted) {
      // Made anew before the state is read: a change that arrives in between wakes the sleep that follows.
      this.#wake = new AbortController();
      const state = await loadPlayerState(this.#roomId);
      if (state === null || state.ended) return this.#retire();
      const songsKeepIt = !state.demo && (state.songsWait || state.submissions.length > 0);
      if (!this.#attended && !songsKeepIt) return this.#retire();
      this.#memory = pruneMemory(this.#memory, state, Date.now());
      const planned = planWatch(this.#memory, state, usedBudget(state.clientId), this.#attended, Date.now());
      const queuePlan = this.#planQueue(state);
      await sleep(Math.min(planned.at, queuePlan?.at ?? Infinity, renewAt) - Date.now(), this.#wake.signal);
      if (this.#stop.signal.aborted) return;
      if (Date.now() >= renewAt) {
        if ((await this.#takeLease()) !== fence.fence) return;
        renewAt = Date.now() + timings.renewMs;
      }
      // Poll before acting: an action must never delay the poll it depends on.
      if (Date.now() >= planned.at) {
        this.#memory = afterRead(this.#memory, planned, Date.now());
        await this.#read(state, fence);
      } else if (queuePlan !== null && Date.now() >= queuePlan.at) {
        await this.#runQueue(state, fence, queuePlan);
      }
    }
  }

  /** Do not act while polling fails: the plan would rest on stale state. */
  #planQueue(state: PlayerState): QueuePlan | null {
    const { pollHealth, queueRuns } = this.#memory;
    return pollHealth.kind !== 'good' ? null : planQueue(state, queueRuns.retryAt, Date.now());
  }

  async #runQueue(state: PlayerState, fence: Fence, plan: QueuePlan): Promise<void> {
    const room = { roomId: this.#roomId, hostSessionId: state.hostSessionId };
    const outcome = await runQueuePlan(room, fence, plan);
    this.#memory = { ...this.#memory, queueRuns: afterRun(this.#memory.queueRuns, outcome, Date.now()) };
  }

  #retire(): void {
    this.#stop.abort();
    this.#wake.abort();
    this.#askAgain.abort();
  }

  async #read(state: PlayerState, fence: Fence): Promise<void> {
    try {
      const seen = await withSpotify(state.hostSessionId, (spotify) => spotify.getPlayback());
      this.#memory = { ...this.#memory, pollHealth: healthyPolls };
      // An answer without news keeps the last state (PB4).
      if (seen !== null) await applyObservation(this.#roomId, fence, seen);
    } catch (error) {
      if (!(error instanceof SpotifyError)) throw error;
      await this.#failed(error, fence);
    }
  }

  async #failed(error: SpotifyError, fence: Fence): Promise<void> {
    const pollHealth = afterFailure(this.#memory.pollHealth, error, Date.now());
    this.#memory = { ...this.#memory, pollHealth };
    if (isFailureShown(pollHealth, error)) await recordProblem(this.#roomId, fence, error);
  }
}
