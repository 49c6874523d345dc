import 'server-only';
import { getEnv } from '@/lib/server/runtime/env';
import { queryPrepared } from './connection/prepared';

/** Seconds for which a guest has to have had a stream open before a skip vote decides, before `RATE_LIMIT_FACTOR` (SV10). */
const votingSeconds = 30;

/** Less than so many seconds is nothing to wait for, nor a stream to be had. */
const leastSeconds = 0.5;

/** Seconds between two notes after which a stream was closed in between; longer than open ones are noted, shorter than the wait. */
export const streamGapSeconds = 20;

/** How long a guest's vote waits in this deployment, in seconds; 0 where none does. */
export function voteWaitSeconds(): number {
  const seconds = votingSeconds / getEnv().rateLimitFactor;
  return seconds < leastSeconds ? 0 : seconds;
}

/** The condition under which the streams of member `m` were open for long enough, or will have been if they stay so, by the moment `at`. */
export function wasThereLongEnough(wait: string, at: string): string {
  return `(m."role" = 'host' OR ${wait} = 0 OR (m."streamFrom" + make_interval(secs => ${wait}) <= ${at}
    AND m."streamUntil" + make_interval(secs => ${streamGapSeconds}) >= m."streamFrom" + make_interval(secs => ${wait})))`;
}

/** A member who has a stream open here, and for how long. */
export interface OpenStream {
  readonly memberId: string;
  readonly seconds: number;
}

/**
 * Notes in one statement that these members have a stream open. After a break their time begins anew, unless it was long enough before. Waits for
 * nobody: what somebody else holds is left out.
 *
 * @returns the members that were noted
 */
export async function noteStreams(streams: readonly OpenStream[]): Promise<ReadonlySet<string>> {
  const rows = await queryPrepared<{ id: string }>({
    name: 'note-streams',
    text: `
      UPDATE "Member" m SET "streamUntil" = now(), "streamFrom" = CASE
        WHEN m."streamUntil" > now() - make_interval(secs => ${streamGapSeconds}) OR ${wasThereLongEnough('$3::float8', 'now()')}
        THEN coalesce(m."streamFrom", now() - make_interval(secs => held."seconds"))
        ELSE now() - make_interval(secs => held."seconds") END
      FROM unnest($1::uuid[], $2::float8[]) AS held("id", "seconds")
      WHERE m."id" = held."id" AND m."id" IN (
        SELECT "id" FROM "Member" WHERE "id" = ANY($1::uuid[]) AND "activeSessionId" IS NOT NULL FOR NO KEY UPDATE SKIP LOCKED)
      RETURNING m."id"`,
    values: [streams.map(({ memberId }) => memberId), streams.map(({ seconds }) => seconds), voteWaitSeconds()],
  });
  return new Set(rows.map(({ id }) => id));
}
