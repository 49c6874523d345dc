import 'server-only';
import { networkInterfaces, type NetworkInterfaceInfo } from 'node:os';
import { hostname, isLoopback } from './network';

/** An address by which others reach the app. */
export interface PhoneAddress {
  readonly origin: string;
  /** The name of this machine's interface that has it; null for the address of a site. */
  readonly network: string | null;
}

/** What the app listens on, and what it is called. */
interface Listening {
  readonly appUrl: string;
  readonly host: string;
  readonly port: number;
}

/** Interfaces of programs on this machine, and of networks inside of others: containers, virtual machines, tunnels. No phone is in them. */
const withoutPhones =
  /^(docker|podman|br-|bridge|veth|virbr|vmnet|vboxnet|vnic|lxc|lxd|cni|flannel|cali|tun|tap|utun|wg|zt|ppp|ipsec|awdl|llw)|vethernet|wsl|hyper-v|vmware|virtualbox|tailscale|zerotier|wireguard|openvpn|nordlynx|vpn|bluetooth/i;

const wireless = /^wl|wi-?fi|airport|wireless/i;

/** Home networks, the most common first (RFC 1918). */
const homeNetworks = [/^192\.168\./, /^10\./, /^172\.(1[6-9]|2\d|3[01])\./];

/** Addresses that a network gave nobody (RFC 3927), and those behind carriers and tunnels (RFC 6598). */
const selfAssigned = /^169\.254\./;
const shared = /^100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\./;

/** How unlikely it is that phones reach an address: what the interface is called decides, then the network. */
function unlikeliness(network: string, { address, netmask, mac }: NetworkInterfaceInfo): number {
  if (selfAssigned.test(address)) return 70;
  const isTunnel = netmask === '255.255.255.255' || mac === '00:00:00:00:00:00' || shared.test(address);
  if (isTunnel || withoutPhones.test(network)) return 60;
  const home = homeNetworks.findIndex((pattern) => pattern.test(address));
  return (home === -1 ? 20 : home) + (wireless.test(network) ? 0 : 10);
}

/** Whether the app listens on its own computer alone. */
export function listensHereAlone(host: string): boolean {
  return isLoopback(host);
}

/**
 * The addresses by which phones may reach the app, the likeliest first (AD4): a site's one; on a laptop those of its interfaces on which the
 * app listens. None where it listens on this computer alone, or this computer is in no network.
 */
export function phoneAddresses(
  { appUrl, host, port }: Listening,
  interfaces = networkInterfaces(),
): readonly PhoneAddress[] {
  if (!isLoopback(hostname(new URL(appUrl).host) ?? '')) return [{ origin: appUrl, network: null }];
  if (listensHereAlone(host)) return [];
  const all = Object.entries(interfaces).flatMap(([network, infos]) =>
    (infos ?? []).map((info) => ({ network, info, rank: unlikeliness(network, info) })),
  );
  return all
    .filter(({ info }) => info.family === 'IPv4' && !info.internal)
    .filter(({ info }, _index, list) => info.address === host || !list.some((other) => other.info.address === host))
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ network, info }) => ({ origin: `http://${info.address}:${port}`, network }));
}
