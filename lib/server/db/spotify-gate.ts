import 'server-only';
import { getDb } from './connection/client';
import { queryPrepared } from './connection/prepared';

export interface GateState {
  /** Whole seconds until Spotify takes calls again; null when it does. */
  readonly blockedSeconds: number | null;
  readonly reason: string | null;
  /** Calls of the last 24 hours, this one included. */
  readonly callsPerDay: number;
}

/**
 * Counts one call of that kind unless Spotify blocks the deployment or the day's `ceiling` is reached, and says how things
 * stand. One statement, so that no instance passes a block that another one wrote before (WT6).
 */
export async function countCall(kind: string, ceiling: number): Promise<GateState> {
  const rows = await queryPrepared<GateState>({
    name: 'count-call',
    text: `
      WITH day AS (SELECT coalesce(sum("calls"), 0)::int AS "calls" FROM "SpotifyCallCount" WHERE "hour" > now() - interval '24 hours'),
      gate AS (
        SELECT CASE WHEN "blockedUntil" > clock_timestamp()
                    THEN ceil(extract(epoch FROM "blockedUntil" - clock_timestamp()))::int END AS "blockedSeconds", "reason"
        FROM "SpotifyGate" WHERE "id" = 1),
      counted AS (
        INSERT INTO "SpotifyCallCount" ("hour", "kind", "calls")
        SELECT date_trunc('hour', now()), $1, 1 FROM gate, day
        WHERE gate."blockedSeconds" IS NULL AND day."calls" < $2
        ON CONFLICT ("hour", "kind") DO UPDATE SET "calls" = "SpotifyCallCount"."calls" + 1)
      SELECT gate."blockedSeconds", gate."reason", day."calls" + 1 AS "callsPerDay" FROM gate, day`,
    values: [kind, ceiling],
  });
  return rows[0] ?? { blockedSeconds: null, reason: null, callsPerDay: 1 };
}

/** Blocks every instance for that long; a block that lasts longer stays. */
export async function blockCalls(reason: string, seconds: number): Promise<void> {
  await getDb().$executeRaw`
    UPDATE "SpotifyGate" SET "blockedUntil" = clock_timestamp() + make_interval(secs => ${seconds}), "reason" = ${reason}
    WHERE "id" = 1 AND ("blockedUntil" IS NULL OR "blockedUntil" < clock_timestamp() + make_interval(secs => ${seconds}))`;
}
