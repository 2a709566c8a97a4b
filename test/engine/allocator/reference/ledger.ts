import type { Exclusion, Family, Mode, Place, Protocol, Range } from './host.ts';
import { DEFAULTS, familyOf, isLoopback, isWildcard, within } from './host.ts';
import type { ReferenceHost, Switches } from './host.ts';

/** How a port came to be held. */
export type Kind = 'legacy' | 'option' | 'explicit' | 'auto-reuse';

/** A process no socket of the lab has: that of the host's other applications. */
export const OTHERS = -1;

/** One claim on a port in one family's space, live or in TIME_WAIT. */
export interface Hold extends Place {
  readonly protocol: Protocol;
  readonly port: number;
  kind: Kind;
  readonly mode: Mode;
  readonly process: number;
  /** Binds to a named port look through it (`implicitConnect` per-tuple). */
  readonly hidden: boolean;
  /** Of a dual-stack socket. */
  readonly dual: boolean;
  /** When it ends, ns of the stack's clock; infinite while its socket lives. */
  until: number;
}

/** A TCP connection as the allocator sees it, live or in TIME_WAIT. */
export interface Tuple {
  readonly local: string;
  readonly port: number;
  readonly remote: string;
  readonly remotePort: number;
  until: number;
}

/** A runtime reservation. */
export interface Block extends Range {
  readonly protocol: Protocol;
  readonly family: Family;
}

interface HostAddress {
  readonly adapter: string;
  /** Answers 10049 before that (duplicate address detection). */
  readonly usableAt: number;
}

/** Everything on the host that bears on ports: plain lists, looked through from end to end. */
export class Ledger {
  readonly host: ReferenceHost;
  readonly switches: Switches;
  /** The stack's clock, ns. */
  now = 0;
  blocks: Block[] = [];
  readonly addresses = new Map<string, HostAddress>();
  /** Adapters of addresses the host has or had. */
  readonly #adapters = new Map<string, string>();
  #holds: Hold[] = [];
  #tuples: Tuple[] = [];

  constructor(host: ReferenceHost) {
    this.host = host;
    this.switches = { ...DEFAULTS, ...host.switches };
    for (const { address, adapter } of host.addresses) this.#put(address, adapter, 0);
  }

  addAddress(address: string, adapter: string): void {
    const wait = this.switches.A25 === 'after-duplicate-detection' ? 3e9 : 0;
    this.#put(address, adapter, this.now + wait);
  }

  #put(address: string, adapter: string, usableAt: number): void {
    this.addresses.set(address, { adapter, usableAt });
    this.#adapters.set(address, adapter);
  }

  /** A bind to this address can work now. */
  hasAddress(address: string): boolean {
    if (isWildcard(address)) return true;
    if (isLoopback(address) && this.switches.A27 !== 'as-listed') return true;
    const known = this.addresses.get(address);
    return known !== undefined && this.now >= known.usableAt;
  }

  /** Two addresses the host treats as one where it shares numbers (A27, A28). */
  asOne(one: string, two: string): boolean {
    if (one === two) return true;
    if (isWildcard(one) || isWildcard(two)) return false;
    if (isLoopback(one) || isLoopback(two)) {
      return isLoopback(one) && isLoopback(two) && this.switches.A27 === 'one-pool';
    }
    const adapter = this.#adapters.get(one);
    return this.switches.A28 === 'not-shared' && adapter === this.#adapters.get(two);
  }

  /** The address routing gives a socket that goes to `remote` (`connectSource`). */
  sourceFor(remote: string): string | undefined {
    const family = familyOf(remote);
    if (isLoopback(remote)) return family === 'ipv4' ? '127.0.0.1' : '::1';
    return [...this.#adapters.keys()].find(
      (address) => familyOf(address) === family && !isLoopback(address),
    );
  }

  /** Claims on a port that stand now. */
  holds(protocol: Protocol, family: Family): Hold[] {
    this.#holds = this.#holds.filter((hold) => this.now < hold.until);
    return this.#holds.filter((hold) => hold.protocol === protocol && hold.family === family);
  }

  put(hold: Hold): Hold {
    this.#holds.push(hold);
    return hold;
  }

  hasTuple(local: string, port: number, remote: string, remotePort: number): boolean {
    this.#tuples = this.#tuples.filter((tuple) => this.now < tuple.until);
    return this.#tuples.some(
      (tuple) =>
        tuple.local === local &&
        tuple.port === port &&
        tuple.remote === remote &&
        tuple.remotePort === remotePort,
    );
  }

  putTuple(tuple: Tuple): Tuple {
    this.#tuples.push(tuple);
    return tuple;
  }

  exclusionsAt(protocol: Protocol, family: Family, port: number): Exclusion[] {
    return this.host.exclusions.filter(
      (range) => range.protocol === protocol && range.family === family && within(range, port),
    );
  }

  blocksAt(protocol: Protocol, family: Family, port: number): Block[] {
    return this.blocks.filter(
      (block) => block.protocol === protocol && block.family === family && within(block, port),
    );
  }
}
