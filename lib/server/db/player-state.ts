import 'server-only';
import type { SpotifyStatus } from '@/lib/shared/contract/snapshot';
import type { Db } from './connection/client';
import { streamGapSeconds, voteWaitSeconds } from './stream-time';
import { type SubmissionRow, submissionsOf } from './submissions';

/** A trouble that a room shows beside what follows from the stored grant. */
export type RoomProblem = Exclude<SpotifyStatus, 'connected' | 'not_connected'>;

/** What is stored of a room's player. View and expectation are JSON of the engine's, perhaps of the version before. */
export interface PlayerStateRow {
  readonly id: string;
  readonly version: number;
  readonly hostSessionId: string;
  /** The host's own app that the room's calls go through; null for every other. */
  readonly clientId: string | null;
  readonly votesToSkip: number;
  readonly ended: boolean;
  /** A demo, which nobody watches while nobody looks (DM4). */
  readonly demo: boolean;
  readonly playId: string | null;
  readonly view: object | null;
  readonly expectation: object | null;
  readonly deviceId: string | null;
  readonly problem: RoomProblem | null;
  readonly problemDetail: string | null;
  readonly problemUntil: Date | null;
  /** Seconds since Spotify was last read for this room; null before the first time. */
  readonly secondsSinceRead: number | null;
  readonly trackUri: string | null;
  readonly skipState: 'calling' | 'done' | null;
  readonly skipHolder: string | null;
  /** Milliseconds since the skip was claimed. */
  readonly skipAgeMs: number | null;
  /** Nobody wants the play that is on (FD7). */
  readonly unwanted: boolean;
  /** Milliseconds until the next vote to skip the play decides, if its member stays; negative when it does, null when none waits (SV10). */
  readonly nextVoteMs: number | null;
  /** Songs that may play wait and are not submitted. */
  readonly songsWait: boolean;
  /** Milliseconds since the newest of them was added; null when there is none. */
  readonly newestSongMs: number | null;
  readonly submissions: readonly SubmissionRow[];
  readonly fallbackUri: string | null;
  readonly fallbackPlayed: number;
  /** How long before their end the last songs gave way by themselves, in ms, the newest last (FD12). */
  readonly earlyEnds: readonly number[];
}

const gap = `make_interval(secs => ${streamGapSeconds})`;

const playerState = `
  SELECT r."id", r."version", r."hostSessionId", r."votesToSkip",
         (SELECT "clientId" FROM "SpotifyToken" WHERE "sessionId" = r."hostSessionId") AS "clientId", (r."endedAt" IS NOT NULL) AS "ended",
         (r."demoEndsAt" IS NOT NULL) AS "demo", r."playId",
         r."playback" AS "view", r."expectation", r."deviceId", r."problem", r."problemDetail", r."problemUntil",
         extract(epoch FROM clock_timestamp() - r."readAt")::float8 AS "secondsSinceRead",
         p."trackUri", p."skipState", p."skipHolder", coalesce(p."unwanted", false) AS "unwanted",
         (extract(epoch FROM clock_timestamp() - p."skipAt") * 1000)::float8 AS "skipAgeMs",
         (SELECT (extract(epoch FROM min(m."streamFrom" + make_interval(secs => $2::float8)) - clock_timestamp()) * 1000)::float8
          FROM "SkipVote" v JOIN "Member" m ON m."id" = v."memberId"
          WHERE v."roomId" = r."id" AND v."playId" = r."playId" AND NOT v."decides" AND m."streamUntil" + ${gap}
            >= LEAST(clock_timestamp(), m."streamFrom" + make_interval(secs => $2::float8))) AS "nextVoteMs",
         (w."newest" IS NOT NULL) AS "songsWait",
         (extract(epoch FROM clock_timestamp() - w."newest") * 1000)::float8 AS "newestSongMs",
         ${submissionsOf('r."id"')} AS "submissions", r."fallbackUri", r."fallbackPlayed", r."earlyEnds"
  FROM "Room" r LEFT JOIN "Play" p ON p."id" = r."playId"
  LEFT JOIN LATERAL (
    SELECT max("addedAt") AS "newest" FROM "QueueItem" WHERE "roomId" = r."id" AND "state" = 'queued') w ON true
  WHERE r."id" = $1::uuid`;

/** The room's player as stored, or null when there is no such room. */
export async function findPlayerState(db: Db, roomId: string): Promise<PlayerStateRow | null> {
  const rows = await db.$queryRawUnsafe<PlayerStateRow[]>(playerState, roomId, voteWaitSeconds());
  return rows[0] ?? null;
}

export async function writeView(db: Db, roomId: string, view: unknown, expectation: unknown): Promise<void> {
  await db.$executeRaw`
    UPDATE "Room" SET "playback" = ${JSON.stringify(view)}::jsonb,
      "expectation" = ${expectation === null ? null : JSON.stringify(expectation)}::jsonb
    WHERE "id" = ${roomId}::uuid`;
}

export async function writeExpectation(db: Db, roomId: string, expectation: unknown): Promise<void> {
  await db.$executeRaw`
    UPDATE "Room" SET "expectation" = ${expectation === null ? null : JSON.stringify(expectation)}::jsonb
    WHERE "id" = ${roomId}::uuid`;
}

/** Notes how the last songs gave way: for the engine alone, nothing a screen would show. */
export async function writeEarlyEnds(db: Db, roomId: string, earlyEnds: readonly number[]): Promise<void> {
  await db.room.update({ where: { id: roomId }, data: { earlyEnds: [...earlyEnds] } });
}

/** Notes that Spotify was read, and on which device it plays; nothing a screen would show. */
export async function noteRead(db: Db, roomId: string, deviceId: string | null): Promise<void> {
  await db.$executeRaw`
    UPDATE "Room" SET "readAt" = clock_timestamp(), "deviceId" = coalesce(${deviceId}, "deviceId")
    WHERE "id" = ${roomId}::uuid`;
}

export interface StoredProblem {
  readonly problem: RoomProblem;
  readonly detail: string | null;
  /** Seconds from now; null without an end that is known. */
  readonly untilSeconds: number | null;
}

export async function writeProblem(
  db: Db,
  roomId: string,
  { problem, detail, untilSeconds }: StoredProblem,
): Promise<void> {
  await db.$executeRaw`
    UPDATE "Room" SET "problem" = ${problem}, "problemDetail" = ${detail},
      "problemUntil" = clock_timestamp() + make_interval(secs => ${untilSeconds}::float8)
    WHERE "id" = ${roomId}::uuid`;
}

/** What stood in the way is over. */
export async function clearProblem(db: Db, roomId: string): Promise<void> {
  await db.room.update({ where: { id: roomId }, data: { problem: null, problemDetail: null, problemUntil: null } });
}

/** The host of a live room is connected again: its problem is over, if that was it. */
export async function clearReconnect(db: Db, hostSessionId: string): Promise<void> {
  const data = { problem: null, problemDetail: null, problemUntil: null };
  await db.room.updateMany({ where: { hostSessionId, endedAt: null, problem: 'reconnect' }, data });
}

/** Forgets what was read of a player, and what played on it; not the queue. */
export async function forgetPlayer(db: Db, roomId: string): Promise<void> {
  await db.$executeRaw`
    UPDATE "Room" SET "playId" = NULL, "playback" = NULL, "expectation" = NULL, "deviceId" = NULL, "readAt" = NULL,
      "problem" = NULL, "problemDetail" = NULL, "problemUntil" = NULL, "earlyEnds" = '{}'
    WHERE "id" = ${roomId}::uuid`;
  await db.play.deleteMany({ where: { roomId } });
}
