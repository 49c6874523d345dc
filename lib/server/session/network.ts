import 'server-only';
import { createHmac } from 'node:crypto';
import { getEnv } from '@/lib/server/runtime/env';

/**
 * Where somebody comes from, in hexadecimal, so that nobody but this deployment learns an address of it, and so that it says nothing in another
 * room: all it is for is whether two people of a room come from the same place (RM-09). A rotated secret makes others.
 */
export function networkOf(roomId: string, address: string): string {
  const [secret = ''] = getEnv().sessionSecrets;
  return createHmac('sha256', secret).update(`network ${roomId} ${address}`).digest('hex').slice(0, 32);
}
