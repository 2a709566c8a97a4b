import type { PortAllocator } from '../allocator/port-allocator.ts';
import type { Assumptions } from '../profile/assumptions.ts';
import type { HostClock, TimedSource } from './host-clock.ts';
import type { SocketBinder } from './socket-binder.ts';
import type { CloseHow, SocketId } from './socket-stack.ts';
import type { SocketState } from './socket-state.ts';
import * as word from './socket-state.ts';
import { TimeWaitQueue } from './time-wait.ts';

const FLAG = word.FLAG;

/**
 * What connections add to ports: 4-tuples that may not repeat, ends that know each other, and
 * TIME_WAIT, in which a closed connection goes on holding what it held.
 */
export class Connections implements TimedSource {
  readonly #allocator: PortAllocator;
  readonly #binder: SocketBinder;
  readonly #clock: HostClock;
  readonly #waiting = new TimeWaitQueue();
  /** How long a closed connection holds its port and tuple, ns; 0: not at all (A21). */
  readonly #timeWaitNs: number;
  readonly #tupleOnly: boolean;
  /** A port in TIME_WAIT is not seen by explicit binds. */
  readonly #hidden: boolean;
  /** Code of a connect that would repeat a 4-tuple. */
  readonly #inUse: number;
  readonly #unconnectedToo: boolean;
  /** The two ends of connections within this host. */
  readonly #peers = new Map<SocketId, SocketId>();

  constructor(
    allocator: PortAllocator,
    binder: SocketBinder,
    clock: HostClock,
    { A21, A22, timeWaitScope, tupleInUse }: Assumptions,
  ) {
    this.#allocator = allocator;
    this.#binder = binder;
    this.#clock = clock;
    this.#timeWaitNs = Number(A21) * 1e9;
    this.#tupleOnly = timeWaitScope === 'tuple';
    this.#hidden = timeWaitScope === 'wildcard-port';
    this.#inUse = Number(tupleInUse);
    this.#unconnectedToo = A22 === 'time-wait' && this.#timeWaitNs > 0;
    clock.add(this);
  }

  /** Bound sockets that never connected linger too (A22), so that they can't be closed in one go. */
  get unconnectedLinger(): boolean {
    return this.#unconnectedToo;
  }

  get due(): number {
    return this.#waiting.due;
  }

  /** A TIME_WAIT ends. */
  happen(): void {
    const { state, local, remote } = this.#waiting.shift();
    if (remote !== 0) this.#forget(local, remote);
    if (state !== 0) this.#binder.release(state, local);
  }

  /** Takes the 4-tuple of a bound socket. @returns 0, or the error where it is in use */
  take(local: number, remote: number): number {
    return this.#allocator.tuples.add(local, remote) ? 0 : this.#inUse;
  }

  /** Gives back a port and 4-tuple chosen at connect; the socket's state is the caller's to restore. */
  undo(id: SocketId, remote: number): void {
    const local = this.#binder.table.local(id);
    this.#forget(local, remote);
    this.#binder.release(this.#binder.table.state(id), local);
  }

  /** Two sockets of this host are the ends of one connection. */
  join(client: SocketId, accepted: SocketId): void {
    this.#peers.set(client, accepted);
    this.#peers.set(accepted, client);
  }

  /** Takes a closed socket out of the table; its port and tuple are free now, or after TIME_WAIT. */
  close(id: SocketId, how: CloseHow): void {
    const { table } = this.#binder;
    const state = table.state(id);
    const local = table.local(id);
    const remote = table.remote(id);
    this.#tellPeer(id);
    table.remove(id);
    if ((state & FLAG.bound) === 0) return;
    if (!this.#lingers(state, how)) {
      if (remote !== 0) this.#forget(local, remote);
      this.#binder.release(state, local);
      return;
    }
    const left = this.#placeLeft(state, local);
    if (left === 0 && remote === 0) return;
    this.#waiting.push({ state: left, local, remote, until: this.#clock.now + this.#timeWaitNs });
    this.#clock.expect(this.#waiting.due);
  }

  /** What stays of a closed socket's place, as the state to release it with; 0: nothing. */
  #placeLeft(state: SocketState, local: number): SocketState {
    if (this.#tupleOnly) {
      this.#binder.release(state, local);
      return 0;
    }
    return this.#hidden ? this.#binder.hideFromExplicit(state, local) : state;
  }

  #lingers(state: SocketState, how: CloseHow): boolean {
    const tcp = (word.poolOfState(state) & 1) === 0;
    if (!tcp || (state & FLAG.connected) === 0) return this.#unconnectedToo;
    return how === 'local' && (state & FLAG.peerClosed) === 0 && this.#timeWaitNs > 0;
  }

  #tellPeer(id: SocketId): void {
    if (this.#peers.size === 0) return;
    const peer = this.#peers.get(id);
    if (peer === undefined) return;
    this.#peers.delete(id);
    this.#peers.delete(peer);
    this.markPeerClosed(peer);
  }

  /** The other end of a connection has closed, so this one won't go to TIME_WAIT. */
  markPeerClosed(id: SocketId): void {
    const { table } = this.#binder;
    const state = table.state(id);
    if (state !== 0) table.setState(id, state | FLAG.peerClosed);
  }

  #forget(local: number, remote: number): void {
    if (!this.#allocator.tuples.delete(local, remote)) return;
    const port = word.portOfLocal(local);
    const address = word.addressOfLocal(local);
    // Tuples are TCP's; which family's pool it is shows in the address.
    const pool = this.#binder.places.isIpv6(address) ? 2 : 0;
    this.#allocator.autoReuse(pool)?.forget(address, port, remote);
    this.#allocator.implicitReuse(pool)?.forget(address, port, remote);
  }
}
