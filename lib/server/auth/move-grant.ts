import 'server-only';
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { AppError } from '@/lib/server/runtime/app-error';
import type { Db } from '@/lib/server/db/connection/client';
import { claimRefresh, findToken, moveToken, releaseRefresh } from '@/lib/server/db/spotify-tokens';
import { decryptToken, encryptTokens } from './encryption';
import { claimSeconds } from './refresh-answer';
import { reportUnreadable } from './token-keeper';

/** How long a refresh that is under way is waited for, and how often it is looked at, in ms. */
const patienceMs = 12_000;
const lookEveryMs = 100;

/** A session's grant, held so that nobody refreshes it meanwhile; null for a session without one. */
type HeldGrant = { readonly holder: string; readonly version: number } | null;

async function hold(sessionId: string): Promise<HeldGrant> {
  for (const deadline = Date.now() + patienceMs; ;) {
    const row = await findToken(sessionId);
    // One that has ended is refreshed by nobody.
    if (row === null || row.sealedRefresh === null) return null;
    const holder = randomUUID();
    if (await claimRefresh(sessionId, row.version, holder, claimSeconds)) return { holder, version: row.version };
    if (Date.now() >= deadline) throw new AppError('unavailable', { retryAfterSeconds: 5 });
    await delay(lookEveryMs);
  }
}

/**
 * Gives one session's Spotify login to another one, under the lock of refreshes: a token that is being exchanged at this moment is waited for,
 * and none is exchanged until the work is done (TR3). An instance that dies meanwhile has changed nothing, and holds up refreshes for
 * `claimSeconds` at most.
 *
 * @param work does the rest in one transaction, and calls `move` in it
 * @throws {AppError} `unavailable` while a refresh does not end
 */
export async function withGrantHeld<T>(
  from: string,
  work: (move: (tx: Db, to: string) => Promise<void>) => Promise<T>,
): Promise<T> {
  const held = await hold(from);
  const move = (tx: Db, to: string): Promise<void> =>
    moveToken(tx, from, to, held?.holder ?? null, ({ sealedAccess, sealedRefresh }) => {
      const access = decryptToken(from, 'access', sealedAccess);
      const refresh = decryptToken(from, 'refresh', sealedRefresh);
      if (access !== null && refresh !== null) return encryptTokens(to, access, refresh);
      // The secret is gone: the login has to be made anew there, as it would have had to be here.
      reportUnreadable();
      return null;
    });
  try {
    return await work(move);
  } finally {
    // Gone with the row where it was moved.
    if (held !== null) await releaseRefresh(from, held.holder);
  }
}
