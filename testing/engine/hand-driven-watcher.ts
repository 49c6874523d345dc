import { randomUUID } from 'node:crypto';
import { withSpotify } from '@/lib/server/auth/with-spotify';
import { getPool } from '@/lib/server/db/connection/pool';
import { runQueuePlan } from '@/lib/server/player/queue-runner/run-plan';
import { type QueuePlan, planQueue } from '@/lib/server/player/queue-runner/queue-plan';
import { applyObservation, loadPlayerState } from '@/lib/server/player/state/store';
import { timings } from '@/lib/server/player/state/timings';

/** Runs that one read may be followed by before it counts as a loop. */
const mostSteps = 12;

/**
 * A room's watcher without a clock of its own: a test says when it reads and runs the queue. It holds the room's lease, so that the real ones stay away,
 * and remembers nothing in between, like one that has just taken over.
 */
export class HandDrivenWatcher {
  readonly roomId: string;
  readonly #hostSessionId: string;
  #fence = { holder: '', fence: 0 };

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
  }

  /** Lets so much time pass for what is stored of the room, as a clock that was set does for the simulator. */
  async pass(ms: number): Promise<void> {
    await getPool().query(
      `UPDATE "Room" SET "playback" = jsonb_set("playback", '{measuredAtMs}', to_jsonb(("playback"->>'measuredAtMs')::float8 - $2)),
         "expectation" = NULL WHERE "id" = $1 AND "playback" IS NOT NULL`,
      [this.roomId, ms],
    );
    const aged = `- make_interval(secs => $2::float8 / 1000)`;
    await getPool().query(
      `UPDATE "HandOver" SET "dueAt" = "dueAt" ${aged}, "createdAt" = "createdAt" ${aged} WHERE "roomId" = $1`,
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
}
