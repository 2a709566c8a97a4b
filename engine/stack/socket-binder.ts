import type { Mode, Traits } from '../allocator/holder.ts';
import { KIND, kindOf, MODE, modeOf, processOf, traitsOf, UNSEEN } from '../allocator/holder.ts';
import type { PoolIndex, PortAllocator } from '../allocator/port-allocator.ts';
import { portOfBlock, type Reservation } from '../allocator/reservations.ts';
import type { ExhaustionCodes } from '../allocator/sharing-rules.ts';
import { wildcardAddress } from '../model/address.ts';
import type { Protocol } from '../model/protocol.ts';
import { WSA } from '../model/winsock-error.ts';
import type { Assumptions } from '../profile/assumptions.ts';
import type { HostPlaces } from './host-places.ts';
import type { OptionBits } from './option-rules.ts';
import { OPTION_BIT } from './option-rules.ts';
import type { AddressId, SocketId } from './socket-stack.ts';
import type { SocketState } from './socket-state.ts';
import * as word from './socket-state.ts';
import { SocketTable } from './socket-table.ts';

const FLAG = word.FLAG;
const BOUND_AS_ASKED: ExhaustionCodes = { bind: 0, bindReuse: 0, connect: 0 };

/** Which sockets hold which ports: the socket table and the port allocator, kept in step. */
export class SocketBinder {
  readonly table = new SocketTable();
  readonly places: HostPlaces;
  /** First port of the last `bindRun`. */
  runPort = 0;
  readonly #allocator: PortAllocator;
  readonly #wrongFamily: readonly [ipv4: number, ipv6: number];
  readonly hostWideBlocks: boolean;
  readonly #tellsProcesses: boolean;

  constructor(allocator: PortAllocator, places: HostPlaces, assumptions: Assumptions) {
    this.#allocator = allocator;
    this.places = places;
    this.#wrongFamily =
      assumptions.wrongFamily === 'wine'
        ? [WSA.WSAEOPNOTSUPP, WSA.WSAEINVAL]
        : [WSA.WSAEFAULT, WSA.WSAEFAULT];
    this.hostWideBlocks = assumptions.reservationScope === 'host-wide';
    this.#tellsProcesses = assumptions.A4 === 'same-process-only';
  }

  /** Code for an address of another family than the socket's, at bind and connect. */
  familyError(state: SocketState, address: AddressId): number {
    const ipv6 = word.poolOfState(state) >= 2;
    return this.places.isIpv6(address) === ipv6 ? 0 : this.#wrongFamily[ipv6 ? 1 : 0];
  }

  /**
   * bind: errors in the order 10022, 10014, 10049, then the allocator's.
   * @param state not 0
   * @param block of the reservation the socket is associated with, if it is
   * @throws RangeError for a port that is none
   */
  bind(
    id: SocketId,
    state: SocketState,
    address: AddressId,
    port: number,
    block: Reservation | undefined,
  ): number {
    if ((port & 0xffff) !== port) throw new RangeError(`no port: ${port}`);
    const wrongFamily = this.familyError(state, address);
    if ((state & FLAG.bound) !== 0) return WSA.WSAEINVAL;
    if (wrongFamily !== 0) return wrongFamily;
    const slot = this.places.usableSlot(address);
    if (slot < 0) return WSA.WSAEADDRNOTAVAIL;
    if (port !== 0) return this.#bindExplicit(id, state, address, slot, port, block);
    if (block !== undefined) return this.#bindFromBlock(id, state, address, slot, block);
    if (this.defersChoice(state)) {
      this.table.setState(id, word.boundState(state, 0, false));
      this.table.setLocal(id, word.localOf(address, 0));
      return 0;
    }
    const traits = this.wildcardTraits(state, slot);
    const codes = this.#bindWildcard(id, state, address, slot, traits);
    return modeOf(traits) === MODE.reuse ? codes.bindReuse : codes.bind;
  }

  /** What connect does to an unbound socket: the wildcard address, as without the option. */
  bindImplicitly(id: SocketId, state: SocketState): number {
    const bits = word.optionsOfState(state);
    const randomize = (bits & OPTION_BIT.SO_RANDOMIZE_PORT) !== 0;
    const traits = traitsOf(KIND.legacy, modeOfBits(bits), randomize);
    return this.#bindWildcard(id, state, this.wildcardOf(state), 0, traits).connect;
  }

  /** The wildcard address of a socket's family. */
  wildcardOf(state: SocketState): AddressId {
    const family = word.poolOfState(state) < 2 ? 'ipv4' : 'ipv6';
    return this.places.addresses.intern(wildcardAddress(family));
  }

  /**
   * Makes a closed socket's place one that explicit binds don't see. @returns the state to release it with
   */
  hideFromExplicit(state: SocketState, local: number): SocketState {
    const port = word.portOfLocal(local);
    const traits = this.holderTraits(state);
    if (port === 0 || modeOf(traits) === UNSEEN || (state & FLAG.dual) !== 0) return state;
    const hidden = traitsOf(kindOf(traits), UNSEEN, false, processOf(traits));
    const index = word.poolOfState(state);
    if (kindOf(traits) === KIND.reuse) {
      this.#allocator.implicitReuse(index)!.hide(this.slotOf(local), port);
      return word.withTraits(state, hidden);
    }
    const pool = this.#allocator.pool(index);
    pool.release(this.slotOf(local), port, traits);
    pool.hold(this.slotOf(local), port, hidden);
    return word.withTraits(state, hidden);
  }

  /**
   * Makes sockets in `state` and binds them to consecutive wildcard ports, `runPort` and up: as
   * many, up to `max`, as single binds would get in a row.
   * @returns how many; 0 when a single bind would fail, or must be made singly
   */
  bindRun(state: SocketState, address: AddressId, max: number): number {
    const pool = word.poolOfState(state);
    const slot = this.places.usableSlot(address);
    if (this.familyError(state, address) !== 0 || slot < 0 || isDual(state, slot)) return 0;
    if (max > this.table.left || this.defersChoice(state)) return 0;
    const traits = this.wildcardTraits(state, slot);
    const ports = this.#allocator.pool(pool);
    const first = ports.claimRun(slot, traits, max);
    if (first === 0) return 0;
    const count = ports.runLength;
    this.table.addRun(word.boundState(state, traits, false), word.localOf(address, first), count);
    this.runPort = first;
    return count;
  }

  /** A socket that holds a port beside the listener whose connection it is, or a negated error. */
  addAccepted(listener: SocketState, address: AddressId, port: number): SocketId {
    const pool: PoolIndex = this.places.isIpv6(address) ? 2 : 0;
    const bits = word.optionsOfState(listener);
    if (this.table.left === 0) return -WSA.WSAEMFILE;
    if (!this.#allocator.pool(pool).hasRoom(port)) return -WSA.WSAENOBUFS;
    const traits = traitsOf(KIND.explicit, modeOfBits(bits));
    this.#allocator.pool(pool).hold(this.places.slot(address), port, traits);
    const state = word.stateOf(pool, bits, word.processOfState(listener)) | FLAG.connected;
    return this.table.add(word.boundState(state, traits, false), word.localOf(address, port));
  }

  /** Gives back what a socket in this state held. */
  release(state: SocketState, local: number): void {
    const port = word.portOfLocal(local);
    if ((state & FLAG.bound) === 0 || port === 0) return;
    const pool = word.poolOfState(state);
    const traits = this.holderTraits(state);
    const slot = this.slotOf(local);
    if (kindOf(traits) === KIND.reuse) {
      const hidden = modeOf(traits) === UNSEEN;
      this.#allocator.implicitReuse(pool)!.give(slot, port, hidden);
      const twin = this.#allocator.implicitReuse(pool & 1);
      if ((state & FLAG.dual) !== 0) twin!.give(0, port, hidden);
      return;
    }
    this.#allocator.pool(pool).release(slot, port, traits);
    if ((state & FLAG.dual) !== 0) this.#allocator.pool(pool & 1).release(0, port, traits);
  }

  /** Holds what `release` gave back, or what another host gave, whatever the rules say. */
  hold(state: SocketState, local: number): void {
    const port = word.portOfLocal(local);
    if ((state & FLAG.bound) === 0 || port === 0) return;
    const pool = word.poolOfState(state);
    const traits = this.holderTraits(state);
    this.#allocator.pool(pool).hold(this.slotOf(local), port, traits);
    if ((state & FLAG.dual) !== 0) this.#allocator.pool(pool & 1).hold(0, port, traits);
  }

  /**
   * Closes an open, bound, not dual-stack, unconnected socket and those after it, up to `max`, while
   * they are alike and their ports consecutive. @returns how many
   */
  closeRun(first: SocketId, max: number): number {
    const { table } = this;
    const state = table.state(first);
    const local = table.local(first);
    const slot = this.slotOf(local);
    const port = word.portOfLocal(local);
    const pool = this.#allocator.pool(word.poolOfState(state));
    const traits = this.holderTraits(state);
    let count = 0;
    do {
      pool.release(slot, port + count, traits);
      table.remove(first + count);
      count++;
    } while (
      count < max &&
      table.state(first + count) === state &&
      table.local(first + count) === local + count
    );
    return count;
  }

  /** Turns an option-less holder of a wildcard port into one through the option, where that has an effect. */
  takeOption(id: SocketId): void {
    const state = this.table.state(id);
    const local = this.table.local(id);
    const slot = this.slotOf(local);
    const pool = this.#allocator.pool(word.poolOfState(state));
    const before = this.holderTraits(state);
    const port = word.portOfLocal(local);
    if (port === 0 || slot <= 0 || kindOf(before) !== KIND.legacy || !pool.optionWorks(slot))
      return;
    const after = this.#tagged(traitsOf(KIND.option, modeOf(before)), state);
    pool.release(slot, port, before);
    pool.hold(slot, port, after);
    this.table.setState(id, word.withTraits(state, after));
  }

  /** The slot of a local end. */
  slotOf(local: number): number {
    return this.places.slot(word.addressOfLocal(local));
  }

  /** SO_REUSE_UNICASTPORT where there is a range for it: bind leaves the port to connect. */
  defersChoice(state: SocketState): boolean {
    return (
      (word.optionsOfState(state) & OPTION_BIT.SO_REUSE_UNICASTPORT) !== 0 &&
      this.#allocator.autoReuse(word.poolOfState(state)) !== undefined
    );
  }

  #bindWildcard(
    id: SocketId,
    state: SocketState,
    address: AddressId,
    slot: number,
    traits: Traits,
  ): ExhaustionCodes {
    const pool = this.#allocator.pool(word.poolOfState(state));
    const twin = isDual(state, slot)
      ? this.#allocator.pool(word.poolOfState(state) & 1)
      : undefined;
    const port =
      twin === undefined
        ? pool.claim(slot, traits)
        : this.#allocator.claimDual(protocolOf(state), traits);
    if (port === 0) return pool.refusal(slot, traits, twin);
    this.#setBound(id, state, address, slot, port, traits);
    return BOUND_AS_ASKED;
  }

  #bindFromBlock(
    id: SocketId,
    state: SocketState,
    address: AddressId,
    slot: number,
    block: Reservation,
  ): number {
    const pool = this.#allocator.pool(word.poolOfState(state));
    const port = portOfBlock(block, slot, this.hostWideBlocks);
    if (port === 0) return pool.rules.exhausted.bind;
    const traits = traitsOf(KIND.explicit, modeOfBits(word.optionsOfState(state)));
    pool.hold(slot, port, traits);
    this.table.setState(id, word.boundState(state, traits, false));
    this.table.setLocal(id, word.localOf(address, port));
    return 0;
  }

  #bindExplicit(
    id: SocketId,
    state: SocketState,
    address: AddressId,
    slot: number,
    port: number,
    block: Reservation | undefined,
  ): number {
    const mode = modeOfBits(word.optionsOfState(state));
    const code = isDual(state, slot)
      ? this.#allocator.bindExplicitDual(protocolOf(state), port, mode)
      : this.#allocator.bindExplicit(word.poolOfState(state), slot, port, mode, block);
    if (code === 0) {
      this.#setBound(id, state, address, slot, port, traitsOf(KIND.explicit, mode));
    }
    return code;
  }

  #setBound(
    id: SocketId,
    state: SocketState,
    address: AddressId,
    slot: number,
    port: number,
    traits: Traits,
  ): void {
    this.table.setState(id, word.boundState(state, traits, isDual(state, slot)));
    this.table.setLocal(id, word.localOf(address, port));
  }

  /** How a socket in this state would hold a wildcard port it got. */
  wildcardTraits(state: SocketState, slot: number): Traits {
    const bits = word.optionsOfState(state);
    const option =
      (bits & OPTION_BIT.SO_PORT_SCALABILITY) !== 0 &&
      this.#allocator.pool(word.poolOfState(state)).optionWorks(slot);
    const kind = option ? KIND.option : KIND.legacy;
    const randomize = (bits & OPTION_BIT.SO_RANDOMIZE_PORT) !== 0;
    return this.#tagged(traitsOf(kind, modeOfBits(bits), randomize), state);
  }

  /** How a bound socket holds its port. */
  holderTraits(state: SocketState): Traits {
    return this.#tagged(word.traitsOfState(state), state);
  }

  /** Traits with the process, where the rules tell processes apart. */
  #tagged(traits: Traits, state: SocketState): Traits {
    if (!this.#tellsProcesses) return traits;
    return traits | traitsOf(0, 0, false, word.processOfState(state));
  }
}

/** `::` with IPV6_V6ONLY off: bound in both families' pools. */
export function isDual(state: SocketState, slot: number): boolean {
  const ipv6 = word.poolOfState(state) >= 2;
  return slot === 0 && ipv6 && (word.optionsOfState(state) & OPTION_BIT.IPV6_V6ONLY) === 0;
}

function protocolOf(state: SocketState): Protocol {
  return (word.poolOfState(state) & 1) === 0 ? 'tcp' : 'udp';
}

function modeOfBits(bits: OptionBits): Mode {
  if ((bits & OPTION_BIT.SO_REUSEADDR) !== 0) return MODE.reuse;
  return (bits & OPTION_BIT.SO_EXCLUSIVEADDRUSE) !== 0 ? MODE.exclusive : MODE.default;
}
