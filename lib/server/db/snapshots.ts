import 'server-only';
import type { DroppedSong, MemberDto, SpotifyStatus } from '@/lib/shared/contract/snapshot';
import { queryPrepared } from './connection/prepared';
import { presentSeconds, recentSeconds } from './presence';
import type { SpotifyApp } from './spotify-app';
import { droppedSeconds, takenTurns, type OrderContextRow, type SongRow, waitingSongs } from './queue';
import type { StoredQueueSettings } from './rooms';

/** People a snapshot lists at most: the host, voters, and the newest present ones. */
const listedMembers = 100;

/** Everything a snapshot is made of, read in one statement, so that it is of one moment. */
export interface SnapshotRow<View> extends StoredQueueSettings, OrderContextRow, SpotifyApp {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly version: number;
  readonly peopleVersion: number;
  readonly guestsCanPause: boolean;
  readonly votesToSkip: number;
  readonly createdAt: Date;
  readonly ended: boolean;
  readonly playId: string | null;
  readonly view: View | null;
  readonly problem: SpotifyStatus | null;
  readonly problemDetail: string | null;
  readonly problemUntil: Date | null;
  readonly connected: boolean;
  readonly grantEnded: boolean;
  /** The app does not reach itself, and could not go on without a page (FD11). */
  readonly runFailed: boolean;
  readonly memberCount: number;
  readonly presentCount: number;
  readonly waitingCount: number;
  readonly recentCount: number;
  readonly members: readonly MemberDto[];
  readonly voters: readonly string[];
  readonly fallbackName: string | null;
  readonly sources: readonly { readonly name: string }[];
  readonly songs: readonly SongRow[];
  /** The songs that left unplayed a moment ago, newest first. */
  readonly dropped: readonly DroppedSong[];
  /** Who added the song that plays. */
  readonly playedFor: { readonly id: string; readonly name: string } | null;
}

/** Songs a snapshot lists of those that left unplayed. */
const listedDropped = 10;

export async function findSnapshot<View>(roomId: string): Promise<SnapshotRow<View> | null> {
  const rows = await queryPrepared<SnapshotRow<View>>({
    name: 'find-snapshot',
    text: `
      WITH room AS (SELECT * FROM "Room" WHERE "id" = $1),
      vote AS (
        SELECT v."memberId", v."createdAt" FROM "SkipVote" v, room
        WHERE v."roomId" = room."id" AND v."playId" = room."playId"),
      member AS (
        SELECT m."id", m."name", m."role", m."coHost", m."trusted", m."joinedAt", m."lastSeenAt" > now() - make_interval(secs => $2) AS "present",
               m."lastSeenAt" > now() - make_interval(secs => $3) AS "recent",
               EXISTS (SELECT 1 FROM vote WHERE vote."memberId" = m."id") AS "voted"
        FROM "Member" m WHERE m."roomId" = $1 AND m."activeSessionId" IS NOT NULL),
      listed AS (
        SELECT * FROM member
        ORDER BY ("role" = 'host') DESC, "voted" DESC, "present" DESC, "joinedAt" DESC, "id" LIMIT ${listedMembers})
      SELECT room."id", room."code", room."name", room."version", room."peopleVersion", room."guestsCanPause", room."votesToSkip",
             room."queueOrder", room."queueOpen", room."songsPerGuest", room."queueLimit", room."explicitAllowed", room."maxSongMs",
             room."replayAfterMs", room."asksApproval", room."locked", room."admission", room."waitingCount", room."fallbackName", room."queueBegun", room."queueRound",
             coalesce((SELECT json_agg(json_build_object('name', s."name") ORDER BY s."name") FROM "RoomSource" s WHERE s."roomId" = $1),
                      '[]') AS "sources",
             (${takenTurns}) AS "takenTurns",
             coalesce((SELECT json_agg(song) FROM (${waitingSongs}) song), '[]') AS "songs",
             coalesce((SELECT json_agg(gone) FROM (
                SELECT q."id", q."track"->>'name' AS "name", q."memberId" AS "addedBy", q."reason", q."endedAt" AS "at" FROM "QueueItem" q
                WHERE q."roomId" = $1 AND q."endedAt" > now() - make_interval(secs => ${droppedSeconds})
                  AND q."reason" IS NOT NULL AND q."reason" <> 'withdrawn'
                ORDER BY q."endedAt" DESC, q."number" DESC LIMIT ${listedDropped}) gone), '[]') AS "dropped",
             (SELECT json_build_object('id', m."id", 'name', m."name") FROM "QueueItem" q JOIN "Member" m ON m."id" = q."memberId"
                WHERE q."playId" = room."playId") AS "playedFor",
             room."createdAt", (room."endedAt" IS NOT NULL) AS "ended", room."playId", room."playback" AS "view",
             room."problem", room."problemDetail", room."problemUntil",
             (t."sessionId" IS NOT NULL) AS "connected", (t."sessionId" IS NOT NULL AND t."sealedRefresh" IS NULL) AS "grantEnded", t."world", t."clientId",
             coalesce((SELECT run."failed" FROM "WatchRun" run WHERE run."roomId" = $1), false) AS "runFailed",
             (SELECT count(*)::int FROM member) AS "memberCount",
             (SELECT count(*)::int FROM member WHERE "present") AS "presentCount",
             (SELECT count(*)::int FROM member WHERE "recent") AS "recentCount",
             coalesce((SELECT json_agg(json_build_object('id', "id", 'name', "name", 'role', "role", 'present', "present",
                         'coHost', "coHost", 'trusted', "trusted")
                         ORDER BY ("role" = 'host') DESC, "present" DESC, "joinedAt" DESC, "id") FROM listed), '[]') AS "members",
             coalesce((SELECT json_agg("memberId" ORDER BY "createdAt", "memberId") FROM vote), '[]') AS "voters"
      FROM room LEFT JOIN "SpotifyToken" t ON t."sessionId" = room."hostSessionId"`,
    values: [roomId, presentSeconds, recentSeconds],
  });
  return rows[0] ?? null;
}
