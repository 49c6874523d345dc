import 'server-only';
import { getDb } from './connection/client';
import { roomIdleHours } from './rooms';

/** Hours after which an ended room is certainly to have been deleted: a day, a daily run, and an hour for that to begin. */
const overdueHours = 49;

/** Figures that are true of all instances together. */
export interface Figures {
  /** Live rooms by what their player does. */
  readonly rooms: Readonly<Record<'playing' | 'paused' | 'silent' | 'not_connected', number>>;
  readonly members: number;
  readonly waitingSongs: number;
  readonly leases: number;
  readonly callsPerDay: number;
  /** Until Spotify takes calls again; 0 when it does. */
  readonly blockedSeconds: number;
  /** Rooms that the housekeeping should have ended or deleted. */
  readonly overdueRooms: number;
}

type Row = Omit<Figures, 'rooms'> & { readonly rooms: Readonly<Record<string, number>> };

/** Reads all figures in one statement. */
export async function readFigures(): Promise<Figures> {
  const rows = await getDb().$queryRaw<Row[]>`
    WITH live AS (
      SELECT r."id", CASE WHEN t."sealedRefresh" IS NULL THEN 'not_connected'
        WHEN r."playback"->>'status' IN ('playing', 'ad', 'private', 'unknown') THEN 'playing'
        WHEN r."playback"->>'status' = 'paused' THEN 'paused' ELSE 'silent' END AS "state"
      FROM "Room" r LEFT JOIN "SpotifyToken" t ON t."sessionId" = r."hostSessionId"
      WHERE r."endedAt" IS NULL AND r."lastActiveAt" > now() - make_interval(hours => ${roomIdleHours}))
    SELECT
      (SELECT coalesce(json_object_agg(s."state", s."n"), '{}') FROM (SELECT "state", count(*)::int AS "n" FROM live GROUP BY 1) s) AS "rooms",
      (SELECT count(*)::int FROM "Member" m JOIN live ON live."id" = m."roomId"
        WHERE m."activeSessionId" IS NOT NULL AND m."presence" = 'present') AS "members",
      (SELECT count(*)::int FROM "QueueItem" q JOIN live ON live."id" = q."roomId" WHERE q."state" IN ('queued', 'next')) AS "waitingSongs",
      (SELECT count(*)::int FROM "WatchLease" WHERE "expiresAt" > clock_timestamp()) AS "leases",
      (SELECT coalesce(sum("calls"), 0)::int FROM "SpotifyCallCount" WHERE "hour" > now() - interval '24 hours') AS "callsPerDay",
      (SELECT coalesce(max(ceil(extract(epoch FROM "blockedUntil" - clock_timestamp()))), 0)::int FROM "SpotifyGate"
        WHERE "blockedUntil" > clock_timestamp()) AS "blockedSeconds",
      (SELECT count(*)::int FROM "Room" WHERE "endedAt" < now() - make_interval(hours => ${overdueHours})
        OR ("endedAt" IS NULL AND "lastActiveAt" < now() - make_interval(hours => ${roomIdleHours + overdueHours - 24}))) AS "overdueRooms"`;
  const [row] = rows;
  if (row === undefined) throw new Error('A statement without FROM has a row.');
  return { ...row, rooms: { playing: 0, paused: 0, silent: 0, not_connected: 0, ...row.rooms } };
}
