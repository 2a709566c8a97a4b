import type { HostAddress, HostFacts, OptionFacts } from '#engine/model/host-facts.ts';

const UNKNOWN: OptionFacts = {
  documented: true,
  settable: true,
  readable: true,
  honoured: 'unknown',
  evidence: null,
};

/** An address as host facts have it. */
export function address(text: string, more: Partial<HostAddress> = {}): HostAddress {
  return {
    address: text,
    prefix: 24,
    family: text.includes(':') ? 'ipv6' : 'ipv4',
    interface: 'Ethernet',
    ifIndex: 4,
    loopback: false,
    state: 'preferred',
    class: 'nic',
    ...more,
  };
}

/** A made-up server with two addresses and the default ranges. */
export function sampleHost(more: Partial<HostFacts> = {}): HostFacts {
  const range = { start: 49_152, count: 16_384 };
  return {
    platform: 'win32',
    hostname: 'SAMPLE-1',
    os: { name: 'Windows Server 2022', build: '20348', productType: 'server' },
    wine: null,
    addresses: [address('10.0.0.1'), address('10.0.0.2')],
    dynamicRanges: { tcp4: range, tcp6: range, udp4: range, udp6: range },
    excludedRanges: [],
    autoReuseRange: { start: 0, count: 0 },
    roles: [],
    options: { SO_PORT_SCALABILITY: UNKNOWN, SO_REUSE_UNICASTPORT: UNKNOWN },
    stack: 'winsock',
    why: 'made up',
    ...more,
  };
}
