import { OP } from '../event/op.ts';

const PORTS = 65_536;

/** What is held on one address. */
interface Entry {
  readonly ports: Uint8Array;
  readonly specific: boolean;
  held: number;
  bound: number;
}

/**
 * What the lab holds, folded from event rows: the truth of a live run, of a replay and of a report
 * alike. One pool (protocol and family) at a time, one holder per (address, port).
 */
export class Holdings {
  /** Ports held now, over all addresses. */
  held = 0;
  /** Most ports held at once since `reset`. */
  peakHeld = 0;
  /** Numbers held now on at least one address: what option-less sockets may lose (PS-4). */
  union = 0;
  /** Distinct numbers that were held on two or more specific addresses at once since `reset`. */
  overlap = 0;
  /** Successful wildcard or explicit binds since `reset`. */
  bound = 0;

  readonly #isWildcard: (address: number) => boolean;
  #addresses = new Map<number, Entry>();
  #holders = new Uint32Array(PORTS);
  #specificHolders = new Uint32Array(PORTS);
  #overlapped = new Uint8Array(PORTS);

  /** @param isWildcard whether an id is a wildcard address, which is no specific one; asked once an id */
  constructor(isWildcard: (address: number) => boolean = () => false) {
    this.#isWildcard = isWildcard;
  }

  /** Feeds one event row; rows of failed calls and of other ops change nothing. */
  observe(op: number, address: number, port: number, code: number, value: number): void {
    if (code !== 0) return;
    if (op === OP.getsockname) {
      if (port !== 0) this.#take(address, port, 1);
    } else if (op === OP.close) {
      if (port !== 0) this.#free(address, port, 1);
    } else if (op === OP.fill) {
      this.#take(address, port, value);
    } else if (op === OP.release) {
      this.#free(address, port, value);
    }
  }

  /** Ports held now on an address. */
  heldOn(address: number): number {
    return this.#addresses.get(address)?.held ?? 0;
  }

  /** Successful binds on an address since `reset`. */
  boundOn(address: number): number {
    return this.#addresses.get(address)?.bound ?? 0;
  }

  holds(address: number, port: number): boolean {
    return this.#addresses.get(address)?.ports[port] === 1;
  }

  /** Ports held now on an address, as inclusive ranges in ascending order. */
  rangesOn(address: number): [number, number][] {
    const ports = this.#addresses.get(address)?.ports;
    const ranges: [number, number][] = [];
    if (ports === undefined) return ranges;
    for (let port = 1; port < PORTS; port++) {
      if (ports[port] !== 1) continue;
      const last = ranges[ranges.length - 1];
      if (last !== undefined && last[1] === port - 1) last[1] = port;
      else ranges.push([port, port]);
    }
    return ranges;
  }

  /** Begins anew: counters and what is held. For the start of an arm, when nothing is held. */
  reset(): void {
    this.held = 0;
    this.peakHeld = 0;
    this.union = 0;
    this.overlap = 0;
    this.bound = 0;
    this.#addresses = new Map();
    this.#holders.fill(0);
    this.#specificHolders.fill(0);
    this.#overlapped.fill(0);
  }

  #take(address: number, first: number, count: number): void {
    const entry = this.#entry(address);
    const { specific } = entry;
    for (let port = first; port < first + count; port++) {
      if (entry.ports[port] === 1) continue;
      entry.ports[port] = 1;
      entry.held++;
      entry.bound++;
      this.held++;
      this.bound++;
      if (add(this.#holders, port, 1) === 1) this.union++;
      if (!specific) continue;
      if (add(this.#specificHolders, port, 1) === 2 && this.#overlapped[port] === 0) {
        this.#overlapped[port] = 1;
        this.overlap++;
      }
    }
    if (this.held > this.peakHeld) this.peakHeld = this.held;
  }

  #free(address: number, first: number, count: number): void {
    const entry = this.#entry(address);
    const { specific } = entry;
    for (let port = first; port < first + count; port++) {
      if (entry.ports[port] !== 1) continue;
      entry.ports[port] = 0;
      entry.held--;
      this.held--;
      if (add(this.#holders, port, -1) === 0) this.union--;
      if (specific) add(this.#specificHolders, port, -1);
    }
  }

  #entry(address: number): Entry {
    let entry = this.#addresses.get(address);
    if (entry === undefined) {
      const specific = !this.#isWildcard(address);
      entry = { ports: new Uint8Array(PORTS), held: 0, bound: 0, specific };
      this.#addresses.set(address, entry);
    }
    return entry;
  }
}

function add(counts: Uint32Array, port: number, change: number): number {
  const count = (counts[port] ?? 0) + change;
  counts[port] = count;
  return count;
}
