import 'server-only';
import type { LoginRefusal } from '@/lib/shared/contract/spotify';
import { findLoginRefusal } from '@/lib/server/db/sessions';
import { readSessionHash } from '@/lib/server/session/session';

/** What each of two outcomes of the address covers. */
const finer: Readonly<Record<'not_allowed' | 'failed', readonly LoginRefusal[]>> = {
  not_allowed: ['owner_not_premium', 'own_app_not_allowed', 'own_app_not_premium'],
  failed: ['app_refused', 'own_app_refused'],
};

/**
 * What a page says of a login, from the `?spotify=` of its address. One outcome stands for two causes that different people can mend (LG12);
 * which it was is the session's. A failure that no try will mend is told apart too (LG14). What is no outcome passes unchanged: the page says nothing of it.
 */
export async function readLoginOutcome(
  cookieHeader: string | null,
  named: string | string[] | undefined,
): Promise<string | undefined> {
  if (typeof named !== 'string') return undefined;
  if (named !== 'not_allowed' && named !== 'failed') return named;
  const hash = await readSessionHash(cookieHeader);
  const refusal = hash === null ? null : await findLoginRefusal(hash);
  return finer[named].find((outcome) => outcome === refusal) ?? named;
}
