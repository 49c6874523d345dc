import 'server-only';
import { RateLimiterMemory, RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import { AppError } from '@/lib/server/runtime/app-error';
import { getPool } from '@/lib/server/db/connection/pool';
import { getEnv } from '@/lib/server/runtime/env';
import { perProcess } from '@/lib/server/runtime/per-process';

/** So many of one thing per window. `shared` counts over all instances; the others count per instance, without a query. */
export interface Limit {
  readonly points: number;
  readonly windowSeconds: number;
  readonly shared: boolean;
}

/**
 * Every limit of the app, before `RATE_LIMIT_FACTOR`. Wide enough that a party behind one address never meets them; the
 * start prints them.
 */
export const limits = {
  /** Codes of rooms that do not exist or have ended, per address (RM-01). */
  codeGuesses: { points: 30, windowSeconds: 600, shared: true },
  /** The same over all addresses: an alarm, and the end of guessing from many. */
  allCodeGuesses: { points: 3_000, windowSeconds: 600, shared: true },
  /** New members per address and room (RM-04). */
  joins: { points: 60, windowSeconds: 600, shared: true },
  /** New rooms, and logins begun, per address. */
  rooms: { points: 600, windowSeconds: 600, shared: true },
  logins: { points: 600, windowSeconds: 600, shared: true },
  /** Screens begun, and new codes of theirs, per address. */
  screens: { points: 600, windowSeconds: 600, shared: true },
  /** Codes of screens that do not exist, per member (SN2). */
  screenMisses: { points: 30, windowSeconds: 600, shared: true },
  /** Demos begun, per address (DM3). */
  demos: { points: 5, windowSeconds: 3_600, shared: true },
  /** Forced refreshes per session; those that share one call count once. */
  refreshes: { points: 20, windowSeconds: 60, shared: true },
  /** Commands and votes per member. */
  commands: { points: 240, windowSeconds: 60, shared: false },
  /** Reading and making playlists, per host: one may cost a hundred requests to Spotify. */
  playlists: { points: 30, windowSeconds: 60, shared: false },
  /** Searches per member: more than anybody types. */
  searches: { points: 120, windowSeconds: 60, shared: false },
  /** Searches and look-ups of a room's guests that Spotify has to be asked for, per room and per address (WT12). */
  freshSearches: { points: 60, windowSeconds: 60, shared: true },
  /** Calls to Spotify that a room's guests cause, per room and per address: a quarter of `SPOTIFY_CALLS_PER_DAY`, whatever the factor (WT12). */
  guestCalls: { points: 3_750, windowSeconds: 86_400, shared: true },
} as const satisfies Record<string, Limit>;

export type LimitName = keyof typeof limits;

/** The points in force, by name. */
export function limitsInForce(): Readonly<Record<string, number>> {
  const { rateLimitFactor, spotifyCallsPerDay } = getEnv();
  const scaled = Object.entries(limits).map(([name, { points }]) => [
    name,
    Math.max(1, Math.round(points * rateLimitFactor)),
  ]);
  return { ...Object.fromEntries(scaled), guestCalls: Math.max(1, Math.floor(spotifyCallsPerDay / 4)) };
}

function createLimiter(name: LimitName): RateLimiterMemory | RateLimiterPostgres {
  const { windowSeconds, shared } = limits[name];
  const points = limitsInForce()[name] ?? 1;
  const memory = new RateLimiterMemory({ keyPrefix: name, points, duration: windowSeconds });
  if (!shared) return memory;
  return new RateLimiterPostgres({
    storeClient: getPool(),
    storeType: 'pool',
    tableName: 'rate_limit',
    tableCreated: true,
    // `purge` does it: a timer of the library's would not run on serverless.
    clearExpiredByTimeout: false,
    keyPrefix: name,
    points,
    duration: windowSeconds,
    inMemoryBlockOnConsumed: points,
    // With the database down each instance counts for itself.
    insuranceLimiter: memory,
  });
}

function limiter(name: LimitName): RateLimiterMemory | RateLimiterPostgres {
  return perProcess(`limiter:${name}`, () => createLimiter(name));
}

/** `rate_limited`, with when to come back. */
export function rateLimited(waitMs: number): AppError {
  const retryAfterSeconds = Math.max(1, Math.ceil(waitMs / 1_000));
  const minutes = Math.ceil(retryAfterSeconds / 60);
  // Up to a minute is the moment that the code's own sentence speaks of.
  const detail = minutes > 1 ? { detail: `That was a lot at once. Try again in ${minutes} minutes.` } : {};
  return new AppError('rate_limited', { retryAfterSeconds, ...detail });
}

/**
 * Counts one of `name` for `key`.
 *
 * @throws {AppError} `rate_limited` with the seconds to wait
 */
export async function consume(name: LimitName, key: string): Promise<void> {
  try {
    await limiter(name).consume(key);
  } catch (refusal) {
    if (refusal instanceof RateLimiterRes) throw rateLimited(refusal.msBeforeNext);
    throw refusal;
  }
}

/** How many of `name` a key has used, and the milliseconds to wait when it has used them up; null while it has not. */
export async function quotaOf(
  name: LimitName,
  key: string,
): Promise<{ readonly used: number; readonly waitMs: number | null }> {
  const found = await limiter(name).get(key);
  const used = found?.consumedPoints ?? 0;
  return { used, waitMs: found !== null && used >= (limitsInForce()[name] ?? 1) ? found.msBeforeNext : null };
}
