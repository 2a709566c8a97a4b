import type { Mode, Traits } from '../allocator/holder.ts';
import { KIND, MODE, traitsOf } from '../allocator/holder.ts';
import type { PortAllocator } from '../allocator/port-allocator.ts';
import type { ExhaustionCodes } from '../allocator/sharing-rules.ts';
import { wildcardAddress } from '../model/address.ts';
import type { Protocol } from '../model/protocol.ts';
import { WSA } from '../model/winsock-error.ts';
import { AddressTable } from './address-table.ts';
import type { OptionBits } from './option-rules.ts';
import { OPTION_BIT } from './option-rules.ts';
import type { AddressId, SocketId } from './socket-stack.ts';
import type { SocketState } from './socket-state.ts';
import * as word from './socket-state.ts';
import { SocketTable } from './socket-table.ts';

const FLAG = word.FLAG;
const BOUND_AS_ASKED: ExhaustionCodes = { bind: 0, connect: 0 };

/** Which sockets hold which ports: the socket table and the port allocator, kept in step. */
export class SocketBinder {
  readonly addresses = new AddressTable();
  readonly table = new SocketTable();
  /** First port of the last `bindRun`. */
  runPort = 0;
  readonly #allocator: PortAllocator;
  /** By address id: slot + 1 (0 when the host lacks the address), doubled, plus 1 for IPv6. */
  readonly #places: number[] = [];

  constructor(allocator: PortAllocator) {
    this.#allocator = allocator;
  }

  /**
   * bind: errors in the order 10022, 10014, 10049, then the allocator's.
   * @param state not 0
   * @throws RangeError for a port that is none
   */
  bind(id: SocketId, state: SocketState, address: AddressId, port: number): number {
    if ((port & 0xffff) !== port) throw new RangeError(`no port: ${port}`);
    const place = this.#place(address);
    const pool = word.poolOfState(state);
    if ((state & FLAG.bound) !== 0) return WSA.WSAEINVAL;
    if ((place & 1) !== pool >>> 1) return WSA.WSAEFAULT;
    if (place < 2) return WSA.WSAEADDRNOTAVAIL;
    const slot = (place >>> 1) - 1;
    if (port !== 0) return this.#bindExplicit(id, state, address, slot, port);
    const traits = this.#wildcardTraits(state, slot);
    return this.#bindWildcard(id, state, address, slot, traits).bind;
  }

  /** What connect does to an unbound socket: the wildcard address, as without the option. */
  bindImplicitly(id: SocketId, state: SocketState): number {
    const address = this.addresses.intern(
      wildcardAddress(word.poolOfState(state) < 2 ? 'ipv4' : 'ipv6'),
    );
    const bits = word.optionsOfState(state);
    const traits = traitsOf(KIND.legacy, modeOf(bits), (bits & OPTION_BIT.SO_RANDOMIZE_PORT) !== 0);
    return this.#bindWildcard(id, state, address, 0, traits).connect;
  }

  /**
   * Makes sockets in `state` and binds them to consecutive wildcard ports, `runPort` and up: as
   * many, up to `max`, as single binds would get in a row.
   * @returns how many; 0 when a single bind would fail, or must be made singly
   */
  bindRun(state: SocketState, address: AddressId, max: number): number {
    const place = this.#place(address);
    const pool = word.poolOfState(state);
    const slot = (place >>> 1) - 1;
    if ((place & 1) !== pool >>> 1 || slot < 0 || isDual(state, slot)) return 0;
    if (max > this.table.left) return 0;
    const traits = this.#wildcardTraits(state, slot);
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
    const place = this.#place(address);
    const pool = (place & 1) << 1;
    const bits = word.optionsOfState(listener);
    if (this.table.left === 0) return -WSA.WSAEMFILE;
    if (!this.#allocator.pool(pool).hasRoom(port)) return -WSA.WSAENOBUFS;
    const traits = traitsOf(KIND.explicit, modeOf(bits));
    this.#allocator.pool(pool).hold((place >>> 1) - 1, port, traits);
    const state = word.stateOf(pool, bits) | FLAG.connected;
    return this.table.add(word.boundState(state, traits, false), word.localOf(address, port));
  }

  /** Closes an open socket; its port is free at once. */
  close(id: SocketId): void {
    const state = this.table.state(id);
    if ((state & FLAG.bound) !== 0) {
      const local = this.table.local(id);
      const port = word.portOfLocal(local);
      const traits = word.traitsOfState(state);
      const pool = word.poolOfState(state);
      this.#allocator.pool(pool).release(this.#slotOf(local), port, traits);
      if ((state & FLAG.dual) !== 0) this.#allocator.pool(pool & 1).release(0, port, traits);
    }
    this.table.remove(id);
  }

  /**
   * Closes an open, bound, not dual-stack socket and those after it, up to `max`, while they are
   * alike and their ports consecutive. @returns how many
   */
  closeRun(first: SocketId, max: number): number {
    const { table } = this;
    const state = table.state(first);
    const local = table.local(first);
    const slot = this.#slotOf(local);
    const port = word.portOfLocal(local);
    const pool = this.#allocator.pool(word.poolOfState(state));
    const traits = word.traitsOfState(state);
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

  /** Whether an address is the host's, the wildcard address aside. */
  isLocal(address: AddressId): boolean {
    return this.#place(address) > 3;
  }

  isIpv6(address: AddressId): boolean {
    return (this.#place(address) & 1) === 1;
  }

  #place(address: AddressId): number {
    return this.#places[address] ?? this.#findPlace(address);
  }

  #findPlace(address: AddressId): number {
    const parsed = this.addresses.at(address);
    const slot = this.#allocator.slot(parsed);
    const place = ((slot + 1) << 1) | (parsed.family === 'ipv6' ? 1 : 0);
    this.#places[address] = place;
    return place;
  }

  #slotOf(local: number): number {
    return (this.#place(word.addressOfLocal(local)) >>> 1) - 1;
  }

  #bindWildcard(
    id: SocketId,
    state: SocketState,
    address: AddressId,
    slot: number,
    traits: Traits,
  ): ExhaustionCodes {
    const pool = this.#allocator.pool(word.poolOfState(state));
    const port = isDual(state, slot)
      ? this.#allocator.claimDual(protocolOf(state), traits)
      : pool.claim(slot, traits);
    if (port === 0) return pool.refusal(traits);
    this.#setBound(id, state, address, slot, port, traits);
    return BOUND_AS_ASKED;
  }

  #bindExplicit(
    id: SocketId,
    state: SocketState,
    address: AddressId,
    slot: number,
    port: number,
  ): number {
    const mode = modeOf(word.optionsOfState(state));
    const code = isDual(state, slot)
      ? this.#allocator.bindExplicitDual(protocolOf(state), port, mode)
      : this.#allocator.bindExplicit(word.poolOfState(state), slot, port, mode);
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

  #wildcardTraits(state: SocketState, slot: number): Traits {
    const bits = word.optionsOfState(state);
    const option =
      (bits & OPTION_BIT.SO_PORT_SCALABILITY) !== 0 &&
      this.#allocator.pool(word.poolOfState(state)).optionWorks(slot);
    const kind = option ? KIND.option : KIND.legacy;
    return traitsOf(kind, modeOf(bits), (bits & OPTION_BIT.SO_RANDOMIZE_PORT) !== 0);
  }
}

/** `::` with IPV6_V6ONLY off: bound in both families' pools. */
function isDual(state: SocketState, slot: number): boolean {
  const ipv6 = word.poolOfState(state) >= 2;
  return slot === 0 && ipv6 && (word.optionsOfState(state) & OPTION_BIT.IPV6_V6ONLY) === 0;
}

function protocolOf(state: SocketState): Protocol {
  return (word.poolOfState(state) & 1) === 0 ? 'tcp' : 'udp';
}

function modeOf(bits: OptionBits): Mode {
  if ((bits & OPTION_BIT.SO_REUSEADDR) !== 0) return MODE.reuse;
  return (bits & OPTION_BIT.SO_EXCLUSIVEADDRUSE) !== 0 ? MODE.exclusive : MODE.default;
}
