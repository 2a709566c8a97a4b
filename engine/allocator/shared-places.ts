import type { PortRange } from '../model/port-range.ts';
import { contains } from '../model/port-range.ts';
import { BITMAP_WORDS, PORTS } from './pool-layout.ts';

const PAGE = 1_024;
const PAGES = PORTS / PAGE;

/** A count a place, in pages of ports that are made when first used. */
class PlaceCounts {
  readonly #pages = new Map<number, Uint32Array>();

  at(slot: number, port: number): number {
    return this.#pages.get(slot * PAGES + Math.floor(port / PAGE))?.[port % PAGE] ?? 0;
  }

  change(slot: number, port: number, by: 1 | -1): void {
    const key = slot * PAGES + Math.floor(port / PAGE);
    let page = this.#pages.get(key);
    if (page === undefined) this.#pages.set(key, (page = new Uint32Array(PAGE)));
    page[port % PAGE]! += by;
  }
}

/**
 * The numbers of one pool that connections share by 4-tuple: how many connections are on each
 * (address, port), and which of these numbers somebody else holds. Kept for the range such numbers
 * are taken from.
 */
export class SharedPlaces {
  readonly range: PortRange;
  readonly #counts = new PlaceCounts();
  /** Those of them that are in TIME_WAIT and unseen by explicit binds. */
  readonly #hidden = new PlaceCounts();
  /** Per slot: the places with a connection, as a bitmap. */
  readonly #bits: (Int32Array | undefined)[] = [];
  readonly #others = new Uint16Array(PORTS);
  /** Bitmap: somebody holds the number on some address without sharing it. */
  readonly othersBits = new Int32Array(BITMAP_WORDS);

  constructor(range: PortRange) {
    this.range = range;
  }

  /** Another kind of holder of a number comes or goes, on any address. */
  noteOther(port: number, change: 1 | -1): void {
    if (!contains(this.range, port)) return;
    const count = this.#others[port]! + change;
    this.#others[port] = count;
    const rest = this.othersBits[port >>> 5]! & ~(1 << port);
    this.othersBits[port >>> 5] = count === 0 ? rest : rest | (1 << port);
  }

  isHeldByOthers(port: number): boolean {
    return this.#others[port]! > 0;
  }

  /** The places of a slot with a connection, as a bitmap. */
  bits(slot: number): Int32Array {
    return (this.#bits[slot] ??= new Int32Array(BITMAP_WORDS));
  }

  has(slot: number, port: number): boolean {
    const bits = this.#bits[slot];
    return bits !== undefined && (bits[port >>> 5]! & (1 << port)) !== 0;
  }

  /** Connections on a place. */
  count(slot: number, port: number): number {
    return this.#counts.at(slot, port);
  }

  /** Those that explicit binds see. */
  visible(slot: number, port: number): number {
    return this.#counts.at(slot, port) - this.#hidden.at(slot, port);
  }

  /** One more connection on a place. */
  add(slot: number, port: number): void {
    this.#counts.change(slot, port, 1);
    this.bits(slot)[port >>> 5]! |= 1 << port;
  }

  /** One connection less. @param hidden it had been hidden */
  remove(slot: number, port: number, hidden: boolean): void {
    this.#counts.change(slot, port, -1);
    if (hidden) this.#hidden.change(slot, port, -1);
    if (this.count(slot, port) === 0) this.bits(slot)[port >>> 5]! &= ~(1 << port);
  }

  /** A connection of a place is in TIME_WAIT now, and unseen by explicit binds. */
  hide(slot: number, port: number): void {
    this.#hidden.change(slot, port, 1);
  }
}
