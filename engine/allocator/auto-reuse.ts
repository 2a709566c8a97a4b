import type { PortRange } from '../model/port-range.ts';
import { contains, lastPort } from '../model/port-range.ts';
import { KIND, traitsOf, UNSEEN } from './holder.ts';
import { pickUniform } from './pick.ts';
import { BITMAP_WORDS, REFUSED, SLOT_WORDS, SLOTS } from './pool-layout.ts';
import type { PortPool } from './port-pool.ts';
import type { Random } from './random.ts';
import type { SharedPlaces } from './shared-places.ts';
import type { TupleTable } from './tuple-table.ts';

const TRIES = 16;

/** What a connection asks for. */
export interface Wanted {
  /** Where the number must be free: the slot the socket is bound to. */
  readonly slot: number;
  /** Where it is held then: the same, or the slot of the address routing moves the socket to. */
  readonly heldSlot: number;
  /** Number of the address of the connection, for its 4-tuple. */
  readonly address: number;
  /** The remote end: address number and port in one word. */
  readonly remote: number;
  /**
   * Where the number must be free as well, and is held unless the socket moves, on the wildcard
   * address: the IPv4 side of a dual-stack socket. Its place is given back by itself.
   */
  readonly twin: AutoReuse | undefined;
}

const SEEN_TRAITS = traitsOf(KIND.reuse);
const UNSEEN_TRAITS = traitsOf(KIND.reuse, UNSEEN);

/** What one local address has in use towards one remote endpoint, once that is most of the range. */
interface CrowdedEndpoint {
  readonly taken: Int32Array;
  count: number;
}

export interface AutoReuseParts {
  readonly pool: PortPool;
  readonly shared: SharedPlaces;
  /** Numbers to take, within those `shared` keeps. */
  readonly range: PortRange;
  /** Of either kind. */
  readonly exclusions: readonly PortRange[];
  readonly tuples: TupleTable;
  readonly random: Random;
  /**
   * Not null: as Linux does it. Numbers anybody else holds on any address of
   * either family are no good, and explicit binds don't see the connections. Gives the other family's.
   */
  readonly linux: (() => SharedPlaces | null) | null;
}

/**
 * Ports chosen at connect, when the 4-tuple is known: SO_REUSE_UNICASTPORT with an auto-reuse range
 * (KB3149157), plain connects, and on Wine the dynamic range. A number serves any number of
 * connections whose 4-tuples differ. Picks at random; a free number is mostly met at once, and where
 * most of the range is taken towards an endpoint, a bitmap of that endpoint tells the rest.
 */
export class AutoReuse {
  readonly #pool: PortPool;
  readonly #shared: SharedPlaces;
  readonly #range: PortRange;
  readonly #tuples: TupleTable;
  readonly #random: Random;
  readonly #linux: AutoReuseParts['linux'];
  /** Explicit binds don't see its connections. */
  readonly unseen: boolean;
  /** Bitmap: excluded, or outside the range. */
  readonly #unusable = new Int32Array(BITMAP_WORDS).fill(-1);
  readonly #crowded = new Map<number, CrowdedEndpoint>();

  constructor({ pool, shared, range, exclusions, tuples, random, linux }: AutoReuseParts) {
    this.#pool = pool;
    this.#shared = shared;
    this.#range = range;
    this.#tuples = tuples;
    this.#random = random;
    this.#linux = linux;
    this.unseen = linux !== null;
    for (let port = this.#range.start; port <= lastPort(this.#range); port++) {
      if (exclusions.some((range) => contains(range, port))) continue;
      this.#unusable[port >>> 5]! &= ~(1 << port);
    }
  }

  /** A port for a connection; its tuple and its place are taken. @returns 0 when none is free */
  take({ slot, heldSlot, address, remote, twin }: Wanted): number {
    const port = this.#pick(slot, address, remote, twin);
    if (port !== 0) this.#takeAt(slot, heldSlot, address, remote, twin, port);
    return port;
  }

  /**
   * The same for a port that another host chose, whatever the rules say.
   * @returns whether `take` might have picked it
   */
  takeThis({ slot, heldSlot, address, remote, twin }: Wanted, port: number): boolean {
    const open = this.#isOpen(slot, port) && (twin === undefined || twin.#isOpen(0, port));
    const legal = open && !this.#tuples.has((address << 16) | port, remote);
    this.#takeAt(slot, heldSlot, address, remote, twin, port);
    return legal;
  }

  #takeAt(
    slot: number,
    heldSlot: number,
    address: number,
    remote: number,
    twin: AutoReuse | undefined,
    port: number,
  ): void {
    this.#tuples.add((address << 16) | port, remote);
    const endpoint = this.#crowded.get(keyOf(address, remote));
    if (endpoint !== undefined) setTaken(endpoint, port, true);
    this.#hold(heldSlot, port);
    if (heldSlot === slot && twin !== undefined) twin.#hold(0, port);
  }

  #hold(slot: number, port: number): void {
    const free = this.#shared.count(slot, port) === 0;
    const hidden = !free && this.#shared.visible(slot, port) === 0;
    this.#shared.add(slot, port);
    if (this.unseen) {
      this.#shared.hide(slot, port);
      if (free) this.#pool.hold(slot, port, UNSEEN_TRAITS);
      return;
    }
    if (hidden) this.#pool.release(slot, port, UNSEEN_TRAITS);
    if (free || hidden) this.#pool.hold(slot, port, SEEN_TRAITS);
  }

  /** Gives a place back. @param hidden explicit binds did not see it (any more) */
  give(slot: number, port: number, hidden: boolean): void {
    this.#shared.remove(slot, port, hidden);
    if (this.#shared.count(slot, port) === 0) {
      this.#pool.release(slot, port, hidden ? UNSEEN_TRAITS : SEEN_TRAITS);
    } else if (!hidden) {
      this.#hideIfAllAre(slot, port);
    }
  }

  /** A connection of a place is in TIME_WAIT now, and explicit binds are not to see it. */
  hide(slot: number, port: number): void {
    this.#shared.hide(slot, port);
    this.#hideIfAllAre(slot, port);
  }

  #hideIfAllAre(slot: number, port: number): void {
    if (this.#shared.visible(slot, port) > 0) return;
    this.#pool.release(slot, port, SEEN_TRAITS);
    this.#pool.hold(slot, port, UNSEEN_TRAITS);
  }

  /** A tuple of such a connection has gone from the table. */
  forget(address: number, port: number, remote: number): void {
    const key = keyOf(address, remote);
    const endpoint = this.#crowded.get(key);
    if (endpoint === undefined) return;
    setTaken(endpoint, port, false);
    if (endpoint.count < this.#range.count / 2) this.#crowded.delete(key);
  }

  #pick(slot: number, address: number, remote: number, twin: AutoReuse | undefined): number {
    const { start, count } = this.#range;
    for (let tries = 0; tries < TRIES; tries++) {
      const port = start + this.#random.below(count);
      if (!this.#isOpen(slot, port) || (twin !== undefined && !twin.#isOpen(0, port))) continue;
      if (!this.#tuples.has((address << 16) | port, remote)) return port;
    }
    const taken = this.#taken(slot);
    const others = twin === undefined ? undefined : twin.#taken(0);
    const { taken: used } = this.#endpoint(address, remote);
    for (let word = 0; word < BITMAP_WORDS; word++) {
      taken[word]! |= used[word]! | (others?.[word] ?? 0);
    }
    return pickUniform(taken, 0, 0, 0, this.#range, this.#random);
  }

  /** Whether nobody but connections holds the number where this one would be. */
  #isOpen(slot: number, port: number): boolean {
    if ((this.#unusable[port >>> 5]! & (1 << port)) !== 0 || this.#pool.isRefused(port)) {
      return false;
    }
    if (this.#linux?.()?.isHeldByOthers(port) === true) return false;
    if (slot === 0 || this.#linux !== null) return !this.#shared.isHeldByOthers(port);
    return this.#isOurs(slot, port) && this.#isOurs(0, port);
  }

  #isOurs(slot: number, port: number): boolean {
    return !this.#pool.isHeld(slot, port) || this.#shared.has(slot, port);
  }

  /** Bitmap of the numbers a connection can't have, whatever its remote. */
  #taken(slot: number): Int32Array {
    const pool = this.#pool;
    const taken = new Int32Array(BITMAP_WORDS).fill(-1);
    const own = SLOTS + slot * SLOT_WORDS;
    const family = this.#linux?.()?.othersBits;
    const [ours, everyones] = [this.#shared.bits(slot), this.#shared.bits(0)];
    for (let word = this.#range.start >>> 5; word <= lastPort(this.#range) >>> 5; word++) {
      const others =
        slot === 0 || this.#linux !== null
          ? this.#shared.othersBits[word]!
          : (pool.word(own + word) & ~ours[word]!) | (pool.word(SLOTS + word) & ~everyones[word]!);
      taken[word] =
        this.#unusable[word]! | pool.word(REFUSED + word) | others | (family?.[word] ?? 0);
    }
    return taken;
  }

  #endpoint(address: number, remote: number): CrowdedEndpoint {
    const key = keyOf(address, remote);
    let endpoint = this.#crowded.get(key);
    if (endpoint !== undefined) return endpoint;
    endpoint = { taken: new Int32Array(BITMAP_WORDS), count: 0 };
    for (let port = this.#range.start; port <= lastPort(this.#range); port++) {
      if (this.#tuples.has((address << 16) | port, remote)) setTaken(endpoint, port, true);
    }
    // Few in use: what is in the way is not this endpoint, and a bitmap of it would be kept in vain.
    if (endpoint.count >= this.#range.count / 2) this.#crowded.set(key, endpoint);
    return endpoint;
  }
}

function keyOf(address: number, remote: number): number {
  return address * 4_294_967_296 + (remote >>> 0);
}

function setTaken(endpoint: CrowdedEndpoint, port: number, taken: boolean): void {
  const bit = 1 << port;
  const had = (endpoint.taken[port >>> 5]! & bit) !== 0;
  if (had === taken) return;
  endpoint.taken[port >>> 5]! ^= bit;
  endpoint.count += taken ? 1 : -1;
}
