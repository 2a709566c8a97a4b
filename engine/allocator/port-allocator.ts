import type { IpAddress } from '../model/address.ts';
import { MAX_PORT } from '../model/port-range.ts';
import type { Family, Protocol } from '../model/protocol.ts';
import { poolOf } from '../model/protocol.ts';
import type { ResolvedProfile } from '../profile/resolved-profile.ts';
import { exclusionsOf } from '../profile/resolved-profile.ts';
import { lowestBit, seekClear } from './bits.ts';
import { ConflictMatrix } from './conflict-matrix.ts';
import { explicitBindError } from './explicit-bind.ts';
import type { Mode, Traits } from './holder.ts';
import { KIND, picksAtRandom, traitsOf } from './holder.ts';
import { HostAddresses } from './host-addresses.ts';
import { pickUniform } from './pick.ts';
import { ANYWHERE, BITMAP_WORDS, SUMMARY_WORDS } from './pool-layout.ts';
import { PortPool } from './port-pool.ts';
import { Random } from './random.ts';
import { sharingRules } from './sharing-rules.ts';

/** Number of a pool: bit 0 for udp, bit 1 for ipv6, as event rows tell them. */
export type PoolIndex = number;

export function poolIndex(protocol: Protocol, family: Family): PoolIndex {
  return (protocol === 'udp' ? 1 : 0) | (family === 'ipv6' ? 2 : 0);
}

/**
 * The port allocator of one modelled host: four pools over its addresses. It knows sockets only as
 * (slot, port, traits); ids, options and events are the stack's. Same profile, addresses, seed and
 * calls: same ports.
 */
export class PortAllocator {
  readonly #profile: ResolvedProfile;
  readonly #seed: number;
  readonly #addresses: HostAddresses;
  readonly #matrix = new ConflictMatrix();
  readonly #pools: (PortPool | undefined)[] = [undefined, undefined, undefined, undefined];

  constructor(profile: ResolvedProfile, addresses: readonly string[], seed: number) {
    this.#profile = profile;
    this.#seed = seed;
    this.#addresses = new HostAddresses(profile, addresses);
  }

  /** The slot of an address in the pools of its family, or -1 when the host lacks it. */
  slot(address: IpAddress): number {
    const slot = this.#addresses.slot(address);
    const first = poolIndex('tcp', address.family);
    this.#pools[first]?.grow();
    this.#pools[first + 1]?.grow();
    return slot;
  }

  /** A pool; its 300 KB are taken when it is first asked for. */
  pool(index: PoolIndex): PortPool {
    return this.#pools[index] ?? this.#makePool(index);
  }

  /** Binds to a port the caller names. @returns 0, 10013, 10048, or 10055 beyond 16,000 sharers */
  bindExplicit(index: PoolIndex, slot: number, port: number, mode: Mode): number {
    const pool = this.pool(index);
    const code = explicitBindError(pool, this.#matrix, slot, port, mode);
    if (code === 0) pool.hold(slot, port, traitsOf(KIND.explicit, mode));
    return code;
  }

  /** The same on the wildcard addresses of both families: both must allow it. */
  bindExplicitDual(protocol: Protocol, port: number, mode: Mode): number {
    const pools = this.#bothFamilies(protocol);
    for (const pool of pools) {
      const code = explicitBindError(pool, this.#matrix, 0, port, mode);
      if (code !== 0) return code;
    }
    for (const pool of pools) pool.hold(0, port, traitsOf(KIND.explicit, mode));
    return 0;
  }

  /**
   * A wildcard port on the wildcard addresses of both families: a number in both ranges that nobody
   * holds in either pool. @returns the port, or 0
   */
  claimDual(protocol: Protocol, traits: Traits): number {
    const [six, four] = this.#bothFamilies(protocol);
    const taken = new Int32Array(BITMAP_WORDS + SUMMARY_WORDS).fill(-1);
    for (let word = 0; word < BITMAP_WORDS; word++) {
      taken[word] = six.word(ANYWHERE + word) | four.word(ANYWHERE + word);
    }
    let port: number;
    if (picksAtRandom(traits) || six.rules.legacyPick === 'random') {
      port = pickUniform(taken, 0, 0, 0, six.range, six.random);
    } else {
      const word = six.cursor >>> 5;
      const clear = ~taken[word]! & (-1 << six.cursor);
      port =
        clear !== 0
          ? (word << 5) + lowestBit(clear)
          : seekClear(taken, 0, 0, 0, BITMAP_WORDS, word);
      if (port !== 0) six.cursor = (port + 1) & MAX_PORT;
    }
    if (port !== 0) for (const pool of [six, four]) pool.hold(0, port, traits);
    return port;
  }

  #bothFamilies(protocol: Protocol): readonly [PortPool, PortPool] {
    return [this.pool(poolIndex(protocol, 'ipv6')), this.pool(poolIndex(protocol, 'ipv4'))];
  }

  #makePool(index: PoolIndex): PortPool {
    const protocol = (index & 1) === 0 ? 'tcp' : 'udp';
    const family = (index & 2) === 0 ? 'ipv4' : 'ipv6';
    const name = poolOf(protocol, family);
    const pool = new PortPool(
      this.#profile.dynamicRanges[name],
      exclusionsOf(this.#profile, name),
      sharingRules(this.#profile.assumptions, protocol, family),
      this.#addresses.siblings(family),
      new Random(this.#seed, index),
    );
    this.#pools[index] = pool;
    return pool;
  }
}
