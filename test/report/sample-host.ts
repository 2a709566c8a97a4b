import type { HostFacts } from '#engine/model/host-facts.ts';
import type { SampleChoice } from './sample-run.ts';

/** An invented machine that fits the run: Windows, Wine's Windows, or the Linux of a simulated run. */
export function sampleHost({ basis, addresses, usable }: SampleChoice): HostFacts {
  const windows = basis === 'measured';
  const option = {
    documented: windows,
    settable: basis === 'modelled' ? null : true,
    readable: windows ? true : basis === 'wine' ? false : null,
    honoured: 'unknown' as const,
    evidence: null,
  };
  const range = { start: 50_000, count: usable + 80 };
  return {
    platform: basis === 'modelled' ? 'linux' : 'win32',
    hostname: windows ? 'LAB-WS-03' : 'bench-3',
    os: windows
      ? { name: 'Windows Server 2025 Standard', build: '26100.4061', productType: 'server' }
      : basis === 'wine'
        ? { name: 'Windows 10 Pro', build: '19045', productType: 'workstation' }
        : { name: 'Debian GNU/Linux 12', build: '6.1.0', productType: null },
    wine: basis === 'wine' ? '8.0' : null,
    addresses:
      basis === 'modelled'
        ? []
        : [
            ...addresses.map((address, at) => ({
              address,
              prefix: address.includes(':') ? 64 : 24,
              family: address.includes(':') ? ('ipv6' as const) : ('ipv4' as const),
              interface: at % 2 === 0 ? 'Ethernet 1' : 'Ethernet 2',
              ifIndex: 6 + (at % 2),
              loopback: false,
              state: 'preferred' as const,
              class: 'nic' as const,
            })),
            {
              address: '192.0.2.9',
              prefix: 24,
              family: 'ipv4' as const,
              interface: 'Ethernet 2',
              ifIndex: 7,
              loopback: false,
              state: 'duplicate' as const,
              class: 'nic' as const,
              notDefaultBecause: 'duplicate on the wire',
            },
          ],
    dynamicRanges: windows
      ? { tcp4: range, tcp6: range, udp4: range, udp6: range }
      : { tcp4: null, tcp6: null, udp4: null, udp6: null },
    excludedRanges: windows
      ? [
          { protocol: 'tcp', family: 'ipv4', start: 50_200, count: 50, administered: false },
          { protocol: 'tcp', family: 'ipv4', start: 52_000, count: 30, administered: true },
        ]
      : null,
    autoReuseRange: windows ? { start: 0, count: 0 } : null,
    options: { SO_PORT_SCALABILITY: option, SO_REUSE_UNICASTPORT: option },
    stack: basis === 'modelled' ? 'simulated' : 'winsock',
    why:
      basis === 'modelled'
        ? 'this is Linux, there is no ws2_32.dll here'
        : windows
          ? 'ws2_32.dll loads and accepts 0x3006'
          : 'asked for with --stack winsock',
  };
}
