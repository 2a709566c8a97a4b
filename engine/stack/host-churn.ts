import type { PortAllocator } from '../allocator/port-allocator.ts';
import { poolIndex } from '../allocator/port-allocator.ts';
import type { PortPool } from '../allocator/port-pool.ts';
import type { Random } from '../allocator/random.ts';
import { parseAddress } from '../model/address.ts';
import type { ProfileChurn } from '../profile/resolved-profile.ts';
import type { HostClock, TimedSource } from './host-clock.ts';
import { traitsOfOther } from './other-holder.ts';

/** A port another application gives back. */
interface Departure {
  readonly at: number;
  readonly port: number;
}

/**
 * To be added to the clock. Other applications that bind to wildcard ports and go away again: arrivals at random (Poisson), each
 * held for an exponential time. Where no port is free they go without. Nothing of it is an event of
 * the run: on a real host, too, the lab would only see that numbers are gone.
 */
export class HostChurn implements TimedSource {
  readonly #pool: PortPool;
  readonly #slot: number;
  readonly #traits: number;
  readonly #clock: HostClock;
  readonly #random: Random;
  readonly #gapNs: number;
  readonly #holdNs: number;
  #nextArrival: number;
  /** A binary heap, the earliest first. */
  readonly #departures: Departure[] = [];

  /** @throws RangeError for an address the host lacks */
  constructor(allocator: PortAllocator, churn: ProfileChurn, clock: HostClock, random: Random) {
    const address = parseAddress(churn.address);
    const slot = address === undefined ? -1 : allocator.slot(address);
    if (address === undefined || slot < 0) {
      throw new RangeError(`churn: the host has no address ${churn.address}`);
    }
    this.#pool = allocator.pool(poolIndex(churn.protocol, address.family));
    this.#slot = slot;
    this.#traits = traitsOfOther(this.#pool, slot, churn);
    this.#clock = clock;
    this.#random = random;
    this.#gapNs = 1e9 / churn.perSecond;
    this.#holdNs = churn.holdSeconds * 1e9;
    this.#nextArrival = clock.now + this.#exponential(this.#gapNs);
  }

  get due(): number {
    return Math.min(this.#nextArrival, this.#departures[0]?.at ?? Infinity);
  }

  /** The ports held now, in no order. */
  ports(): number[] {
    return this.#departures.map(({ port }) => port);
  }

  happen(): void {
    const leaving = this.#departures[0];
    if (leaving !== undefined && leaving.at <= this.#nextArrival) {
      removeFirst(this.#departures);
      this.#pool.release(this.#slot, leaving.port, this.#traits);
      return;
    }
    const at = this.#nextArrival;
    this.#nextArrival = at + this.#exponential(this.#gapNs);
    const port = this.#pool.claim(this.#slot, this.#traits);
    if (port === 0) return;
    insert(this.#departures, { at: at + this.#exponential(this.#holdNs), port });
    this.#clock.expect(this.due);
  }

  /** Whole ns, at least 1, so that time gets on. */
  #exponential(mean: number): number {
    const uniform = (this.#random.next() + 1) / 4_294_967_296;
    return Math.max(1, Math.round(-Math.log(uniform) * mean));
  }
}

function insert(heap: Departure[], entry: Departure): void {
  let at = heap.push(entry) - 1;
  for (let parent = (at - 1) >> 1; at > 0 && heap[parent]!.at > entry.at; parent = (at - 1) >> 1) {
    heap[at] = heap[parent]!;
    at = parent;
  }
  heap[at] = entry;
}

function removeFirst(heap: Departure[]): void {
  const last = heap.pop();
  if (last === undefined || heap.length === 0) return;
  let at = 0;
  for (let child = 1; child < heap.length; child = 2 * at + 1) {
    if (child + 1 < heap.length && heap[child + 1]!.at < heap[child]!.at) child++;
    if (heap[child]!.at >= last.at) break;
    heap[at] = heap[child]!;
    at = child;
  }
  heap[at] = last;
}
