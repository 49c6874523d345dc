import 'server-only';
import type { Db } from './connection/client';
import { recentSeconds } from './presence';

export interface VoteCount {
  readonly votes: number;
  /** Members seen in the last ten minutes, host included (SV2). */
  readonly recentMembers: number;
}

/** One vote per member and play (SV1); true when it is a new one. */
export async function insertVote(db: Db, roomId: string, playId: string, memberId: string): Promise<boolean> {
  const inserted = await db.$executeRaw`
    INSERT INTO "SkipVote" ("roomId", "playId", "memberId") VALUES (${roomId}::uuid, ${playId}::uuid, ${memberId}::uuid)
    ON CONFLICT DO NOTHING`;
  return inserted === 1;
}

export async function deleteVote(db: Db, roomId: string, playId: string, memberId: string): Promise<boolean> {
  const { count } = await db.skipVote.deleteMany({ where: { roomId, playId, memberId } });
  return count > 0;
}

/** The votes of a play by people still in the room, and how many people there are to vote. */
export async function countVotes(db: Db, roomId: string, playId: string): Promise<VoteCount> {
  const rows = await db.$queryRaw<VoteCount[]>`
    SELECT (SELECT count(*)::int FROM "SkipVote" WHERE "roomId" = ${roomId}::uuid AND "playId" = ${playId}::uuid) AS "votes",
           (SELECT count(*)::int FROM "Member" WHERE "roomId" = ${roomId}::uuid AND "activeSessionId" IS NOT NULL
              AND "lastSeenAt" > now() - make_interval(secs => ${recentSeconds})) AS "recentMembers"`;
  return rows[0] ?? { votes: 0, recentMembers: 0 };
}
