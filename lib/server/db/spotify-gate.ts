import 'server-only';
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

/**
 * Where an app's blocks and calls are kept: those of the deployment in tables of their own, which the version before knows too.
 *
 * @param clientId of a host's own app; null for the deployment's
 * @param place of the client id among the values of a statement, where it comes last
 */
function placeOf(clientId: string | null, place: number) {
  return clientId === null
    ? {
        of: 'deployment',
        gate: '"SpotifyGate"',
        counts: '"SpotifyCallCount"',
        is: 'true',
        key: '',
        value: '',
        values: [],
      }
    : {
        of: 'own',
        gate: '"OwnAppGate"',
        counts: '"OwnAppCallCount"',
        is: `"clientId" = $${place}`,
        key: '"clientId", ',
        value: `$${place}, `,
        values: [clientId],
      };
}

/** The blocks of these rows that are in force, the one of everything first. */
const blocksIn = ({ gate, is }: ReturnType<typeof placeOf>, ids: string): string => `
  SELECT "id", "reason", ceil(extract(epoch FROM "blockedUntil" - clock_timestamp()))::int AS "seconds" FROM ${gate}
  WHERE ${is} AND "id" IN (${ids}) AND "blockedUntil" > clock_timestamp() ORDER BY "id" LIMIT 1`;

/** Whole seconds until a family of an app is asked again; null when nothing stops it by itself. */
export async function findFamilyBlock(clientId: string | null, family: StoppedFamily): Promise<number | null> {
  const place = placeOf(clientId, 2);
  const [block] = await queryPrepared<{ seconds: number }>({
    name: `find-family-block-${place.of}`,
    text: blocksIn(place, '$1'),
    values: [rows[family], ...place.values],
  });
  return block?.seconds ?? null;
}

/** A call that wants to pass. */
export interface CountedCall {
  /** The host's own app that it is of; null for the deployment's. */
  readonly clientId: string | null;
  readonly kind: string;
  readonly family: StoppedFamily;
  /** Calls a day from which on it is not counted, because it does not pass. */
  readonly ceiling: number;
  /** False for one that is let through without being counted. */
  readonly counts: boolean;
}

/**
 * Counts one call unless Spotify blocks its app or the day's `ceiling` is reached, and says how things stand. One statement, so that no instance
 * passes a block that another one wrote before (WT6).
 */
export async function countCall({ clientId, kind, family, ceiling, counts }: CountedCall): Promise<GateState> {
  const place = placeOf(clientId, 5);
  const counted = await queryPrepared<GateState>({
    name: `count-call-${place.of}`,
    text: `
      WITH day AS (
        SELECT coalesce(sum("calls"), 0)::int AS "calls" FROM ${place.counts}
        WHERE ${place.is} AND "hour" > now() - interval '24 hours'),
      block AS (${blocksIn(place, `${everything}, $3`)}),
      gate AS (
        SELECT (SELECT "seconds" FROM block) AS "blockedSeconds", (SELECT "reason" FROM block) AS "reason",
               coalesce((SELECT "id" FROM block) <> ${everything}, false) AS "familyAlone"),
      counted AS (
        INSERT INTO ${place.counts} (${place.key}"hour", "kind", "calls")
        SELECT ${place.value}date_trunc('hour', now()), $1, 1 FROM gate, day
        WHERE gate."blockedSeconds" IS NULL AND day."calls" < $2 AND $4::boolean
        ON CONFLICT (${place.key}"hour", "kind") DO UPDATE SET "calls" = ${place.counts}."calls" + 1)
      SELECT gate.*, day."calls" + 1 AS "callsPerDay" FROM gate, day`,
    values: [kind, ceiling, rows[family], counts, ...place.values],
  });
  return counted[0] ?? { blockedSeconds: null, reason: null, familyAlone: false, callsPerDay: 1 };
}

/** A 429 that every instance has to know of. */
export interface Block {
  /** The host's own app that it was said to; null for the deployment's. */
  readonly clientId: string | null;
  readonly reason: string;
  readonly seconds: number;
  /** The one family of routes that it stops; null for all of them. */
  readonly family: StoppedFamily | null;
}

/** Stops an app's calls on every instance for that long; a block that lasts longer stays. */
export async function blockCalls({ clientId, reason, seconds, family }: Block): Promise<void> {
  const { of, gate, key, value, values } = placeOf(clientId, 4);
  await queryPrepared({
    name: `block-calls-${of}`,
    text: `
      INSERT INTO ${gate} (${key}"id", "blockedUntil", "reason")
      VALUES (${value}$1, clock_timestamp() + make_interval(secs => $2), $3)
      ON CONFLICT (${key}"id") DO UPDATE SET "blockedUntil" = EXCLUDED."blockedUntil", "reason" = EXCLUDED."reason"
      WHERE ${gate}."blockedUntil" IS NULL OR ${gate}."blockedUntil" < EXCLUDED."blockedUntil"`,
    values: [family === null ? everything : rows[family], seconds, reason, ...values],
  });
}
