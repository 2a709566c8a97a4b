import { describe, expect, it } from 'vitest';
import { parseAddress } from '#engine/model/address.ts';
import { adapterAddresses } from '#native/host/adapters.ts';
import { type AddressTraits, whyNotDefault } from '#native/host/default-address.ts';
import {
  IP_ADAPTER_ADDRESSES_LH as ADAPTER,
  IP_ADAPTER_UNICAST_ADDRESS_LH as UNICAST,
} from '#native/layout/layouts.ts';
import { sockaddrOf } from '#native/layout/sockaddr.ts';

const BASE = 0x7fff_0000_1000n;

function addressOf(text: string) {
  const address = parseAddress(text);
  if (address === undefined) throw new Error(`${text} is no address`);
  return address;
}

/** One adapter with addresses, laid out as GetAdaptersAddresses does, pointers and all. */
function adapterList(name: string, addresses: readonly string[], operStatus = 1): Buffer {
  const buffer = Buffer.alloc(8_192);
  let used = ADAPTER.size;
  const place = (bytes: Buffer | number): number => {
    const at = used;
    if (typeof bytes !== 'number') bytes.copy(buffer, at);
    used += typeof bytes === 'number' ? bytes : Math.ceil(bytes.length / 8) * 8;
    return at;
  };
  const point = (at: number, to: number) => buffer.writeBigUInt64LE(BASE + BigInt(to), at);
  buffer.writeUInt32LE(7, ADAPTER.IfIndex);
  buffer.writeUInt32LE(9, ADAPTER.Ipv6IfIndex);
  buffer.writeUInt32LE(6, ADAPTER.IfType);
  buffer.writeInt32LE(operStatus, ADAPTER.OperStatus);
  point(ADAPTER.FriendlyName, place(Buffer.from(`${name}\0`, 'utf16le')));
  let link: number = ADAPTER.FirstUnicastAddress;
  for (const text of addresses) {
    const sockaddr = sockaddrOf(addressOf(text));
    const entry = place(UNICAST.size);
    point(link, entry);
    point(entry + UNICAST.Address_lpSockaddr, place(sockaddr));
    buffer.writeInt32LE(sockaddr.length, entry + UNICAST.Address_iSockaddrLength);
    buffer.writeInt32LE(4, entry + UNICAST.DadState);
    buffer.writeUInt8(24, entry + UNICAST.OnLinkPrefixLength);
    link = entry + UNICAST.Next;
  }
  return buffer;
}

describe('the list GetAdaptersAddresses writes', () => {
  it('is read with names beyond ASCII, both families, prefix and index', () => {
    const found = adapterAddresses(adapterList('Ethernet–2 é', ['10.0.0.4', 'fd00::5']), BASE);
    expect(found).toEqual([
      {
        address: '10.0.0.4',
        prefix: 24,
        family: 'ipv4',
        interface: 'Ethernet–2 é',
        ifIndex: 7,
        loopback: false,
        state: 'preferred',
        class: 'nic',
      },
      expect.objectContaining({ address: 'fd00::5', family: 'ipv6', ifIndex: 9 }),
    ]);
  });

  it('shows addresses of an adapter that is down, but not for choosing', () => {
    const found = adapterAddresses(adapterList('Ethernet', ['10.0.0.4'], 2), BASE);
    expect(found[0]?.notDefaultBecause).toBe('its adapter is not up');
  });

  it('ends at a pointer out of the buffer instead of following it', () => {
    const buffer = adapterList('Ethernet', ['10.0.0.4']);
    buffer.writeBigUInt64LE(BASE + 8_190n, ADAPTER.Next);
    expect(adapterAddresses(buffer, BASE)).toHaveLength(1);
    buffer.writeBigUInt64LE(1n, ADAPTER.FirstUnicastAddress);
    expect(adapterAddresses(buffer, BASE)).toHaveLength(0);
  });

  it('ends although an entry leads back to itself', () => {
    const buffer = adapterList('Ethernet', ['10.0.0.4']);
    buffer.writeBigUInt64LE(BASE, ADAPTER.Next);
    expect(adapterAddresses(buffer, BASE).length).toBeLessThanOrEqual(10_000);
  });
});

describe('an address is not chosen by default', () => {
  const usable: AddressTraits = {
    address: addressOf('10.0.0.4'),
    state: 'preferred',
    suffixOrigin: 1,
    interface: 'Ethernet',
    description: 'Intel(R) Ethernet Connection',
    ifType: 6,
    operStatus: 1,
  };
  const at = (text: string) => ({ address: addressOf(text) });

  it('unless nothing speaks against it', () => {
    expect(whyNotDefault(usable)).toBeUndefined();
    expect(whyNotDefault({ ...usable, ...at('fd00::4') })).toBeUndefined();
  });

  it.each<[string, Partial<AddressTraits>, RegExp]>([
    ['while tentative', { state: 'tentative' }, /tentative/],
    ['as a duplicate', { state: 'duplicate' }, /duplicate/],
    ['when deprecated', { state: 'deprecated' }, /deprecated/],
    ['in 169.254', at('169.254.7.7'), /link-local/],
    ['in fe80', at('fe80::7%3'), /link-local/],
    ['in fe80::/10', at('febf::7%3'), /link-local/],
    ['when temporary', { ...at('fd00::1234'), suffixOrigin: 5 }, /temporary/],
    ['on a tunnel', { ifType: 131 }, /tunnel/],
    ['on a dial-up or VPN link', { ifType: 23 }, /VPN/],
    ['on a virtual switch', { interface: 'vEthernet (WSL)' }, /vEthernet/],
    ['on a VPN driver', { description: 'WireGuard Tunnel' }, /VPN/],
    ['on a cluster', { description: 'Microsoft Failover Cluster Virtual Adapter' }, /cluster/],
    ['on an adapter that is down', { operStatus: 2 }, /not up/],
  ])('%s', (_case, traits, reason) => {
    expect(whyNotDefault({ ...usable, ...traits })).toMatch(reason);
  });

  it('but 169.255 and fec0 are not link-local', () => {
    expect(whyNotDefault({ ...usable, ...at('169.255.0.1') })).toBeUndefined();
    expect(whyNotDefault({ ...usable, ...at('fec0::1') })).toBeUndefined();
  });
});
