import assert from 'node:assert/strict';
import { until } from '@/testing/until';
import { converged } from './convergence';
import type { Party } from './party';
import type { PlayRecord } from './records';

/** What a fault may leave behind. */
export interface Expectations {
  /** Refreshes of the host's token that Spotify carried out; none when nothing is said. */
  readonly refreshes?: number;
}

function playAt(plays: readonly PlayRecord[], at: Date): PlayRecord | undefined {
  return plays.findLast(({ startedAt, endedAt }) => startedAt <= at && (endedAt === null || at < endedAt));
}

/** Plays that were skipped more than once, from the log of calls. */
export async function skippedTwice(party: Party): Promise<readonly string[]> {
  const { control, records, account, firstCall: after } = party;
  const calls = await control.calls({ account, path: '/v1/me/player/next', executed: true, after });
  const plays = await records.plays(party.roomId);
  const skipped = calls.map(({ at }) => playAt(plays, new Date(at))?.id ?? 'no play');
  return skipped.filter((id, index) => skipped.indexOf(id) !== index);
}

/** What the ledger knows by name, as it is now. */
async function actualState(party: Party): Promise<ReadonlyMap<string, string>> {
  const { records, roomId } = party;
  const room = await records.room(party.code);
  const members = await records.rows<{ id: string; name: string }>(
    'SELECT "id", "name" FROM "Member" WHERE "roomId" = $1 AND "activeSessionId" IS NOT NULL',
    [roomId],
  );
  const votes = await records.rows<{ playId: string; memberId: string }>(
    'SELECT "playId", "memberId" FROM "SkipVote" WHERE "roomId" = $1',
    [roomId],
  );
  return new Map([
    ['room name', room.name],
    ['room votesToSkip', String(room.votesToSkip)],
    ...members.map(({ id, name }): [string, string] => [`member ${id}`, name]),
    ...votes.map(({ playId, memberId }): [string, string] => [`vote ${playId} ${memberId}`, 'yes']),
    ...(await party.songs.actual()),
  ]);
}

/** Acknowledged changes that are gone. */
export async function lostChanges(party: Party): Promise<readonly string[]> {
  return party.ledger.lost(await actualState(party));
}

/** Members who voted more than once for a play. */
export async function votedTwice(party: Party): Promise<readonly string[]> {
  const rows = await party.records.rows<{ memberId: string }>(
    `SELECT "memberId" FROM "SkipVote" WHERE "roomId" = $1 GROUP BY "memberId", "playId" HAVING count(*) > 1`,
    [party.roomId],
  );
  return rows.map(({ memberId }) => memberId);
}

/** Leases, command locks and claims that outlive the time they were taken for. */
async function orphans(party: Party): Promise<readonly string[]> {
  const rows = await party.records.rows<{ what: string }>(
    `SELECT 'lease' AS "what" FROM "WatchLease" WHERE "roomId" = $1 AND "expiresAt" > clock_timestamp() + interval '15 s'
     UNION ALL
     SELECT 'turn' FROM "CommandTurn" WHERE "roomId" = $1 AND "expiresAt" > clock_timestamp() + interval '15 s'
     UNION ALL
     SELECT 'claim' FROM "SpotifyToken" WHERE "sessionId" = $2 AND "refreshLeaseUntil" > clock_timestamp() + interval '15 s'
     UNION ALL
     SELECT 'skip' FROM "Room" r JOIN "Play" p ON p."id" = r."playId"
     WHERE r."id" = $1 AND p."skipState" = 'calling' AND p."skipAt" < clock_timestamp() - interval '15 s'`,
    [party.roomId, party.hostSessionId],
  );
  return rows.map(({ what }) => what);
}

/** Calls of the Web API after the one by which Spotify blocked the deployment; every block here outlives its test. */
async function callsWhileBlocked({ control, firstCall: after }: Party): Promise<readonly string[]> {
  const calls = await control.calls({ after });
  const refused = calls.find(({ status }) => status === 429);
  if (refused === undefined) return [];
  return calls
    .filter(({ sequence, path }) => sequence > refused.sequence && path.startsWith('/v1/'))
    .map(({ method, path }) => `${method} ${path}`);
}

/** What has to hold after every fault, from the database and from the log of calls. */
export async function checkInvariants(party: Party, { refreshes = 0 }: Expectations = {}): Promise<void> {
  await converged(party);
  assert.deepEqual(await lostChanges(party), [], 'acknowledged and gone');
  assert.deepEqual(await votedTwice(party), [], 'SV1 one vote per member and play');
  assert.deepEqual(await skippedTwice(party), [], 'SV3 one skip per play');
  assert.deepEqual(await party.songs.doubled(), [], 'FD9 no song twice');
  assert.deepEqual(await callsWhileBlocked(party), [], 'WT6 nothing is called while blocked');
  const { account, firstCall: after } = party;
  const asked = await party.control.calls({ account, grantType: 'refresh_token', executed: true, after });
  assert.equal(asked.length, refreshes, 'TK2 one refresh at a time');
  // A claim is released with the next read, at most 15 s later when the song is paused.
  await until(async () => (await orphans(party)).length === 0, 20_000).catch(async () =>
    assert.deepEqual(await orphans(party), [], 'nothing outlives the time it was taken for'),
  );
}
