import { randomUUID } from 'node:crypto';
import { withSpotify } from '@/lib/server/auth/with-spotify';
import { getPool } from '@/lib/server/db/connection/pool';
import { runQueuePlan } from '@/lib/server/player/queue-runner/run-plan';
import { type QueuePlan, planQueue } from '@/lib/server/player/queue-runner/queue-plan';
import { applyObservation, loadPlayerState } from '@/lib/server/player/state/store';
import { healthyPolls } from '@/lib/server/player/watch/poll-health';
import {
  afterRead,
  afterRun,
  neverFailed,
  planWatch,
  pruneMemory,
  type WatchMemory,
} from '@/lib/server/player/watch/watch-plan';
import { timings } from '@/lib/server/player/state/timings';

/** Runs that one read may be followed by before it counts as a loop. */
const mostSteps = 12;

const remembersNothing: WatchMemory = {
  lastReadAt: null,
  recentExtras: [],
  lastCommandAt: null,
  pollHealth: healthyPolls,
  queueRuns: neverFailed,
};

/** What a watcher would remember if all of it had been that much earlier. */
function aged(memory: WatchMemory, ms: number): WatchMemory {
  const earlier = (at: number | null): number | null => (at === null ? null : at - ms);
  return {
    ...memory,
    lastReadAt: earlier(memory.lastReadAt),
    recentExtras: memory.recentExtras.map((at) => at - ms),
    lastCommandAt: earlier(memory.lastCommandAt),
    queueRuns: { ...memory.queueRuns, retryAt: earlier(memory.queueRuns.retryAt) },
  };
}

/** What a watcher does next by its own plans. */
export interface NextStep {
  readonly kind: 'read' | QueuePlan['kind'];
  /** How long until then, in ms. */
  readonly inMs: number;
  readonly act: () => Promise<void>;
}

/**
 * A room's watcher without a clock of its own: a test says when it reads and runs the queue. It holds the room's lease, so that the real ones stay away,
 * and remembers nothing in between, like one that has just taken over; only where it lives through a time (`next`) it does.
 */
export class HandDrivenWatcher {
  readonly roomId: string;
  readonly #hostSessionId: string;
  #fence = { holder: '', fence: 0 };
  #memory = remembersNothing;

  private constructor(roomId: string, hostSessionId: string) {
    this.roomId = roomId;
    this.#hostSessionId = hostSessionId;
  }

  static async of(code: string): Promise<HandDrivenWatcher> {
    const { rows } = await getPool().query<{ id: string; host: string }>(
      `SELECT "id", "hostSessionId" AS "host" FROM "Room" WHERE "code" = $1`,
      [code],
    );
    const [room] = rows;
    if (room === undefined) throw new Error('There is no such room.');
    const watcher = new HandDrivenWatcher(room.id, room.host);
    await watcher.takeOver();
    return watcher;
  }

  /** Another instance takes over: the one before does not get to say goodbye. */
  async takeOver(): Promise<void> {
    const holder = randomUUID();
    const { rows } = await getPool().query<{ fence: number }>(
      `INSERT INTO "WatchLease" ("roomId", "holder", "attended", "expiresAt") VALUES ($1, $2, true, now() + interval '1 hour')
       ON CONFLICT ("roomId") DO UPDATE SET "holder" = EXCLUDED."holder", "attended" = true, "expiresAt" = EXCLUDED."expiresAt",
         "fence" = "WatchLease"."fence" + 1 RETURNING "fence"`,
      [this.roomId, holder],
    );
    this.#fence = { holder, fence: rows[0]?.fence ?? 0 };
    this.#memory = remembersNothing;
  }

  /** Lets so much time pass for what is stored of the room, as a clock that was set does for the simulator. */
  async pass(ms: number): Promise<void> {
    await getPool().query(
      `UPDATE "Room" SET "playback" = jsonb_set("playback", '{measuredAtMs}', to_jsonb(("playback"->>'measuredAtMs')::float8 - $2)),
         "expectation" = NULL, "readAt" = "readAt" - make_interval(secs => $2::float8 / 1000)
       WHERE "id" = $1 AND "playback" IS NOT NULL`,
      [this.roomId, ms],
    );
    this.#memory = aged(this.#memory, ms);
    const earlier = `- make_interval(secs => $2::float8 / 1000)`;
    await getPool().query(
      `UPDATE "HandOver" SET "dueAt" = "dueAt" ${earlier}, "createdAt" = "createdAt" ${earlier} WHERE "roomId" = $1`,
      [this.roomId, ms],
    );
  }

  /** Lets the waits for Spotify's lag pass: the simulator of a test that drives by hand has none. */
  async #passLag(): Promise<void> {
    await getPool().query(`UPDATE "Room" SET "expectation" = NULL WHERE "id" = $1`, [this.roomId]);
    await getPool().query(
      `UPDATE "HandOver" SET "createdAt" = "createdAt" - make_interval(secs => $2::float8 / 1000) WHERE "roomId" = $1`,
      [this.roomId, Math.max(...timings.verifyMs)],
    );
  }

  /** Reads the player once, as a watcher does. */
  async read(): Promise<void> {
    await this.#passLag();
    const seen = await withSpotify(this.#hostSessionId, (spotify) => spotify.getPlayback());
    if (seen !== null) await applyObservation(this.roomId, this.#fence, seen);
  }

  /** What the queue asks for now; null when nothing is due. */
  async due(): Promise<QueuePlan | null> {
    await this.#passLag();
    const state = await loadPlayerState(this.roomId);
    const now = Date.now();
    const plan = state === null ? null : planQueue(state, null, now);
    return plan !== null && plan.at <= now ? plan : null;
  }

  /** Reads the player and runs the queue until nothing is due. @returns what was done */
  async step(): Promise<readonly QueuePlan['kind'][]> {
    await this.read();
    return this.runQueue();
  }

  /** Runs the queue by what was seen last, as a watcher does whose next read is not due yet. @returns what was done */
  async runQueue(): Promise<readonly QueuePlan['kind'][]> {
    const done: QueuePlan['kind'][] = [];
    for (let plan = await this.due(); plan !== null; plan = await this.due()) {
      if (done.length >= mostSteps) throw new Error(`The queue does not come to rest: ${done.join(', ')}.`);
      done.push(plan.kind);
      const room = { roomId: this.roomId, hostSessionId: this.#hostSessionId };
      const outcome = await runQueuePlan(room, this.#fence, plan);
      await this.read();
      if (outcome === 'again' && plan.kind !== 'verify') break;
    }
    return done;
  }

  /**
   * What a watcher whose clock runs would do next, and when: reads come before what the queue asks for.
   *
   * @param attended whether a stream of the room is open (FD10)
   */
  async next(attended: boolean): Promise<NextStep> {
    const state = await loadPlayerState(this.roomId);
    if (state === null) throw new Error('There is no such room.');
    const now = Date.now();
    this.#memory = pruneMemory(this.#memory, state, now);
    const planned = planWatch(this.#memory, state, 0, attended, now);
    const plan = planQueue(state, this.#memory.queueRuns.retryAt, now);
    if (plan !== null && plan.at < planned.at) {
      return { kind: plan.kind, inMs: Math.max(0, plan.at - now), act: () => this.#run(plan) };
    }
    const act = async (): Promise<void> => {
      this.#memory = afterRead(this.#memory, planned, Date.now());
      const seen = await withSpotify(this.#hostSessionId, (spotify) => spotify.getPlayback());
      if (seen !== null) await applyObservation(this.roomId, this.#fence, seen);
    };
    return { kind: 'read', inMs: Math.max(0, planned.at - now), act };
  }

  async #run(plan: QueuePlan): Promise<void> {
    const room = { roomId: this.roomId, hostSessionId: this.#hostSessionId };
    const outcome = await runQueuePlan(room, this.#fence, plan);
    this.#memory = { ...this.#memory, queueRuns: afterRun(this.#memory.queueRuns, outcome, Date.now()) };
  }
}
