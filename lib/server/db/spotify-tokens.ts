import 'server-only';
import { type Db, getDb } from './connection/client';
import { Prisma } from './generated/client';
import { queryPrepared } from './connection/prepared';
import type { SpotifyApp } from './spotify-app';
import { sessionIdleDays, sessionLives, type SessionRow } from './sessions';

/** A session's stored grant. Times are compared by the database's clock: `secondsLeft` is counted there. */
export interface TokenRow extends SpotifyApp {
  readonly sessionId: string;
  readonly sealedAccess: string | null;
  readonly sealedRefresh: string | null;
  readonly scope: string;
  readonly expiresAt: Date;
  readonly authorizedAt: Date;
  readonly accountId: string;
  readonly displayName: string;
  readonly grantEndedAt: Date | null;
  /** It ended a while ago, and is to be tried once more (TK8). */
  readonly triesAgain: boolean;
  readonly version: number;
  /** Until the access token ends; negative afterwards. */
  readonly secondsLeft: number;
}

/** When a grant that has ended is tried once more (TK8). */
const triesAgain = `("keptRefresh" IS NOT NULL AND "grantEndedAt" < now() - interval '1 hour')`;

const tokenColumns = `
  t."sessionId", t."sealedAccess", t."sealedRefresh", t."scope", t."expiresAt", t."authorizedAt", t."accountId",
  t."displayName", t."world", t."clientId", t."grantEndedAt", ${triesAgain} AS "triesAgain", t."version",
  extract(epoch FROM t."expiresAt" - clock_timestamp())::float8 AS "secondsLeft"`;

export async function findToken(sessionId: string): Promise<TokenRow | null> {
  const rows = await queryPrepared<TokenRow>({
    name: 'find-token',
    text: `SELECT ${tokenColumns} FROM "SpotifyToken" t WHERE t."sessionId" = $1`,
    values: [sessionId],
  });
  return rows[0] ?? null;
}

/** A living session, with its stored grant where it has one. */
export interface SessionGrantRow extends SessionRow {
  readonly token: TokenRow | null;
}

/** The living session with that cookie and its grant, in one statement: pages ask for both. */
export async function findSessionGrant(tokenHash: Uint8Array): Promise<SessionGrantRow | null> {
  const rows = await queryPrepared<SessionRow & (TokenRow | { readonly sessionId: null })>({
    name: 'find-session-grant',
    text: `SELECT s."id", s."lastSeenAt", ${tokenColumns}
           FROM "Session" s LEFT JOIN "SpotifyToken" t ON t."sessionId" = s."id"
           WHERE s."tokenHash" = $1 AND ${sessionLives('s', '$2')}`,
    values: [Buffer.from(tokenHash), sessionIdleDays],
  });
  const [row] = rows;
  if (row === undefined) return null;
  const { id, lastSeenAt } = row;
  return { id, lastSeenAt, token: row.sessionId === null ? null : row };
}

export interface NewToken {
  readonly sealedAccess: string;
  readonly sealedRefresh: string;
  readonly scope: string;
  /** Seconds the access token lives, counted back to `startedSecondsAgo` before now. */
  readonly expiresInSeconds: number;
  /** How long the token request took, in seconds: the token's life began before it was answered. */
  readonly startedSecondsAgo: number;
}

export interface NewGrant extends NewToken, SpotifyApp {
  readonly accountId: string;
  readonly displayName: string;
}

/** Stores what a login brought, in place of what the session had. */
export async function saveGrant(db: Db, sessionId: string, grant: NewGrant): Promise<void> {
  const life = grant.expiresInSeconds - grant.startedSecondsAgo;
  await db.$executeRaw`
    INSERT INTO "SpotifyToken" ("sessionId", "sealedAccess", "sealedRefresh", "tokenType", "scope", "expiresAt",
                                "authorizedAt", "accountId", "displayName", "world", "clientId", "updatedAt")
    VALUES (${sessionId}::uuid, ${grant.sealedAccess}, ${grant.sealedRefresh}, 'Bearer', ${grant.scope},
            clock_timestamp() + make_interval(secs => ${life}), clock_timestamp(), ${grant.accountId}, ${grant.displayName},
            ${grant.world}, ${grant.clientId}, now())
    ON CONFLICT ("sessionId") DO UPDATE SET
      "sealedAccess" = EXCLUDED."sealedAccess", "sealedRefresh" = EXCLUDED."sealedRefresh", "scope" = EXCLUDED."scope",
      "expiresAt" = EXCLUDED."expiresAt", "authorizedAt" = EXCLUDED."authorizedAt", "accountId" = EXCLUDED."accountId",
      "displayName" = EXCLUDED."displayName", "world" = EXCLUDED."world", "clientId" = EXCLUDED."clientId", "grantEndedAt" = NULL, "keptRefresh" = NULL, "version" = "SpotifyToken"."version" + 1,
      "refreshHolder" = NULL, "refreshLeaseUntil" = NULL, "updatedAt" = now()`;
}

/**
 * Claims the refresh of a token for `leaseSeconds`: true for one caller over all instances, and only while the token is
 * still the one the caller saw.
 */
export async function claimRefresh(
  sessionId: string,
  version: number,
  holder: string,
  leaseSeconds: number,
): Promise<boolean> {
  const claimed = await getDb().$executeRaw`
    UPDATE "SpotifyToken"
    SET "refreshHolder" = ${holder}, "refreshLeaseUntil" = clock_timestamp() + make_interval(secs => ${leaseSeconds})
    WHERE "sessionId" = ${sessionId}::uuid AND "version" = ${version} AND "sealedRefresh" IS NOT NULL
      AND ("refreshLeaseUntil" IS NULL OR "refreshLeaseUntil" < clock_timestamp())`;
  return claimed === 1;
}

/** Stores a refreshed token; false, and nothing is written, when somebody else took over meanwhile (OA-11). */
export async function saveRefreshed(
  sessionId: string,
  version: number,
  holder: string,
  token: NewToken,
): Promise<boolean> {
  const life = token.expiresInSeconds - token.startedSecondsAgo;
  const saved = await getDb().$executeRaw`
    UPDATE "SpotifyToken" SET
      "sealedAccess" = ${token.sealedAccess}, "sealedRefresh" = ${token.sealedRefresh}, "scope" = ${token.scope},
      "keptRefresh" = NULL, "grantEndedAt" = NULL,
      "expiresAt" = clock_timestamp() + make_interval(secs => ${life}), "version" = "version" + 1,
      "refreshHolder" = NULL, "refreshLeaseUntil" = NULL, "updatedAt" = now()
    WHERE "sessionId" = ${sessionId}::uuid AND "version" = ${version} AND "refreshHolder" = ${holder}`;
  return saved === 1;
}

/** Gives the claim back after a failure that changed nothing. */
export async function releaseRefresh(sessionId: string, holder: string): Promise<void> {
  await getDb().$executeRaw`
    UPDATE "SpotifyToken" SET "refreshHolder" = NULL, "refreshLeaseUntil" = NULL
    WHERE "sessionId" = ${sessionId}::uuid AND "refreshHolder" = ${holder}`;
}

/** Takes both tokens of a grant that Spotify ended out of use; the account stays known for reconnecting (TK4), and one of them for a second try (TK8). */
export async function endGrant(sessionId: string, version: number): Promise<boolean> {
  const ended = await getDb().$executeRaw`
    UPDATE "SpotifyToken" SET "sealedAccess" = NULL, "sealedRefresh" = NULL, "keptRefresh" = "sealedRefresh", "grantEndedAt" = now(),
      "version" = "version" + 1, "refreshHolder" = NULL, "refreshLeaseUntil" = NULL, "updatedAt" = now()
    WHERE "sessionId" = ${sessionId}::uuid AND "version" = ${version}`;
  return ended === 1;
}

/** A grant that has ended, with the token that is tried once more. */
export interface EndedGrant extends SpotifyApp {
  readonly sessionId: string;
  readonly keptRefresh: string;
  readonly scope: string;
  readonly version: number;
}

/** Some of the grants that are to be tried once more (TK8). */
export function findSecondTries(limit: number): Promise<readonly (SpotifyApp & { readonly sessionId: string })[]> {
  return getDb().$queryRaw<(SpotifyApp & { readonly sessionId: string })[]>`
    SELECT "sessionId", "world", "clientId" FROM "SpotifyToken" WHERE ${Prisma.raw(triesAgain)} LIMIT ${limit}`;
}

/** Claims the second try of a grant for `leaseSeconds`: it is given to one caller over all instances. Null for the others, and where there is none to make. */
export async function claimSecondTry(
  sessionId: string,
  holder: string,
  leaseSeconds: number,
): Promise<EndedGrant | null> {
  const rows = await getDb().$queryRaw<EndedGrant[]>`
    UPDATE "SpotifyToken"
    SET "refreshHolder" = ${holder}, "refreshLeaseUntil" = clock_timestamp() + make_interval(secs => ${leaseSeconds})
    WHERE "sessionId" = ${sessionId}::uuid AND ${Prisma.raw(triesAgain)}
      AND ("refreshLeaseUntil" IS NULL OR "refreshLeaseUntil" < clock_timestamp())
    RETURNING "sessionId", "world", "clientId", "keptRefresh", "scope", "version"`;
  return rows[0] ?? null;
}

/** Deletes what was kept for a second try, which was in vain. */
export async function deleteKept(sessionId: string, holder: string): Promise<void> {
  await getDb().$executeRaw`
    UPDATE "SpotifyToken" SET "keptRefresh" = NULL, "refreshHolder" = NULL, "refreshLeaseUntil" = NULL
    WHERE "sessionId" = ${sessionId}::uuid AND "refreshHolder" = ${holder}`;
}

/**
 * How many other accounts Spotify, and no stand-in, refused to the same app within the last `minutes`: many at once are an outage, not many ended
 * grants.
 */
export async function countEndedGrants(
  { accountId, clientId }: Pick<TokenRow, 'accountId' | 'clientId'>,
  minutes: number,
): Promise<number> {
  const rows = await getDb().$queryRaw<{ accounts: number }[]>`
    SELECT count(DISTINCT "accountId")::int AS "accounts" FROM "SpotifyToken"
    WHERE "grantEndedAt" > now() - make_interval(mins => ${minutes}) AND "accountId" <> ${accountId} AND "world" IS NULL
      AND "clientId" IS NOT DISTINCT FROM ${clientId}`;
  return rows[0]?.accounts ?? 0;
}

/** Which app a session's grant is of; null where there is no grant. */
export function findGrantApp(db: Db, sessionId: string): Promise<SpotifyApp | null> {
  return db.spotifyToken.findUnique({ where: { sessionId }, select: { world: true, clientId: true } });
}

type Sealed = Pick<NewToken, 'sealedAccess' | 'sealedRefresh'>;

/**
 * Gives a session's grant to another one, in place of what that had. Call it in the transaction that makes the other the host.
 *
 * @param holder of the refresh that keeps others from refreshing meanwhile; null where there is nothing to refresh
 * @param reseal seals both tokens for the other session; null where they cannot be opened: then only a new login helps
 * @throws {Error} when the grant is not held any more
 */
export async function moveToken(
  db: Db,
  from: string,
  to: string,
  holder: string | null,
  reseal: (sealed: Sealed) => Sealed | null,
): Promise<void> {
  const held = await db.spotifyToken.findUnique({
    where: { sessionId: from },
    omit: { sealedAccess: false, sealedRefresh: false },
  });
  await db.spotifyToken.deleteMany({ where: { sessionId: { in: [from, to] } } });
  if (held === null) return;
  const { sealedAccess, sealedRefresh } = held;
  const isAlive = sealedAccess !== null && sealedRefresh !== null && held.grantEndedAt === null;
  if (isAlive && held.refreshHolder !== holder) throw new Error('A grant that is not held cannot be moved.');
  const sealed = isAlive ? reseal({ sealedAccess, sealedRefresh }) : null;
  const ended = { sealedAccess: null, sealedRefresh: null, grantEndedAt: held.grantEndedAt ?? new Date() };
  await db.spotifyToken.create({
    data: {
      ...held,
      ...(sealed ?? ended),
      sessionId: to,
      version: held.version + 1,
      refreshHolder: null,
      refreshLeaseUntil: null,
    },
  });
}

export async function deleteToken(db: Db, sessionId: string): Promise<boolean> {
  const { count } = await db.spotifyToken.deleteMany({ where: { sessionId } });
  return count === 1;
}
