import type { IpAddress } from '../model/address.ts';
import { parseAddress } from '../model/address.ts';
import type { Family } from '../model/protocol.ts';
import type { ResolvedProfile } from '../profile/resolved-profile.ts';

/**
 * The local addresses of a modelled host, as slots of its pools: 0 the wildcard address, then one
 * an address in the order given, for each family. Where addresses can't share numbers with each
 * other (A27, A28) the group has a slot too, whose bitmap says what its addresses hold.
 */
export class HostAddresses {
  readonly #slots = new Map<string, number>();
  readonly #siblings: Readonly<Record<Family, number[]>> = { ipv4: [0], ipv6: [0] };
  readonly #groups = new Map<string, number>();
  readonly #adapters: ReadonlyMap<string, string>;
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
      if (!address.wildcard && !this.#slots.has(address.text)) this.#add(address);
    }
  }

  /**
   * For each slot of a family 0, or the slot of its group, or -1 where it is a group's.
   * The same array always; it grows when a loopback address is first used.
   */
  siblings(family: Family): readonly number[] {
    return this.#siblings[family];
  }

  /** The slot of an address; -1 when the host lacks it. A host has all of 127/8 and ::1 (A27). */
  slot(address: IpAddress): number {
    if (address.wildcard) return 0;
    const slot = this.#slots.get(address.text);
    if (slot !== undefined) return slot;
    if (!address.loopback || this.#profile.assumptions.A27 === 'as-listed') return -1;
    return this.#add(address);
  }

  #add(address: IpAddress): number {
    const siblings = this.#siblings[address.family];
    const slot = siblings.length;
    this.#slots.set(address.text, slot);
    const group = this.#groupOf(address);
    if (group === undefined) {
      siblings.push(0);
      return slot;
    }
    const key = `${address.family} ${group}`;
    const known = this.#groups.get(key);
    if (known === undefined) {
      this.#groups.set(key, slot + 1);
      siblings.push(slot + 1, -1);
    } else {
      siblings.push(known);
    }
    return slot;
  }

  #groupOf(address: IpAddress): string | undefined {
    const { A27, A28 } = this.#profile.assumptions;
    if (address.loopback) return A27 === 'one-pool' ? 'loopback' : undefined;
    if (A28 === 'shared') return undefined;
    return `adapter ${this.#adapters.get(address.text) ?? 'default'}`;
  }
}
