import { isIPv4, isIPv6 } from 'node:net';

/** The eight groups of an IPv6 address. */
function groupsOf(address: string): readonly string[] {
  // Written by the URL standard: lower case, without leading zeros, and with IPv4 at the end as two groups.
  const plain = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const [before = '', after] = plain.split('::');
  const [left, right] = [before, after ?? ''].map((part) => (part === '' ? [] : part.split(':')));
  const zeros = Array.from({ length: 8 - (left?.length ?? 0) - (right?.length ?? 0) }, () => '0');
  return [...(left ?? []), ...zeros, ...(right ?? [])];
}

/** What may stand around an address in a forwarding header: a port, brackets, an interface. */
function bare(entry: string): string {
  const bracketed = /^\[([^\]]*)\](?::\d+)?$/.exec(entry)?.[1];
  const withPort = /^(\d+\.\d+\.\d+\.\d+):\d+$/.exec(entry)?.[1];
  return (bracketed ?? withPort ?? entry).split('%')[0] ?? entry;
}

/**
 * What an address is counted as (RM-08): an IPv4 address as itself, an IPv6 address as its network of 2^64, of which one household has at least
 * one and every machine in it as many addresses as it likes. What is no address is counted as it is.
 */
export function networkKey(entry: string): string {
  const address = bare(entry);
  if (isIPv4(address) || !isIPv6(address)) return address;
  const groups = groupsOf(address);
  const isMapped = groups.slice(0, 5).every((group) => group === '0') && groups[5] === 'ffff';
  if (!isMapped) return `${groups.slice(0, 4).join(':')}::/64`;
  const [high = 0, low = 0] = groups.slice(6).map((group) => Number.parseInt(group, 16));
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
}
