import type { PortAllocator } from '../allocator/port-allocator.ts';
import { parseAddress } from '../model/address.ts';
import type { Assumptions } from '../profile/assumptions.ts';
import { AddressTable } from './address-table.ts';
import type { HostClock } from './host-clock.ts';
import type { AddressId } from './socket-stack.ts';

/** How long an added address is no use where A25 says so: about what duplicate detection takes. */
const DUPLICATE_DETECTION_NS = 3e9;

/** Where the addresses of a run are on the modelled host: which slot, which family, and whether now. */
export class HostPlaces {
  readonly addresses = new AddressTable();
  readonly #allocator: PortAllocator;
  readonly #clock: HostClock;
  readonly #tentativeNs: number;
  /** By address id: slot + 1 (0 when the host never had the address), doubled, plus 1 for IPv6. */
  readonly #places: number[] = [];
  /** Addresses that came or went: when they can be used, Infinity where the host lost them. */
  readonly #usableFrom = new Map<AddressId, number>();

  constructor(allocator: PortAllocator, clock: HostClock, { A25 }: Assumptions) {
    this.#allocator = allocator;
    this.#clock = clock;
    this.#tentativeNs = A25 === 'at-once' ? 0 : DUPLICATE_DETECTION_NS;
  }

  /** The slot of an address, for binds: -1 when the host doesn't have it now. @throws RangeError for an unknown id */
  usableSlot(address: AddressId): number {
    const slot = this.slot(address);
    if (this.#usableFrom.size === 0) return slot;
    return (this.#usableFrom.get(address) ?? 0) > this.#clock.now ? -1 : slot;
  }

  /** The slot of an address; -1 when the host never had it. @throws RangeError for an unknown id */
  slot(address: AddressId): number {
    return ((this.#places[address] ?? this.#find(address)) >>> 1) - 1;
  }

  /** Whether an address is the host's now, the wildcard address aside. */
  isLocal(address: AddressId): boolean {
    return this.usableSlot(address) > 0;
  }

  isIpv6(address: AddressId): boolean {
    return ((this.#places[address] ?? this.#find(address)) & 1) === 1;
  }

  /**
   * The local address a connection to `remote` gets where routing decides: the loopback address for a
   * loopback remote, else the first address the host was given.
   */
  routedSource(remote: AddressId): AddressId {
    const { loopback, family } = this.addresses.at(remote);
    const first = loopback ? undefined : this.#allocator.firstAddress(family);
    return this.addresses.intern(first ?? (family === 'ipv4' ? '127.0.0.1' : '::1'));
  }

  /** @throws RangeError for text that is no specific address. @returns its id */
  add(text: string, adapter: string | undefined): AddressId {
    const id = this.addresses.intern(text);
    const address = this.addresses.at(id);
    if (address.wildcard) throw new RangeError(`a host has the wildcard address: ${text}`);
    const had = this.#has(id);
    this.#allocator.addAddress(address, adapter);
    this.#places.length = 0;
    if (!had) this.#usableFrom.set(id, this.#clock.now + this.#tentativeNs);
    return id;
  }

  /** @throws RangeError for an address the host lacks, or that it can't lose. @returns its id */
  remove(text: string): AddressId {
    const parsed = parseAddress(text);
    if (parsed === undefined) throw new RangeError(`no IP address: ${text}`);
    const id = this.addresses.intern(text);
    if (parsed.wildcard || parsed.loopback) throw new RangeError(`a host keeps ${parsed.text}`);
    if (!this.#has(id)) throw new RangeError(`the host has no address ${parsed.text}`);
    this.#usableFrom.set(id, Infinity);
    return id;
  }

  /** The host has this address, if not for use yet. */
  #has(address: AddressId): boolean {
    return this.slot(address) > 0 && this.#usableFrom.get(address) !== Infinity;
  }

  #find(address: AddressId): number {
    const parsed = this.addresses.at(address);
    const slot = this.#allocator.slot(parsed);
    const place = ((slot + 1) << 1) | (parsed.family === 'ipv6' ? 1 : 0);
    this.#places[address] = place;
    return place;
  }
}
