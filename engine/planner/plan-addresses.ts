import { HostAddresses } from '../allocator/host-addresses.ts';
import { parseAddress } from '../model/address.ts';
import type { ProfileAddress, ResolvedProfile } from '../profile/resolved-profile.ts';

/** Where no address is known the adapter has the name a profile file gives it. */
const ADAPTER = 'default';
/** Hosts of a /24 that an address can be. */
const HOSTS = 254;

/**
 * The addresses a plan reckons with: the profile's own first, then invented ones of the same adapter
 * as the first. Only the simulated stack ever has those.
 */
export function planAddresses(profile: ResolvedProfile, count: number): ProfileAddress[] {
  const own = ownAddresses(profile);
  const known = new Set(own.map(({ address }) => address));
  const adapter = own[0]?.adapter ?? ADAPTER;
  const addresses = own.slice(0, count);
  for (let n = 0; addresses.length < count; n++) {
    const address = invented(n);
    if (!known.has(address)) addresses.push({ address, adapter });
  }
  return addresses;
}

/**
 * Which addresses bring a pool of their own through the option: some share no numbers with each other,
 * and then have one together (A27, A28). The plan's addresses in order, as many as there may be.
 */
export class AddressPools {
  /** After each of the profile's own addresses and one invented one. */
  readonly #after: readonly number[];
  /** Every further address brings one. */
  readonly #goesOn: boolean;

  constructor(profile: ResolvedProfile) {
    const own = ownAddresses(profile).length;
    // The second invented address tells what every further one brings.
    const addresses = planAddresses(profile, own + 2);
    const texts = addresses.map(({ address }) => address);
    const groups = new HostAddresses({ ...profile, addresses }, texts).groups('ipv4').slice(1);
    const seen = new Set<number>();
    let pools = 0;
    const after = groups.map((group) => {
      if (group === 0 || !seen.has(group)) pools++;
      seen.add(group);
      return pools;
    });
    this.#goesOn = after.at(-1) !== after.at(-2);
    this.#after = after.slice(0, -1);
  }

  /** How many pools so many addresses have. */
  of(addresses: number): number {
    if (addresses <= 0) return 0;
    const known = this.#after[Math.min(addresses, this.#after.length) - 1] ?? 0;
    return known + (this.#goesOn ? Math.max(0, addresses - this.#after.length) : 0);
  }

  /** The fewest addresses that have so many pools; null where none do. */
  addressesFor(pools: number): number | null {
    const at = this.#after.findIndex((after) => after >= pools);
    if (at >= 0) return at + 1;
    return this.#goesOn ? this.#after.length + pools - (this.#after.at(-1) ?? 0) : null;
  }
}

function ownAddresses({ addresses }: ResolvedProfile): ProfileAddress[] {
  return addresses.filter(({ address }) => parseAddress(address)?.family === 'ipv4');
}

/** 10.0.0.1 to 10.0.0.254, then 10.0.1.1, and so on. */
function invented(n: number): string {
  const net = Math.floor(n / HOSTS);
  return `10.${net >>> 8}.${net & 0xff}.${(n % HOSTS) + 1}`;
}
