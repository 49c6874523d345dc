import 'server-only';
import type { MemberDto, SpotifyStatus } from '@/lib/shared/snapshot';
import { queryPrepared } from './prepared';
import { presentSeconds, recentSeconds } from './presence';

/** People a snapshot lists at most: the host, voters, and the newest present ones. */
const listedMembers = 100;

/** Everything a snapshot is made of, read in one statement, so that it is of one moment. */
export interface SnapshotRow<View> {
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
  readonly memberCount: number;
  readonly presentCount: number;
  readonly recentCount: number;
  readonly members: readonly MemberDto[];
  readonly voters: readonly string[];
}

export async function findSnapshot<View>(roomId: string): Promise<SnapshotRow<View> | null> {
  const rows = await queryPrepared<SnapshotRow<View>>({
    name: 'find-snapshot',
    text: `
      WITH room AS (SELECT * FROM "Room" WHERE "id" = $1),
      vote AS (
        SELECT v."memberId", v."createdAt" FROM "SkipVote" v, room
        WHERE v."roomId" = room."id" AND v."playId" = room."playId"),
      member AS (
        SELECT m."id", m."name", m."role", m."joinedAt", m."lastSeenAt" > now() - make_interval(secs => $2) AS "present",
               m."lastSeenAt" > now() - make_interval(secs => $3) AS "recent",
               EXISTS (SELECT 1 FROM vote WHERE vote."memberId" = m."id") AS "voted"
        FROM "Member" m WHERE m."roomId" = $1 AND m."activeSessionId" IS NOT NULL),
      listed AS (
        SELECT * FROM member
        ORDER BY ("role" = 'host') DESC, "voted" DESC, "present" DESC, "joinedAt" DESC, "id" LIMIT ${listedMembers})
      SELECT room."id", room."code", room."name", room."version", room."peopleVersion", room."guestsCanPause", room."votesToSkip",
             room."createdAt", (room."endedAt" IS NOT NULL) AS "ended", room."playId", room."playback" AS "view",
             room."problem", room."problemDetail", room."problemUntil",
             (t."sessionId" IS NOT NULL) AS "connected", (t."sessionId" IS NOT NULL AND t."sealedRefresh" IS NULL) AS "grantEnded",
             (SELECT count(*)::int FROM member) AS "memberCount",
             (SELECT count(*)::int FROM member WHERE "present") AS "presentCount",
             (SELECT count(*)::int FROM member WHERE "recent") AS "recentCount",
             coalesce((SELECT json_agg(json_build_object('id', "id", 'name', "name", 'role', "role", 'present', "present")
                         ORDER BY ("role" = 'host') DESC, "present" DESC, "joinedAt" DESC, "id") FROM listed), '[]') AS "members",
             coalesce((SELECT json_agg("memberId" ORDER BY "createdAt", "memberId") FROM vote), '[]') AS "voters"
      FROM room LEFT JOIN "SpotifyToken" t ON t."sessionId" = room."hostSessionId"`,
    values: [roomId, presentSeconds, recentSeconds],
  });
  return rows[0] ?? null;
}
