import type { NetworkInterfaceInfo } from 'node:os';
import { phoneAddresses } from './phone-addresses';

/** An IPv4 address of an interface, as Node tells it. */
function at(address: string, change: Partial<NetworkInterfaceInfo> = {}): NetworkInterfaceInfo[] {
  const info = { address, netmask: '255.255.255.0', mac: '3c:22:fb:01:02:03', internal: false, cidr: `${address}/24` };
  return [{ ...info, family: 'IPv4', ...change } as NetworkInterfaceInfo];
}

const loopback = at('127.0.0.1', { internal: true, netmask: '255.0.0.0', mac: '00:00:00:00:00:00' });
const laptop = { appUrl: 'http://127.0.0.1:3000', host: '0.0.0.0', port: 3_000 };
const offered = (interfaces: NodeJS.Dict<NetworkInterfaceInfo[]>, listening = laptop): readonly string[] =>
  phoneAddresses(listening, interfaces).map(({ origin, network }) => `${network} ${origin}`);

describe('AD4 the address that phones reach comes first, and the others are offered by the names of their interfaces', () => {
  test.each([
    [
      'Linux with Docker and a VPN',
      {
        lo: loopback,
        docker0: at('172.17.0.1', { mac: '02:42:ac:11:00:01' }),
        'br-1f2e3d4c': at('172.18.0.1'),
        tailscale0: at('100.101.2.3', { netmask: '255.255.255.255', mac: '00:00:00:00:00:00' }),
        enp3s0: at('192.168.1.40'),
        wlp2s0: at('192.168.1.23'),
      },
      [
        'wlp2s0 192.168.1.23',
        'enp3s0 192.168.1.40',
        'docker0 172.17.0.1',
        'br-1f2e3d4c 172.18.0.1',
        'tailscale0 100.101.2.3',
      ],
    ],
    [
      'Windows with WSL and VirtualBox',
      {
        'vEthernet (WSL (Hyper-V firewall))': at('172.29.208.1'),
        'VirtualBox Host-Only Network': at('192.168.56.1'),
        'Local Area Connection* 2': at('169.254.12.7'),
        'Ethernet 2': at('10.0.0.8'),
        'Loopback Pseudo-Interface 1': loopback,
        'Wi-Fi': at('192.168.1.23'),
      },
      [
        'Wi-Fi 192.168.1.23',
        'Ethernet 2 10.0.0.8',
        'vEthernet (WSL (Hyper-V firewall)) 172.29.208.1',
        'VirtualBox Host-Only Network 192.168.56.1',
        'Local Area Connection* 2 169.254.12.7',
      ],
    ],
    [
      'a Mac with a tunnel and shared Internet',
      { lo0: loopback, utun4: at('10.8.0.2'), bridge100: at('192.168.64.1'), en0: at('10.20.30.40') },
      ['en0 10.20.30.40', 'utun4 10.8.0.2', 'bridge100 192.168.64.1'],
    ],
    [
      'names that say nothing: home networks first, self-assigned addresses last',
      { a: at('169.254.1.1'), b: at('203.0.113.9'), c: at('172.20.0.5'), d: at('10.1.1.1'), e: at('192.168.0.2') },
      ['e 192.168.0.2', 'd 10.1.1.1', 'c 172.20.0.5', 'b 203.0.113.9', 'a 169.254.1.1'],
    ],
  ])('%s', (_what, interfaces, expected) => {
    expect(offered(interfaces)).toEqual(expected.map((line) => line.replace(/ (\S+)$/, ' http://$1:3000')));
  });

  test('only where the app listens: on one address that one, on this computer alone none', () => {
    const interfaces = { lo: loopback, eth0: at('192.168.1.40'), wlan0: at('192.168.1.23') };
    expect(offered(interfaces, { ...laptop, host: '192.168.1.40', port: 3_001 })).toEqual([
      'eth0 http://192.168.1.40:3001',
    ]);
    expect(offered(interfaces, { ...laptop, host: '::' })).toHaveLength(2);
    for (const host of ['127.0.0.1', '127.0.0.2', 'localhost', '::1']) {
      expect(offered(interfaces, { ...laptop, host })).toEqual([]);
    }
    expect(offered({ lo: loopback })).toEqual([]);
  });

  test('a site has its own address, whatever it runs on', () => {
    const site = { appUrl: 'https://room.example', host: '127.0.0.1', port: 3_000 };
    expect(offered({ eth0: at('10.0.0.4') }, site)).toEqual(['null https://room.example']);
  });
});
