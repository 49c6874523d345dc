import 'server-only';
import { getEnv } from '@/lib/server/runtime/env';
import { phoneAddresses } from '@/lib/server/runtime/phone-addresses';
import type { InviteAddress } from '@/lib/shared/contract/app';
import { cameThrough } from './phones';

/**
 * Where others reach the app: what is in *Invite* and on the TV (AD4). An address by which somebody came before stands first, and before
 * it the one by which this page was opened: that network has them both.
 *
 * @param host as the request names it
 */
export function inviteAddresses(host: string | null): readonly InviteAddress[] {
  const rank = ({ origin, used }: InviteAddress): number => (new URL(origin).host === host ? 0 : used ? 1 : 2);
  return phoneAddresses(getEnv())
    .map((address) => ({ ...address, used: cameThrough(address.origin) }))
    .toSorted((a, b) => rank(a) - rank(b));
}

/** The one address that is most likely to lead another device here. */
export function phoneOrigin(host: string | null): string {
  return inviteAddresses(host)[0]?.origin ?? getEnv().appUrl;
}
