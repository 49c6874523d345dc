import 'server-only';
import { findLoginRefusal } from '@/lib/server/db/sessions';
import { readSessionHash } from '@/lib/server/session/session';

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
  const finer = named === 'failed' ? 'app_refused' : 'owner_not_premium';
  return refusal === finer ? finer : named;
}
