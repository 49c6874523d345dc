import 'server-only';
import { LRUCache } from 'lru-cache';
import { AppError } from '@/lib/server/runtime/app-error';
import { getEnv } from '@/lib/server/runtime/env';
import { perProcess } from '@/lib/server/runtime/per-process';

/** Songs that a guest adds one right after the other, and between two that follow, in ms, before `RATE_LIMIT_FACTOR` (QU13). */
const atOnce = 10;
const everyMs = 3_000;

/** Members whose pace an instance remembers: those who added something last. */
const rememberedMembers = 10_000;

/** When a member who went on at the pace from the first song would add the next one, in ms since the epoch. */
const nextTurns = (): LRUCache<string, number> =>
  perProcess('adding-paces', () => new LRUCache({ max: rememberedMembers }));

/**
 * Counts a song that a guest adds: ten come at once, then one in three seconds (QU13). Of each instance for itself.
 *
 * @param now in ms since the epoch
 * @throws {AppError} `rate_limited`, which says when
 */
export function keepPace(memberId: string, now = Date.now()): void {
  const spacingMs = everyMs / getEnv().rateLimitFactor;
  const turn = Math.max(now, nextTurns().get(memberId) ?? now);
  const waitMs = turn - now - (atOnce - 1) * spacingMs;
  if (waitMs > 0) {
    const seconds = Math.ceil(waitMs / 1_000);
    const words = seconds === 1 ? 'a second' : `${seconds} seconds`;
    const detail = `Those were many songs at once. You can add the next one in ${words}.`;
    throw new AppError('rate_limited', { retryAfterSeconds: seconds, detail });
  }
  nextTurns().set(memberId, turn + spacingMs);
}
