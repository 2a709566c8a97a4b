import { parseAddress } from '#engine/model/address.ts';
import type { HostAddress } from '#engine/model/host-facts.ts';
import { LabError } from '#engine/model/lab-error.ts';
import type { Family } from '#engine/model/protocol.ts';
import type { Ffi } from '../ffi/ffi.ts';
import { IP_ADAPTER_ADDRESSES_LH, IP_ADAPTER_UNICAST_ADDRESS_LH } from '../layout/layouts.ts';
import { SOCKADDR_ROOM, addressText } from '../layout/sockaddr.ts';
import { requireExport } from '../winsock/ws2.ts';
import {
  AF_UNSPEC,
  ERROR_BUFFER_OVERFLOW,
  ERROR_NO_DATA,
  ERROR_SUCCESS,
  GAA_FLAG_SKIP_ANYCAST,
  GAA_FLAG_SKIP_DNS_SERVER,
  GAA_FLAG_SKIP_MULTICAST,
  IP_DAD_STATES,
} from './adapter-constants.ts';
import { type AddressTraits, whyNotDefault } from './default-address.ts';

/** What Microsoft's page recommends to start with; the call says how much it needs. */
const FIRST_ROOM = 15_360;
const MAX_TRIES = 4;
/** Longest list followed; a broken one must not hang the lab. */
const MAX_ENTRIES = 10_000;
const MAX_NAME = 512;

/**
 * The host's unicast addresses by GetAdaptersAddresses (iphlpapi.dll).
 * @throws LabError 'refused' where there is no iphlpapi.dll, 'failed' when it answers with an error
 */
export function readAdapterAddresses(ffi: Ffi): HostAddress[] {
  const library = ffi.load('iphlpapi.dll');
  const getAdaptersAddresses = requireExport(
    library,
    'iphlpapi.dll',
    'GetAdaptersAddresses',
    'u32',
    ['u32', 'u32', 'pointer', 'pointer', 'pointer'],
  );
  const flags = GAA_FLAG_SKIP_ANYCAST | GAA_FLAG_SKIP_MULTICAST | GAA_FLAG_SKIP_DNS_SERVER;
  const size = new Uint32Array([FIRST_ROOM]);
  // The list may grow between two calls, so more than one retry may be needed.
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    const buffer = Buffer.alloc(size[0] ?? FIRST_ROOM);
    const status = getAdaptersAddresses(AF_UNSPEC, flags, null, buffer, size);
    if (status === ERROR_SUCCESS) return adapterAddresses(buffer, ffi.addressOf(buffer));
    if (status === ERROR_NO_DATA) return [];
    if (status !== ERROR_BUFFER_OVERFLOW) {
      throw new LabError(
        'failed',
        `GetAdaptersAddresses: error ${status}`,
        'Name the addresses with --addresses.',
      );
    }
  }
  throw new LabError(
    'failed',
    'GetAdaptersAddresses: the list of adapters keeps growing',
    'Try again, or name the addresses with --addresses.',
  );
}

/**
 * Reads the linked lists GetAdaptersAddresses wrote. Their pointers lead into the same buffer; one
 * that doesn't ends its list.
 * @param base where the buffer's first byte is in memory
 */
export function adapterAddresses(buffer: Buffer, base: bigint): HostAddress[] {
  const { Next, FirstUnicastAddress, size } = IP_ADAPTER_ADDRESSES_LH;
  const unicast = IP_ADAPTER_UNICAST_ADDRESS_LH;
  const inside = (pointerAt: number, room: number): number | undefined => {
    const offset = Number(buffer.readBigUInt64LE(pointerAt) - base);
    return offset >= 0 && offset + room <= buffer.length ? offset : undefined;
  };
  const found: HostAddress[] = [];
  let left = MAX_ENTRIES;
  let adapter: number | undefined = buffer.length >= size ? 0 : undefined;
  while (adapter !== undefined && left-- > 0) {
    let entry = inside(adapter + FirstUnicastAddress, unicast.size);
    while (entry !== undefined && left-- > 0) {
      const sockaddr = inside(entry + unicast.Address_lpSockaddr, 16);
      if (sockaddr !== undefined) {
        const address = hostAddress(buffer, adapter, entry, sockaddr, inside);
        if (address !== undefined) found.push(address);
      }
      entry = inside(entry + unicast.Next, unicast.size);
    }
    adapter = inside(adapter + Next, size);
  }
  return found;
}

function hostAddress(
  buffer: Buffer,
  adapter: number,
  entry: number,
  sockaddrAt: number,
  inside: (pointerAt: number, room: number) => number | undefined,
): HostAddress | undefined {
  const layout = IP_ADAPTER_ADDRESSES_LH;
  const unicast = IP_ADAPTER_UNICAST_ADDRESS_LH;
  const sockaddr = Buffer.alloc(SOCKADDR_ROOM);
  const length = buffer.readInt32LE(entry + unicast.Address_iSockaddrLength);
  buffer.copy(sockaddr, 0, sockaddrAt, sockaddrAt + Math.min(length, SOCKADDR_ROOM));
  const parsed = parseAddress(addressText(sockaddr) ?? '');
  if (parsed === undefined) return undefined;
  const name = wideString(buffer, inside(adapter + layout.FriendlyName, 2));
  const traits: AddressTraits = {
    address: parsed,
    state: IP_DAD_STATES[buffer.readInt32LE(entry + unicast.DadState)] ?? 'unknown',
    suffixOrigin: buffer.readInt32LE(entry + unicast.SuffixOrigin),
    interface: name,
    description: wideString(buffer, inside(adapter + layout.Description, 2)),
    ifType: buffer.readUInt32LE(adapter + layout.IfType),
    operStatus: buffer.readInt32LE(adapter + layout.OperStatus),
  };
  const reason = whyNotDefault(traits);
  return {
    address: parsed.text,
    prefix: buffer.readUInt8(entry + unicast.OnLinkPrefixLength),
    family: parsed.family,
    interface: name,
    ifIndex: interfaceIndex(buffer, adapter, parsed.family),
    loopback: parsed.loopback,
    state: traits.state,
    class: parsed.loopback ? 'loopback' : 'nic',
    ...(reason === undefined ? {} : { notDefaultBecause: reason }),
  };
}

/** An adapter's index for a family; Wine leaves the IPv6 one 0, Windows gives both the same. */
function interfaceIndex(buffer: Buffer, adapter: number, family: Family): number {
  const index = buffer.readUInt32LE(adapter + IP_ADAPTER_ADDRESSES_LH.IfIndex);
  if (family === 'ipv4') return index;
  return buffer.readUInt32LE(adapter + IP_ADAPTER_ADDRESSES_LH.Ipv6IfIndex) || index;
}

/** A NUL-terminated UTF-16 string inside the buffer; '' where there is none. */
function wideString(buffer: Buffer, at: number | undefined): string {
  if (at === undefined) return '';
  let end = at;
  while (end + 1 < buffer.length && end < at + 2 * MAX_NAME && buffer.readUInt16LE(end) !== 0) {
    end += 2;
  }
  return buffer.toString('utf16le', at, end);
}
