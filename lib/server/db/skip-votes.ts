import 'server-only';
import type { Db } from './connection/client';
import { recentSeconds } from './presence';
import { voteWaitSeconds, wasThereLongEnough } from './stream-time';

export interface VoteCount {
  readonly votes: number;
  /** Those whose members have been there for long enough (SV10). */
  readonly deciding: number;
  /** Members seen in the last ten minutes, host included (SV2). */
  readonly recentMembers: number;
}

/** One vote per member and play (SV1); true when it is a new one. */
export async function insertVote(db: Db, roomId: string, playId: string, memberId: string): Promise<boolean> {
  const inserted = await db.$executeRaw`
    INSERT INTO "SkipVote" ("roomId", "playId", "memberId", "decides")
    VALUES (${roomId}::uuid, ${playId}::uuid, ${memberId}::uuid, false)
    ON CONFLICT DO NOTHING`;
  return inserted === 1;
}

/**
 * Lets the votes of a play decide whose members have been there for long enough by now (SV10).
 *
 * @returns how many decide from here on that did not
 */
export function ripenVotes(db: Db, roomId: string, playId: string): Promise<number> {
  return db.$executeRawUnsafe(
    `UPDATE "SkipVote" v SET "decides" = true FROM "Member" m
     WHERE v."roomId" = $1::uuid AND v."playId" = $2::uuid AND NOT v."decides" AND m."id" = v."memberId"
       AND ${wasThereLongEnough('$3::float8', 'clock_timestamp()')}`,
    roomId,
    playId,
    voteWaitSeconds(),
  );
}

export async function deleteVote(db: Db, roomId: string, playId: string, memberId: string): Promise<boolean> {
  const { count } = await db.skipVote.deleteMany({ where: { roomId, playId, memberId } });
  return count > 0;
}

/** The votes of a play by people still in the room, and how many people there are to vote. */
export async function countVotes(db: Db, roomId: string, playId: string): Promise<VoteCount> {
  const rows = await db.$queryRaw<VoteCount[]>`
    SELECT count(*)::int AS "votes", (count(*) FILTER (WHERE "decides"))::int AS "deciding",
           (SELECT count(*)::int FROM "Member" WHERE "roomId" = ${roomId}::uuid AND "activeSessionId" IS NOT NULL
              AND "lastSeenAt" > now() - make_interval(secs => ${recentSeconds})) AS "recentMembers"
    FROM "SkipVote" WHERE "roomId" = ${roomId}::uuid AND "playId" = ${playId}::uuid`;
  return rows[0] ?? { votes: 0, deciding: 0, recentMembers: 0 };
}
