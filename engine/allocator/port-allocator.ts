import type { IpAddress } from '../model/address.ts';
import { lastPort, MAX_PORT, type PortRange } from '../model/port-range.ts';
import type { Family, Protocol } from '../model/protocol.ts';
import { poolOf } from '../model/protocol.ts';
import type { ResolvedProfile } from '../profile/resolved-profile.ts';
import { exclusionsOf } from '../profile/resolved-profile.ts';
import { AutoReuse } from './auto-reuse.ts';
import { lowestBit, seekClear } from './bits.ts';
import { ConflictMatrix } from './conflict-matrix.ts';
import { CONFLICT_TABLES } from './conflict-tables.ts';
import { explicitBindError } from './explicit-bind.ts';
import type { Mode, Traits } from './holder.ts';
import { KIND, picksAtRandom, traitsOf } from './holder.ts';
import { HostAddresses } from './host-addresses.ts';
import { pickUniform } from './pick.ts';
import { BITMAP_WORDS, SUMMARY_WORDS } from './pool-layout.ts';
import { PortPool } from './port-pool.ts';
import { Random } from './random.ts';
import type { Reservation } from './reservations.ts';
import { reserve } from './reservations.ts';
import { sharingRules } from './sharing-rules.ts';
import { TupleTable } from './tuple-table.ts';

/** Number of a pool: bit 0 for udp, bit 1 for ipv6, as event rows tell them. */
export type PoolIndex = number;

export function poolIndex(protocol: Protocol, family: Family): PoolIndex {
  return (protocol === 'udp' ? 1 : 0) | (family === 'ipv6' ? 2 : 0);
}

/** Random streams of one seed: pools have 0 to 3, auto-reuse picks these. */
const AUTO_REUSE_STREAM = 4;

/**
 * The port allocator of one modelled host: four pools over its addresses, and the 4-tuples of its
 * connections. It knows sockets only as (slot, port, traits); ids, options and events are the
 * stack's. Same profile, addresses, seed and calls: same ports.
 */
export class PortAllocator {
  /** 4-tuples in use, TIME_WAIT included. The stack adds and removes them. */
  readonly tuples = new TupleTable();
  readonly #profile: ResolvedProfile;
  readonly #seed: number;
  readonly #addresses: HostAddresses;
  readonly #matrices: readonly [tcp: ConflictMatrix, udp: ConflictMatrix];
  readonly #pools: (PortPool | undefined)[] = [undefined, undefined, undefined, undefined];
  readonly #autoReuse: (AutoReuse | undefined)[] = [];
  readonly #implicit: (AutoReuse | undefined)[] = [];

  constructor(profile: ResolvedProfile, addresses: readonly string[], seed: number) {
    this.#profile = profile;
    this.#seed = seed;
    this.#addresses = new HostAddresses(profile, addresses);
    const table = CONFLICT_TABLES[profile.assumptions.bindMatrix];
    const {
      tcp = { rows: table.tcp, onAnyAddress: false },
      udp = { rows: table.udp, onAnyAddress: table.udpOnAnyAddress },
    } = profile.bindMatrix ?? {};
    this.#matrices = [
      new ConflictMatrix(tcp.rows, tcp.onAnyAddress),
      new ConflictMatrix(udp.rows, udp.onAnyAddress),
    ];
  }

  /** The slot of an address in the pools of its family, or -1 when the host never had it. */
  slot(address: IpAddress): number {
    const slot = this.#addresses.slot(address);
    this.#makeRoom(address.family);
    return slot;
  }

  /** The address that came first, but for loopback ones. */
  firstAddress(family: Family): string | undefined {
    return this.#addresses.first(family);
  }

  /** The host gets an address. @returns its slot, the old one where it had it before */
  addAddress(address: IpAddress, adapter: string | undefined): number {
    const before = this.#addresses.groups(address.family).slice();
    const slot = this.#addresses.add(address, adapter);
    this.#makeRoom(address.family);
    const first = poolIndex('tcp', address.family);
    for (const pool of [this.#pools[first], this.#pools[first + 1]]) {
      pool?.regroup(slot, before[slot] ?? 0);
    }
    return slot;
  }

  #makeRoom(family: Family): void {
    const first = poolIndex('tcp', family);
    this.#pools[first]?.grow();
    this.#pools[first + 1]?.grow();
  }

  /** A pool; its 300 KB are taken when it is first asked for. */
  pool(index: PoolIndex): PortPool {
    return this.#pools[index] ?? this.#makePool(index);
  }

  /** The auto-reuse range of a pool; undefined where there is none (or it is UDP's). */
  autoReuse(index: PoolIndex): AutoReuse | undefined {
    this.pool(index);
    return this.#autoReuse[index];
  }

  /** Where a connect on an unbound socket takes its port by 4-tuple; undefined: as without the option. */
  implicitReuse(index: PoolIndex): AutoReuse | undefined {
    this.pool(index);
    return this.#implicit[index];
  }

  /**
   * Binds to a port the caller names. @param block of the reservation the socket is associated with
   * @returns 0, 10013, 10048, or 10055 beyond 16,000 sharers
   */
  bindExplicit(
    index: PoolIndex,
    slot: number,
    port: number,
    mode: Mode,
    block?: PortRange,
  ): number {
    const code = this.#explicitError(index, slot, port, mode, block);
    if (code === 0) this.pool(index).hold(slot, port, traitsOf(KIND.explicit, mode));
    return code;
  }

  /** The same on the wildcard addresses of both families: both must allow it. */
  bindExplicitDual(protocol: Protocol, port: number, mode: Mode): number {
    const indices = [poolIndex(protocol, 'ipv6'), poolIndex(protocol, 'ipv4')];
    for (const index of indices) {
      const code = this.#explicitError(index, 0, port, mode);
      if (code !== 0) return code;
    }
    const traits = traitsOf(KIND.explicit, mode);
    for (const index of indices) this.pool(index).hold(0, port, traits);
    return 0;
  }

  /**
   * A wildcard port on the wildcard addresses of both families: a number in both ranges that nobody
   * holds in either pool. @returns the port, or 0
   */
  claimDual(protocol: Protocol, traits: Traits): number {
    const six = this.pool(poolIndex(protocol, 'ipv6'));
    const four = this.pool(poolIndex(protocol, 'ipv4'));
    const taken = new Int32Array(BITMAP_WORDS + SUMMARY_WORDS).fill(-1);
    for (let word = 0; word < BITMAP_WORDS; word++) {
      taken[word] = six.takenWord(word) | four.takenWord(word);
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

  /** Whether `claimDual` might pick this very number. */
  mayClaimDual(protocol: Protocol, port: number): boolean {
    const word = port >>> 5;
    const six = this.pool(poolIndex(protocol, 'ipv6')).takenWord(word);
    const four = this.pool(poolIndex(protocol, 'ipv4')).takenWord(word);
    return ((six | four) & (1 << port)) === 0;
  }

  /** Takes a runtime reservation out of a pool. @returns it, or an error (reservations.ts) */
  reserve(index: PoolIndex, start: number, count: number): Reservation | number {
    const exclusions = exclusionsOf(this.#profile, nameOf(index));
    return reserve(this.pool(index), start, count, (port) =>
      exclusions.some((range) => port >= range.start && port < range.start + range.count),
    );
  }

  /** A persistent reservation the host has: an administered exclusion of just this extent. */
  persistentBlock(index: PoolIndex, start: number, count: number): Reservation | undefined {
    const found = exclusionsOf(this.#profile, nameOf(index)).find(
      (range) => range.administered && range.start === start && range.count === count,
    );
    return found === undefined
      ? undefined
      : { pool: this.pool(index), start, count, persistent: true };
  }

  #explicitError(
    index: PoolIndex,
    slot: number,
    port: number,
    mode: Mode,
    block?: PortRange,
  ): number {
    const pool = this.pool(index);
    const matrix = this.#matrices[(index & 1) as 0 | 1];
    return explicitBindError(pool, pool.rules, matrix, slot, port, mode, block);
  }

  #makePool(index: PoolIndex): PortPool {
    const protocol = (index & 1) === 0 ? 'tcp' : 'udp';
    const family = (index & 2) === 0 ? 'ipv4' : 'ipv6';
    const name = nameOf(index);
    const { assumptions, autoReuseRange, dynamicRanges } = this.#profile;
    const exclusions = exclusionsOf(this.#profile, name);
    const dynamic = dynamicRanges[name];
    const reusable = protocol === 'tcp' && autoReuseRange.count > 0 ? autoReuseRange : null;
    const perTuple = protocol === 'tcp' && assumptions.implicitConnect === 'per-tuple';
    // As Linux does it, a number others hold in either family is none for a connection.
    const both = hull(
      dynamicRanges[poolOf(protocol, 'ipv4')],
      dynamicRanges[poolOf(protocol, 'ipv6')],
    );
    const shared = perTuple ? hull(both, reusable ?? both) : reusable;
    const pool = new PortPool(
      dynamic,
      exclusions,
      sharingRules(assumptions, protocol, family, shared),
      this.#addresses.groups(family),
      new Random(this.#seed, index),
      reusable !== null && assumptions.A26 === 'kept-out' ? reusable : undefined,
    );
    this.#pools[index] = pool;
    if (pool.shared !== null) {
      const random = new Random(this.#seed, AUTO_REUSE_STREAM + index);
      const over = (range: PortRange, asLinux: boolean): AutoReuse =>
        new AutoReuse({
          pool,
          shared: pool.shared!,
          range,
          exclusions,
          tuples: this.tuples,
          random,
          linux: asLinux ? () => this.pool(index ^ 2).shared : null,
        });
      const auto = reusable === null ? undefined : over(reusable, false);
      this.#autoReuse[index] = auto;
      this.#implicit[index] = perTuple ? over(dynamic, true) : auto;
    }
    return pool;
  }
}

/** The smallest range that holds both. */
function hull(a: PortRange, b: PortRange): PortRange {
  const start = Math.min(a.start, b.start);
  return { start, count: Math.max(lastPort(a), lastPort(b)) - start + 1 };
}

function nameOf(index: PoolIndex): ReturnType<typeof poolOf> {
  return poolOf((index & 1) === 0 ? 'tcp' : 'udp', (index & 2) === 0 ? 'ipv4' : 'ipv6');
}
