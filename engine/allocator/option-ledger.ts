import { processOf, type Traits } from './holder.ts';
import { BITMAP_WORDS, PORTS } from './pool-layout.ts';

/** Whose binds a set of barred numbers is for: a group of addresses (0: none), and a process. */
export interface BarredFor {
  readonly group: number;
  readonly process: number;
}

/**
 * Which numbers are held through the option, where and by whom: kept only for rules that ask
 * (A4, A7 to A9, A27, A28), since a default host never does.
 */
export class OptionLedger {
  /** Option holders of a number on all addresses, and the process they are of. */
  readonly #count = new Uint16Array(PORTS);
  readonly #process = new Int32Array(PORTS);
  /** What they add to the number's count (sharing-rules.ts). */
  readonly #weights = new Int32Array(PORTS);
  /** How many holders of a number each group of addresses has. */
  readonly #byGroup: Uint16Array[] = [];
  /** What each slot holds. */
  readonly #bySlot: Int32Array[] = [];
  readonly #groups: readonly number[];
  readonly #sameProcessOnly: boolean;
  readonly #places: boolean;

  /**
   * @param groups the group of each slot (host-addresses.ts)
   * @param sameProcessOnly A4: processes don't share numbers
   * @param places whether `isHeldOn` and `isHeldOff` will be asked (A7, A8)
   */
  constructor(groups: readonly number[], sameProcessOnly: boolean, places: boolean) {
    this.#groups = groups;
    this.#sameProcessOnly = sameProcessOnly;
    this.#places = places;
  }

  /** An option socket comes to hold a number, or lets it go. */
  note(slot: number, port: number, traits: Traits, weight: number, held: boolean): void {
    this.#count[port]! += held ? 1 : -1;
    this.#weights[port]! += held ? weight : -weight;
    if (held) this.#process[port] = processOf(traits);
    const group = this.#groups[slot]!;
    if (group !== 0) this.#group(group)[port]! += held ? 1 : -1;
    if (this.#places || group !== 0) setBit(this.#slot(slot), port, held);
  }

  /** A slot is in another group than `before`, with what it holds. @returns whether it is */
  regroup(slot: number, before: number): boolean {
    const group = this.#groups[slot]!;
    if (group === before) return false;
    for (let port = 0; port < PORTS; port++) {
      if (!hasBit(this.#bySlot[slot], port)) continue;
      if (before !== 0) this.#group(before)[port]!--;
      if (group !== 0) this.#group(group)[port]!++;
    }
    return true;
  }

  #group(group: number): Uint16Array {
    return (this.#byGroup[group] ??= new Uint16Array(PORTS));
  }

  #slot(slot: number): Int32Array {
    return (this.#bySlot[slot] ??= new Int32Array(BITMAP_WORDS));
  }

  isHeld(port: number): boolean {
    return this.#count[port]! > 0;
  }

  /** How many option sockets hold the number. */
  countOf(port: number): number {
    return this.#count[port]!;
  }

  /** What option holders add to the number's count. */
  weightOf(port: number): number {
    return this.#weights[port]!;
  }

  /** Held through the option on this very address. */
  isHeldOn(slot: number, port: number): boolean {
    return hasBit(this.#bySlot[slot], port);
  }

  /** Held through the option on another specific address than this one. */
  isHeldOff(slot: number, port: number): boolean {
    const here = (this.isHeldOn(slot, port) ? 1 : 0) + (this.isHeldOn(0, port) ? 1 : 0);
    return this.#count[port]! > here;
  }

  /** Whose binds a bind of this process on this address is like, as far as barred numbers go. */
  barredFor(slot: number, traits: Traits): BarredFor | undefined {
    const group = this.#groups[slot]!;
    const process = this.#sameProcessOnly ? processOf(traits) : 0;
    return group === 0 && !this.#sameProcessOnly ? undefined : { group, process };
  }

  /** Whether an option socket holds a number so that these binds may not get it. */
  isBarred({ group, process }: BarredFor, port: number): boolean {
    if (group !== 0 && this.#group(group)[port]! > 0) return true;
    return this.#sameProcessOnly && this.isHeld(port) && this.#process[port] !== process;
  }
}

function hasBit(bitmap: Int32Array | undefined, port: number): boolean {
  return bitmap !== undefined && (bitmap[port >>> 5]! & (1 << port)) !== 0;
}

function setBit(bitmap: Int32Array, port: number, on: boolean): void {
  const others = bitmap[port >>> 5]! & ~(1 << port);
  bitmap[port >>> 5] = on ? others | (1 << port) : others;
}
