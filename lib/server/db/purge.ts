import 'server-only';
import { getDb } from './connection/client';
import { purgeDemos } from './demos';
import { purgeTransfers } from './transfers';
import { sessionIdleDays } from './sessions';

/** Rows one statement deletes of each kind: none of them holds many rows for long. */
const batch = 500;

/**
 * Deletes a batch of what is too old to be needed (RL-11): rooms a day after their end with their names and votes, sessions and their
 * tokens after 30 idle days or when they were logged out, not before the rooms in which they were, who waited at a door an hour ago, screens
 * that show no room and were off for an hour, logins that
 * never came back, old counters. Safe to run twice, at once, or half.
 *
 * @returns whether there may be more
 */
export async function purge(): Promise<boolean> {
  const db = getDb();
  await purgeDemos();
  const deleted = [
    await db.$executeRaw`
      DELETE FROM "Room" WHERE "id" IN (SELECT "id" FROM "Room" WHERE "endedAt" < now() - interval '24 hours' LIMIT ${batch})`,
    await db.$executeRaw`
      DELETE FROM "Session" WHERE "id" IN (
        SELECT s."id" FROM "Session" s
        WHERE (s."expiresAt" < now() OR s."lastSeenAt" < now() - make_interval(days => ${sessionIdleDays}))
          AND NOT EXISTS (SELECT 1 FROM "Member" m WHERE m."sessionId" = s."id") LIMIT ${batch})`,
    await db.$executeRaw`
      DELETE FROM "QueueItem" WHERE "id" IN (
        SELECT "id" FROM "QueueItem" WHERE "endedAt" < now() - interval '24 hours' LIMIT ${batch})`,
    await db.$executeRaw`
      DELETE FROM "Play" WHERE "id" IN (SELECT "id" FROM "Play" WHERE "endedAt" < now() - interval '24 hours' LIMIT ${batch})`,
  ];
  // Who waited, or was turned away, has long been able to knock anew.
  await db.$executeRaw`DELETE FROM "Knock" WHERE greatest("lastSeenAt", "turnedAwayAt") < now() - interval '1 hour'`;
  // A screen that was on would have asked for another code.
  await db.$executeRaw`DELETE FROM "Screen" WHERE "roomId" IS NULL AND "lastSeenAt" < now() - interval '1 hour'`;
  await purgeTransfers();
  await db.$executeRaw`DELETE FROM "LoginAttempt" WHERE "expiresAt" < now()`;
  await db.$executeRaw`
    DELETE FROM "SpotifyToken" WHERE "grantEndedAt" < now() - interval '30 days'`;
  // Its second try (TK8) was to be made before: nobody was there to make it, or nobody could.
  await db.$executeRaw`
    UPDATE "SpotifyToken" SET "keptRefresh" = NULL
    WHERE "keptRefresh" IS NOT NULL AND "grantEndedAt" < now() - interval '2 hours'`;
  await db.$executeRaw`DELETE FROM "SpotifyCallCount" WHERE "hour" < now() - interval '3 days'`;
  await db.$executeRaw`DELETE FROM "OwnAppCallCount" WHERE "hour" < now() - interval '3 days'`;
  await db.$executeRaw`DELETE FROM "OwnAppGate" WHERE "blockedUntil" < now()`;
  await db.$executeRaw`
    DELETE FROM "rate_limit" WHERE "expire" < (extract(epoch FROM now()) * 1000)::bigint`;
  await db.$executeRaw`DELETE FROM "OldRoomCode" WHERE "retiredAt" < now() - interval '24 hours'`;
  return deleted.includes(batch);
}
