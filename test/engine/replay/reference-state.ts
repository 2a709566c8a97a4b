import { MARK } from '#engine/event/mark.ts';
import { OP } from '#engine/event/op.ts';
import { WSA } from '#engine/model/winsock-error.ts';
import type { KeptEvent } from './kept-events.ts';

/** A run at an instant. Held ports by address id, as ascending inclusive ranges. */
export interface InstantState {
  readonly held: number;
  readonly union: number;
  readonly shared: number;
  readonly overlap: number;
  readonly bound: number;
  readonly peakHeld: number;
  readonly heldOn: Readonly<Record<number, number>>;
  readonly boundOn: Readonly<Record<number, number>>;
  readonly ranges: Readonly<Record<number, readonly (readonly [number, number])[]>>;
  /** By held port, on how many addresses. */
  readonly holders: readonly (readonly [port: number, addresses: number])[];
  readonly calls: number;
  readonly failed: number;
  /** Ops with none are left out. */
  readonly callsOf: Readonly<Record<number, number>>;
  readonly failedOf: Readonly<Record<number, number>>;
  readonly arm: number;
  readonly window: boolean;
  readonly canary: { readonly tries: number; readonly failed: number };
}

/** Which addresses a run knows, and which of them are wildcard addresses. */
export interface Addresses {
  readonly ids: readonly number[];
  isWildcard(address: number): boolean;
}

/**
 * The states after some events, told from the first event on: written from the table in
 * engine/event/op.ts, with sets and sums alone. Holding begins anew with an arm, as a run counts it; an
 * (address, port) is held once, however often its name is read.
 * @param seqs -1 for before the first
 */
export function statesAfter(
  events: readonly KeptEvent[],
  seqs: ReadonlySet<number>,
  addresses: Addresses,
): ReadonlyMap<number, InstantState> {
  const sums = new Sums();
  const holding = new Holding(addresses);
  const states = new Map<number, InstantState>();
  const note = (seq: number): void => {
    if (seqs.has(seq)) states.set(seq, { ...sums.told(), ...holding.told() });
  };
  note(-1);
  events.forEach((event, seq) => {
    sums.add(event);
    holding.add(event);
    note(seq);
  });
  return states;
}

class Sums {
  #calls = 0;
  #failed = 0;
  readonly #callsOf: Record<number, number> = {};
  readonly #failedOf: Record<number, number> = {};
  #arm = 0;
  #window = false;
  #tries = 0;
  #canaryFailed = 0;

  add({ op, code, value, arm }: KeptEvent): void {
    const stands = callsOf(op, value);
    this.#calls += stands;
    if (stands > 0) this.#callsOf[op] = (this.#callsOf[op] ?? 0) + stands;
    if (isFailure(op, code)) {
      this.#failed++;
      this.#failedOf[op] = (this.#failedOf[op] ?? 0) + 1;
    }
    if (op === OP.canary) this.#tries++;
    if (op === OP.canary && code !== 0) this.#canaryFailed++;
    if (op !== OP.mark) return;
    if (value === MARK.armBegin) this.#arm = arm;
    if (value === MARK.windowOpen) this.#window = true;
    if (value === MARK.windowClose) this.#window = false;
  }

  told() {
    return {
      calls: this.#calls,
      failed: this.#failed,
      callsOf: { ...this.#callsOf },
      failedOf: { ...this.#failedOf },
      arm: this.#arm,
      window: this.#window,
      canary: { tries: this.#tries, failed: this.#canaryFailed },
    };
  }
}

class Holding {
  readonly #addresses: Addresses;
  /** By port, the addresses it is held on. */
  #holders = new Map<number, Set<number>>();
  #boundOn = new Map<number, number>();
  #everShared = new Set<number>();
  #held = 0;
  #peak = 0;

  constructor(addresses: Addresses) {
    this.#addresses = addresses;
  }

  add({ op, address, port, code, value }: KeptEvent): void {
    if (op === OP.mark && value === MARK.armBegin) this.#begin();
    if (code !== 0) return;
    if (op === OP.getsockname && port !== 0) this.#take(address, port);
    if (op === OP.close && port !== 0) this.#free(address, port);
    for (let n = 0; op === OP.fill && n < value; n++) this.#take(address, port + n);
    for (let n = 0; op === OP.release && n < value; n++) this.#free(address, port + n);
    this.#peak = Math.max(this.#peak, this.#held);
  }

  #begin(): void {
    this.#holders = new Map();
    this.#boundOn = new Map();
    this.#everShared = new Set();
    this.#held = 0;
    this.#peak = 0;
  }

  #take(address: number, port: number): void {
    const on = this.#holders.get(port) ?? new Set();
    if (on.has(address)) return;
    this.#holders.set(port, on.add(address));
    this.#boundOn.set(address, (this.#boundOn.get(address) ?? 0) + 1);
    this.#held++;
    if (this.#specific(on) >= 2) this.#everShared.add(port);
  }

  #free(address: number, port: number): void {
    const on = this.#holders.get(port);
    if (on?.delete(address) !== true) return;
    this.#held--;
    if (on.size === 0) this.#holders.delete(port);
  }

  #specific(on: ReadonlySet<number>): number {
    return [...on].filter((address) => !this.#addresses.isWildcard(address)).length;
  }

  told() {
    const ports = [...this.#holders].toSorted(([a], [b]) => a - b);
    const { ids } = this.#addresses;
    const portsOn = new Map<number, number[]>(ids.map((id) => [id, []]));
    for (const [port, on] of ports) for (const id of on) portsOn.get(id)?.push(port);
    return {
      held: this.#held,
      union: ports.length,
      shared: ports.filter(([, on]) => this.#specific(on) >= 2).length,
      overlap: this.#everShared.size,
      bound: [...this.#boundOn.values()].reduce((sum, bound) => sum + bound, 0),
      peakHeld: this.#peak,
      heldOn: Object.fromEntries(ids.map((id) => [id, portsOn.get(id)!.length])),
      boundOn: Object.fromEntries(ids.map((id) => [id, this.#boundOn.get(id) ?? 0])),
      ranges: Object.fromEntries(ids.map((id) => [id, rangesOf(portsOn.get(id)!)])),
      holders: ports.map(([port, on]) => [port, on.size] as const),
    };
  }
}

/** "Binds and other calls, not rows"; `fillOf` only says how to read other rows. */
function callsOf(op: number, value: number): number {
  if (op === OP.fillOf) return 0;
  return op === OP.fill || op === OP.release ? value : 1;
}

/** A connect under way is asked again, and has not failed. */
function isFailure(op: number, code: number): boolean {
  const underWay = code === WSA.WSAEWOULDBLOCK || code === WSA.WSAEALREADY;
  return code !== 0 && !(op === OP.connect && underWay);
}

/** @param ports ascending */
function rangesOf(ports: readonly number[]): [number, number][] {
  const ranges: [number, number][] = [];
  for (const port of ports) {
    const last = ranges.at(-1);
    if (last !== undefined && last[1] === port - 1) last[1] = port;
    else ranges.push([port, port]);
  }
  return ranges;
}
