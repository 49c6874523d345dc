import 'server-only';
import { hostname, isLoopback, ownAddresses } from '@/lib/server/runtime/network';
import { perProcess } from '@/lib/server/runtime/per-process';

const seen = (): Set<string> => perProcess('phones', () => new Set<string>());

/**
 * Notes that a page was opened from another device by an address of this machine (AD5): then that address leads here, through whatever
 * network and firewall. Kept by the process; nothing of the device is.
 *
 * @param host as the request names it
 * @param client the address the request came from
 */
export function notePhone(host: string | null, client: string, own: ReadonlySet<string> = ownAddresses()): void {
  const name = host === null ? null : hostname(host);
  if (name !== null && own.has(name) && !isLoopback(name) && !own.has(client)) seen().add(name);
}

/** Whether somebody came by that origin since this process began. */
export function cameThrough(origin: string): boolean {
  return seen().has(new URL(origin).hostname);
}
