import type { AutoReuse } from '../allocator/auto-reuse.ts';
import { KIND, MODE, traitsOf, UNSEEN } from '../allocator/holder.ts';
import type { PoolIndex, PortAllocator } from '../allocator/port-allocator.ts';
import type { Assumptions } from '../profile/assumptions.ts';
import { isDual, type SocketBinder } from './socket-binder.ts';
import type { AddressId, SocketId } from './socket-stack.ts';
import type { SocketState } from './socket-state.ts';
import * as word from './socket-state.ts';

const FLAG = word.FLAG;

/** A port that was told could not have been chosen here. */
const NOT_CHOSEN = -1;

/** What connect does about a socket's port and address, when the remote end is known. */
export class ConnectPorts {
  readonly #allocator: PortAllocator;
  readonly #binder: SocketBinder;
  readonly #routesSource: boolean;

  constructor(allocator: PortAllocator, binder: SocketBinder, { connectSource }: Assumptions) {
    this.#allocator = allocator;
    this.#binder = binder;
    this.#routesSource = connectSource === 'routed';
  }

  /** Whether connect chooses the port of this socket by its 4-tuple. */
  choosesAtConnect(id: SocketId, state: SocketState): boolean {
    if ((state & FLAG.bound) !== 0) return word.portOfLocal(this.#binder.table.local(id)) === 0;
    return this.#allocator.implicitReuse(word.poolOfState(state)) !== undefined;
  }

  /**
   * Gives a socket a port that is chosen at connect: an unbound one, or one that put the choice off.
   * @param remote end, as `localOf` packs it
   * @param told the port another host chose, which is taken whatever the rules say; 0 to choose one
   * @returns 0, or the error of connect; with `told`, NOT_CHOSEN where it could not have been chosen
   */
  bindByTuple(id: SocketId, state: SocketState, remote: number, told = 0): number {
    const pool = word.poolOfState(state);
    const deferred = (state & FLAG.bound) !== 0;
    const reuse = deferred ? this.#allocator.autoReuse(pool) : this.#allocator.implicitReuse(pool);
    const asked = deferred
      ? word.addressOfLocal(this.#binder.table.local(id))
      : this.#binder.wildcardOf(state);
    const address = this.#sourceOf(asked, remote);
    const slot = this.#binder.places.slot(asked);
    const dual = isDual(state, slot);
    const twin = dual ? this.#twinOf(pool, deferred) : undefined;
    const heldSlot = this.#binder.places.slot(address);
    const wanted = { slot, heldSlot, address, remote, twin };
    let port = told;
    let code = 0;
    if (told === 0) port = reuse?.take(wanted) ?? 0;
    else if (reuse?.takeThis(wanted, told) !== true) code = NOT_CHOSEN;
    if (port === 0 || reuse === undefined) {
      return this.#allocator.pool(pool).rules.exhausted.connect;
    }
    const traits = traitsOf(KIND.reuse, reuse.unseen ? UNSEEN : MODE.default);
    this.#binder.table.setState(id, word.boundState(state, traits, dual && heldSlot === slot));
    this.#binder.table.setLocal(id, word.localOf(address, port));
    return code;
  }

  /** What chooses ports at connect in the other family's pool, for a dual-stack socket. */
  #twinOf(pool: PoolIndex, deferred: boolean): AutoReuse | undefined {
    return deferred ? this.#allocator.autoReuse(pool & 1) : this.#allocator.implicitReuse(pool & 1);
  }

  /** The local address a connection gets: the bound one, or where routing decides the one it says. */
  #sourceOf(address: AddressId, remote: number): AddressId {
    const moves = this.#routesSource && this.#binder.places.slot(address) === 0;
    return moves ? this.#binder.places.routedSource(word.addressOfLocal(remote)) : address;
  }

  /** The local end a bound socket will have when it is connected to `remote`. */
  connectedLocal(id: SocketId, remote: number): number {
    const local = this.#binder.table.local(id);
    const source = this.#sourceOf(word.addressOfLocal(local), remote);
    return word.localOf(source, word.portOfLocal(local));
  }

  /**
   * A wildcard-address socket that connects moves to the address routing gives it, where the profile
   * says so: other addresses get the number back.
   */
  moveToSource(id: SocketId, remote: number): void {
    const state = this.#binder.table.state(id);
    const local = this.#binder.table.local(id);
    const after = this.connectedLocal(id, remote);
    if (after === local) return;
    this.#binder.release(state, local);
    const pool = this.#allocator.pool(word.poolOfState(state));
    pool.hold(
      this.#binder.slotOf(after),
      word.portOfLocal(after),
      this.#binder.holderTraits(state),
    );
    this.#binder.table.setState(id, state & ~FLAG.dual);
    this.#binder.table.setLocal(id, after);
  }
}
