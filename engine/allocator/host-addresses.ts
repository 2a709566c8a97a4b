import type { IpAddress } from '../model/address.ts';
import { parseAddress } from '../model/address.ts';
import type { Family } from '../model/protocol.ts';
import type { ResolvedProfile } from '../profile/resolved-profile.ts';

/**
 * The local addresses of a modelled host, as slots of its pools: 0 the wildcard address, then one
 * an address in the order given, for each family. Addresses that can't share numbers with each other
 * through the option (A27, A28) are of one group. A slot stays an address's own for good, so that
 * what is held there can be told even when the host has lost the address.
 */
export class HostAddresses {
  readonly #slots = new Map<string, number>();
  readonly #groups: Readonly<Record<Family, number[]>> = { ipv4: [0], ipv6: [0] };
  readonly #groupNumbers = new Map<string, number>();
  readonly #adapters: Map<string, string>;
  readonly #profile: ResolvedProfile;

  /**
   * @param addresses the host's addresses, of either family; the profile only tells their adapters
   * @throws RangeError for text that is no address
   */
  constructor(profile: ResolvedProfile, addresses: readonly string[]) {
    this.#profile = profile;
    this.#adapters = new Map(profile.addresses.map(({ address, adapter }) => [address, adapter]));
    for (const text of addresses) {
      const address = parseAddress(text);
      if (address === undefined) throw new RangeError(`no address: ${text}`);
      if (!address.wildcard) this.add(address);
    }
  }

  /**
   * The group of each slot of a family; 0 for one that shares with all. The same array always; it
   * grows when an address comes.
   */
  groups(family: Family): readonly number[] {
    return this.#groups[family];
  }

  /** The address of a family that came first, but for loopback ones. */
  first(family: Family): string | undefined {
    for (const text of this.#slots.keys()) {
      const address = parseAddress(text);
      if (address?.family === family && !address.loopback) return text;
    }
    return undefined;
  }

  /** The slot of an address; -1 when the host never had it. A host has all of 127/8 and ::1 (A27). */
  slot(address: IpAddress): number {
    if (address.wildcard) return 0;
    const slot = this.#slots.get(address.text);
    if (slot !== undefined) return slot;
    if (!address.loopback || this.#profile.assumptions.A27 === 'as-listed') return -1;
    return this.add(address);
  }

  /**
   * Gives an address a slot, or finds the one it has.
   * @param adapter where it is now; else where it was, or what the profile says, or "default"
   */
  add(address: IpAddress, adapter?: string): number {
    if (adapter !== undefined) this.#adapters.set(address.text, adapter);
    const known = this.#slots.get(address.text);
    if (known !== undefined) {
      this.#groups[address.family][known] = this.#groupOf(address);
      return known;
    }
    const groups = this.#groups[address.family];
    const slot = groups.length;
    this.#slots.set(address.text, slot);
    groups.push(this.#groupOf(address));
    return slot;
  }

  #groupOf(address: IpAddress): number {
    const { A27, A28 } = this.#profile.assumptions;
    let name: string;
    if (address.loopback) {
      if (A27 !== 'one-pool') return 0;
      name = 'loopback';
    } else {
      if (A28 === 'shared') return 0;
      name = `adapter ${this.#adapters.get(address.text) ?? 'default'}`;
    }
    const known = this.#groupNumbers.get(name) ?? this.#groupNumbers.size + 1;
    this.#groupNumbers.set(name, known);
    return known;
  }
}
