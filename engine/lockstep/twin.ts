import { isFreeInBlock } from '../allocator/reservations.ts';
import { KIND, kindOf, modeOf, traitsOf, type Traits } from '../allocator/holder.ts';
import { PortAllocator, type PoolIndex } from '../allocator/port-allocator.ts';
import { parseAddress } from '../model/address.ts';
import { contains } from '../model/port-range.ts';
import type { ResolvedProfile } from '../profile/resolved-profile.ts';
import { HostClock } from '../stack/host-clock.ts';
import { occupyPort } from '../stack/other-holder.ts';
import { SimulatedSockets } from '../stack/simulated-sockets.ts';
import { isDual } from '../stack/socket-binder.ts';
import type { AddressId, SocketId } from '../stack/socket-stack.ts';
import type { SocketState } from '../stack/socket-state.ts';
import * as word from '../stack/socket-state.ts';
import type { KindId } from './kinds.ts';
import { PortHolders } from './port-holders.ts';

const FLAG = word.FLAG;

/** A socket as it was before a call. */
export interface Before {
  readonly state: SocketState;
  readonly local: number;
}

/**
 * The modelled host that makes a recorded run's calls again. What the recording says is told to it:
 * the time, and which number a socket got; so that it stays in step with the host, whatever it would
 * have picked itself. Sockets and addresses have numbers of their own here.
 *
 * A number the rules forbid is taken all the same: counts in the allocator add up for any holder, so
 * that giving it back is as if nothing had been.
 */
export class Twin {
  readonly profile: ResolvedProfile;
  readonly allocator: PortAllocator;
  readonly sockets: SimulatedSockets;
  readonly holders: PortHolders;
  readonly #clock = new HostClock();
  readonly #ids = new Map<number, SocketId>();
  readonly #addresses: (AddressId | undefined)[] = [];
  readonly #texts: readonly string[];

  /**
   * @param addresses the host's, of either family
   * @param texts the run's address table
   * @throws RangeError for text in `addresses` that is no address
   */
  constructor(profile: ResolvedProfile, addresses: readonly string[], texts: readonly string[]) {
    this.profile = profile;
    this.#texts = texts;
    // Which numbers it would pick is told, so that any seed will do.
    this.allocator = new PortAllocator(profile, addresses, 0);
    this.sockets = new SimulatedSockets(this.allocator, this.#clock, profile.assumptions);
    this.holders = new PortHolders(this.table);
    for (const { start, count, ...holder } of profile.holders) {
      for (let port = start; port < start + count; port++) {
        occupyPort(this.allocator, { ...holder, port });
      }
    }
  }

  get binder() {
    return this.sockets.binder;
  }

  get table() {
    return this.sockets.binder.table;
  }

  /** Lets time pass until `t`; rows of several processes may come a little out of order. */
  advanceTo(t: number): void {
    if (t > this.#clock.now) this.#clock.now = t;
    if (this.#clock.now >= this.#clock.due) this.#clock.settle();
  }

  /** The model's socket for a recorded one; 0, which is none, where there is none. */
  id(recorded: number): SocketId {
    return this.#ids.get(recorded) ?? 0;
  }

  name(recorded: number, id: SocketId): void {
    this.#ids.set(recorded, id);
  }

  forget(recorded: number): void {
    this.#ids.delete(recorded);
  }

  /** The model's number of a recorded address; 0 where the recording's table has no such address. */
  address(recorded: number): AddressId {
    const known = this.#addresses[recorded];
    if (known !== undefined) return known;
    const text = this.#texts[recorded] ?? '';
    const id = parseAddress(text) === undefined ? 0 : this.binder.places.addresses.intern(text);
    this.#addresses[recorded] = id;
    return id;
  }

  /** The host has this address, to be used from now on; nothing happens for one that can't be had. */
  addAddress(address: AddressId): void {
    if (!this.binder.places.addresses.at(address).wildcard) {
      this.binder.places.add(this.textOf(address), undefined);
    }
  }

  /** The host loses an address; nothing happens where it has none such. */
  removeAddress(address: AddressId): void {
    try {
      this.binder.places.remove(this.textOf(address));
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
    }
  }

  textOf(address: AddressId): string {
    return this.binder.places.addresses.texts[address] ?? '';
  }

  before(id: SocketId): Before {
    return { state: this.table.state(id), local: this.table.local(id) };
  }

  /** Takes back a bind that the host refused. */
  unbind(id: SocketId, before: Before): void {
    this.binder.release(this.table.state(id), this.table.local(id));
    this.table.setState(id, before.state);
    this.table.setLocal(id, before.local);
  }

  /** Takes back a connect that the host refused. */
  disconnect(id: SocketId, before: Before): void {
    const remote = this.table.remote(id);
    this.sockets.listeners.withdraw(id);
    if (remote === 0) this.binder.release(this.table.state(id), this.table.local(id));
    else this.sockets.connections.undo(id, remote);
    if (remote !== 0) this.table.setRemote(id, 0);
    this.table.setState(id, before.state);
    this.table.setLocal(id, before.local);
    this.binder.hold(before.state, before.local);
  }

  /** How an unbound socket would hold a wildcard port on this address. */
  traits(id: SocketId, state: SocketState, slot: number): Traits {
    const traits = this.binder.wildcardTraits(state, slot);
    const block = this.sockets.blocks.blockOf(id);
    return block === undefined ? traits : traitsOf(KIND.explicit, modeOf(traits) as 0 | 1 | 2);
  }

  /** Whether a wildcard-port bind of this unbound socket might get this very number now. */
  mayHave(id: SocketId, state: SocketState, slot: number, port: number): boolean {
    if (slot < 0) return false;
    const pool = word.poolOfState(state);
    const block = this.sockets.blocks.blockOf(id);
    if (block !== undefined) {
      return contains(block, port) && isFreeInBlock(block, port, slot, this.binder.hostWideBlocks);
    }
    return isDual(state, slot)
      ? this.allocator.mayClaimDual(protocolOf(pool), port)
      : this.allocator.pool(pool).mayClaim(slot, port, this.binder.wildcardTraits(state, slot));
  }

  /**
   * Binds an unbound socket to a port, whatever the rules say.
   * @returns false where the model can't: it lacks the socket or the address, or thousands hold the number
   */
  force(id: SocketId, address: AddressId, port: number, traits: Traits): boolean {
    const state = this.table.state(id);
    const slot = this.binder.places.slot(address);
    if (state === 0 || slot < 0) return false;
    if (this.binder.familyError(state, address) !== 0) return false;
    if (port !== 0 && !this.allocator.pool(word.poolOfState(state)).hasRoom(port)) return false;
    const bound = word.boundState(state, traits, port !== 0 && isDual(state, slot));
    this.table.setState(id, bound);
    this.table.setLocal(id, word.localOf(address, port));
    this.binder.hold(bound, this.table.local(id));
    return true;
  }

  /**
   * Moves a connected socket whose port was chosen on the way to the port the host chose.
   * @param before the socket as it was before its connect
   * @returns null where the model might have chosen it, else how they differ
   */
  tellConnected(id: SocketId, before: Before, port: number): KindId | null {
    const state = this.table.state(id);
    const local = this.table.local(id);
    const remote = this.table.remote(id);
    if ((state & FLAG.bound) !== 0 && word.portOfLocal(local) === port) return null;
    if (remote === 0) this.binder.release(state, local);
    else this.sockets.connections.undo(id, remote);
    return kindOf(word.traitsOfState(state)) === KIND.reuse
      ? this.#tellTuplePort(id, before, remote, port)
      : this.#tellImplicitPort(id, before, port);
  }

  #tellTuplePort(id: SocketId, before: Before, remote: number, port: number): KindId | null {
    const flags = this.table.state(id) & (FLAG.connected | FLAG.peerClosed);
    this.table.setState(id, before.state);
    this.table.setLocal(id, before.local);
    const code = this.sockets.connectPorts.bindByTuple(id, before.state, remote, port);
    this.table.setState(id, this.table.state(id) | flags);
    return code === 0 ? null : 'connect-number';
  }

  /** Of a socket that connect bound as without the option; routing may move it to another address. */
  #tellImplicitPort(id: SocketId, before: Before, port: number): KindId | null {
    const pool = word.poolOfState(before.state);
    const dual = isDual(before.state, 0);
    const legal = dual
      ? this.allocator.mayClaimDual(protocolOf(pool), port)
      : this.allocator.pool(pool).mayClaim(0, port, KIND.legacy);
    const mode = modeOf(this.binder.wildcardTraits(before.state, 0));
    const state = word.boundState(this.table.state(id), traitsOf(KIND.legacy, mode), dual);
    const local = word.localOf(this.binder.wildcardOf(before.state), port);
    this.table.setState(id, state);
    this.table.setLocal(id, local);
    this.binder.hold(state, local);
    const remote = this.table.remote(id);
    if (remote !== 0) {
      const { connections, connectPorts } = this.sockets;
      const code = connections.take(connectPorts.connectedLocal(id, remote), remote);
      connectPorts.moveToSource(id, remote);
      if (code !== 0) {
        // Another socket has this connection; when this one closes it must not take that away.
        this.table.setRemote(id, 0);
        return 'connection-repeated';
      }
    }
    return legal ? null : 'connect-number';
  }

  /** Whether a connection of this bound socket to `remote` would be one that is there already. */
  isRepeated(id: SocketId, remote: number): boolean {
    const local = this.sockets.connectPorts.connectedLocal(id, remote);
    return this.allocator.tuples.has(local, remote);
  }

  isBound(id: SocketId): boolean {
    return (this.table.state(id) & FLAG.bound) !== 0;
  }
}

export function protocolOf(pool: PoolIndex): 'tcp' | 'udp' {
  return (pool & 1) === 0 ? 'tcp' : 'udp';
}
