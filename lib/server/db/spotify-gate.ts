import 'server-only';
import { getDb } from './connection/client';
import { queryPrepared } from './connection/prepared';

export interface GateState {
  /** Whole seconds until Spotify takes calls again; null when it does. */
  readonly blockedSeconds: number | null;
  readonly reason: string | null;
  /** Only that family is stopped, for a moment. */
  readonly familyAlone: boolean;
  /** Calls of the last 24 hours, this one included. */
  readonly callsPerDay: number;
}

/** The row that stops everything; every family of routes has one of its own. */
const everything = 1;
const rows = { player: 2, search: 3, tracks: 4, playlists: 5, profile: 6, token: 7 } as const;

/** What can be stopped by itself. */
export type StoppedFamily = keyof typeof rows;

/** The blocks of these rows that are in force, the one of everything first. */
const blocksIn = (ids: string): string => `
  SELECT "id", "reason", ceil(extract(epoch FROM "blockedUntil" - clock_timestamp()))::int AS "seconds" FROM "SpotifyGate"
  WHERE "id" IN (${ids}) AND "blockedUntil" > clock_timestamp() ORDER BY "id" LIMIT 1`;

/** Whole seconds until a family is asked again; null when nothing stops it by itself. */
export async function findFamilyBlock(family: StoppedFamily): Promise<number | null> {
  const [block] = await queryPrepared<{ seconds: number }>({
    name: 'find-family-block',
    text: blocksIn('$1'),
    values: [rows[family]],
  });
  return block?.seconds ?? null;
}

/**
 * Counts one call of that kind unless Spotify blocks the deployment or the day's `ceiling` is reached, and says how things
 * stand. One statement, so that no instance passes a block that another one wrote before (WT6).
 */
export async function countCall(kind: string, family: StoppedFamily, ceiling: number): Promise<GateState> {
  const counted = await queryPrepared<GateState>({
    name: 'count-call',
    text: `
      WITH day AS (SELECT coalesce(sum("calls"), 0)::int AS "calls" FROM "SpotifyCallCount" WHERE "hour" > now() - interval '24 hours'),
      block AS (${blocksIn(`${everything}, $3`)}),
      gate AS (
        SELECT (SELECT "seconds" FROM block) AS "blockedSeconds", (SELECT "reason" FROM block) AS "reason",
               coalesce((SELECT "id" FROM block) <> ${everything}, false) AS "familyAlone"),
      counted AS (
        INSERT INTO "SpotifyCallCount" ("hour", "kind", "calls")
        SELECT date_trunc('hour', now()), $1, 1 FROM gate, day
        WHERE gate."blockedSeconds" IS NULL AND day."calls" < $2
        ON CONFLICT ("hour", "kind") DO UPDATE SET "calls" = "SpotifyCallCount"."calls" + 1)
      SELECT gate.*, day."calls" + 1 AS "callsPerDay" FROM gate, day`,
    values: [kind, ceiling, rows[family]],
  });
  return counted[0] ?? { blockedSeconds: null, reason: null, familyAlone: false, callsPerDay: 1 };
}

/** Blocks every instance for that long, or one family of routes; a block that lasts longer stays. */
export async function blockCalls(reason: string, seconds: number, family: StoppedFamily | null): Promise<void> {
  const id = family === null ? everything : rows[family];
  await getDb().$executeRaw`
    INSERT INTO "SpotifyGate" ("id", "blockedUntil", "reason")
    VALUES (${id}, clock_timestamp() + make_interval(secs => ${seconds}), ${reason})
    ON CONFLICT ("id") DO UPDATE SET "blockedUntil" = EXCLUDED."blockedUntil", "reason" = EXCLUDED."reason"
    WHERE "SpotifyGate"."blockedUntil" IS NULL OR "SpotifyGate"."blockedUntil" < EXCLUDED."blockedUntil"`;
}
