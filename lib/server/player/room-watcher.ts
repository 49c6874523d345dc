import 'server-only';
import { setTimeout as delay } from 'node:timers/promises';
import { withSpotify } from '../auth/spotify-access';
import { usedBudget } from '../auth/call-gate';
import { releaseLease, takeLease } from '../db/leases';
import { errorKind, log } from '../log';
import { SpotifyError } from '../spotify/errors';
import { predictedEnd, unknownView } from './observation';
import { planRead, type PlannedRead, stretchFor } from './schedule';
import { applyObservation, applyTrouble, type Fence, loadPlayerState, type PlayerState } from './state';
import type { PlayerTimings } from './timings';

/** Failures after which only something the host does helps: the room is looked at again when it changes. */
const waitsForHost: ReadonlySet<string> = new Set(['not_connected', 'grant_ended', 'missing_scope']);

/** Failures one after the other from which the room says that Spotify does not answer. */
const failuresShown = 2;

/** How long a watcher whose host has to act sleeps when nothing wakes it, in ms. */
const dormantMs = 60_000;

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
  readonly #stop = new AbortController();
  #wake = new AbortController();
  #finished: Promise<void> = Promise.resolve();

  #lastReadAt: number | null = null;
  #recentExtras: number[] = [];
  #failures = 0;
  #blockedUntil: number | null = null;
  #dormantUntil: number | null = null;
  #lastCommandAt: number | null = null;

  constructor(roomId: string, holder: string, timings: PlayerTimings) {
    this.#roomId = roomId;
    this.#holder = holder;
    this.#timings = timings;
  }

  start(): void {
    this.#finished = this.#run();
  }

  /** Looks at the room again now: something about it changed. */
  wake(): void {
    this.#dormantUntil = null;
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
    let renewAt = Date.now() + this.#timings.renewMs;
    while (!this.#stop.signal.aborted) {
      // Made anew before the state is read: a change that arrives in between wakes the sleep that follows.
      this.#wake = new AbortController();
      const state = await loadPlayerState(this.#roomId);
      if (state === null || state.ended) return this.#retire();
      const planned = this.#plan(state);
      await sleep(Math.min(planned.at, renewAt) - Date.now(), this.#wake.signal);
      if (this.#stop.signal.aborted) return;
      if (Date.now() >= renewAt) {
        if ((await takeLease(this.#roomId, this.#holder, this.#timings.leaseMs)) !== fence.fence) return;
        renewAt = Date.now() + this.#timings.renewMs;
      }
      if (Date.now() < planned.at) continue;
      if (planned.reason !== 'regular') this.#recentExtras.push(Date.now());
      await this.#read(state, fence);
    }
  }

  #retire(): void {
    this.#stop.abort();
  }

  #plan(state: PlayerState): PlannedRead {
    const now = Date.now();
    const view = state.view ?? unknownView;
    this.#recentExtras = this.#recentExtras.filter((at) => at > now - 60_000);
    if (this.#dormantUntil !== null && this.#dormantUntil > now) return { at: this.#dormantUntil, reason: 'regular' };
    if (state.expectation !== null) this.#lastCommandAt = state.expectation.at;
    const idle = view.status === 'nothing' || view.status === 'no_device';
    const plan = planRead(
      {
        lastReadAt: this.#lastReadAt ?? this.#readByAnother(state, now),
        recentExtras: this.#recentExtras,
        status: view.status,
        predictedEndAt: predictedEnd(view),
        idleSince: idle ? view.measuredAtMs : null,
        command:
          this.#lastCommandAt === null ? null : { at: this.#lastCommandAt, confirmed: state.expectation === null },
        failures: this.#failures,
        blockedUntil: this.#blockedUntil,
        stretch: stretchFor(usedBudget()),
      },
      now,
      this.#timings,
    );
    return plan;
  }

  /** A watcher that takes over goes on from the last read of whoever watched before, within the same minute's limit. */
  #readByAnother(state: PlayerState, now: number): number | null {
    const { secondsSinceRead } = state;
    if (secondsSinceRead === null || secondsSinceRead * 1_000 > this.#timings.playingMs) return null;
    return now - Math.round(secondsSinceRead * 1_000);
  }

  async #read(state: PlayerState, fence: Fence): Promise<void> {
    const startedAt = Date.now();
    this.#lastReadAt = startedAt;
    try {
      const seen = await withSpotify(state.hostSessionId, (spotify) => spotify.getPlayback());
      this.#failures = 0;
      this.#blockedUntil = null;
      // An answer without news keeps the last state (PB4).
      if (seen !== null) await applyObservation(this.#roomId, fence, seen, this.#timings);
    } catch (error) {
      if (!(error instanceof SpotifyError)) throw error;
      await this.#failed(error, fence);
    }
  }

  async #failed(error: SpotifyError, fence: Fence): Promise<void> {
    this.#failures += 1;
    if (error.retryAfterSeconds !== null) this.#blockedUntil = Date.now() + error.retryAfterSeconds * 1_000;
    if (waitsForHost.has(error.kind)) this.#dormantUntil = Date.now() + dormantMs;
    // One lost answer is not worth a banner.
    if (error.outcomeUnknown && this.#failures < failuresShown) return;
    await applyTrouble(this.#roomId, fence, error);
  }
}
