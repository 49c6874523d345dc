import 'server-only';
import { networkInterfaces } from 'node:os';

/** Addresses of this machine's own interfaces, without the brackets of IPv6. */
export function ownAddresses(): ReadonlySet<string> {
  const all = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  return new Set(all.map(({ address }) => address));
}

/** The host's name without port and brackets; null for something that is no host. */
export function hostname(host: string): string | null {
  return URL.canParse(`http://${host}`) ? new URL(`http://${host}`).hostname.replace(/^\[|\]$/g, '') : null;
}

/** Whether a host name stands for this machine alone. */
export function isLoopback(name: string): boolean {
  return name === 'localhost' || name === '::1' || /^127(\.\d{1,3}){3}$/.test(name);
}

/** Whether a `Host` names this machine: loopback, or one of its own addresses (phones on the LAN). */
export function isLocalHost(host: string | null, addresses: ReadonlySet<string>): boolean {
  const name = host === null ? null : hostname(host);
  return name !== null && (isLoopback(name) || addresses.has(name));
}
