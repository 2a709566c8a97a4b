import type { PoolIndex, PortAllocator } from '../allocator/port-allocator.ts';
import type { SocketOption } from '../model/socket-option.ts';
import { WSA } from '../model/winsock-error.ts';
import type { Assumptions } from '../profile/assumptions.ts';
import { Listeners } from './listeners.ts';
import { freshOptions, getOption, setOption } from './option-rules.ts';
import { SocketBinder } from './socket-binder.ts';
import type { AddressId, SocketId } from './socket-stack.ts';
import type { SocketState } from './socket-state.ts';
import * as word from './socket-state.ts';

const FLAG = word.FLAG;

/**
 * The sockets of a modelled host: what each call answers, without clock and events. Methods are as
 * in SocketStack: a code is 0 or a Winsock error, a number is negated when it is an error.
 */
export class SimulatedSockets {
  readonly binder: SocketBinder;
  readonly #assumptions: Assumptions;
  readonly #listeners = new Listeners();

  constructor(allocator: PortAllocator, assumptions: Assumptions) {
    this.binder = new SocketBinder(allocator);
    this.#assumptions = assumptions;
  }

  create(pool: PoolIndex): SocketId {
    const { table } = this.binder;
    return table.left === 0 ? -WSA.WSAEMFILE : table.add(word.stateOf(pool, freshOptions(pool)), 0);
  }

  set(id: SocketId, option: SocketOption, value: number): number {
    const { table } = this.binder;
    const state = table.state(id);
    if (state === 0) return WSA.WSAENOTSOCK;
    const bits = this.#withOption(state, option, value);
    if (bits < 0) return -bits;
    table.setState(id, word.withOptions(state, bits));
    return 0;
  }

  get(id: SocketId, option: SocketOption): number {
    const state = this.binder.table.state(id);
    if (state === 0) return -WSA.WSAENOTSOCK;
    const pool = word.poolOfState(state);
    return getOption(word.optionsOfState(state), option, pool, this.#assumptions);
  }

  /** State of a fresh socket with these options set to 1, or 0 when one of them can't be. */
  stateWith(pool: PoolIndex, options: readonly SocketOption[]): SocketState {
    let state = word.stateOf(pool, freshOptions(pool));
    for (const option of options) {
      const bits = this.#withOption(state, option, 1);
      if (bits < 0) return 0;
      state = word.withOptions(state, bits);
    }
    return state;
  }

  /** @throws RangeError for an unknown address id, as `connect` does */
  bind(id: SocketId, address: AddressId, port: number): number {
    const state = this.binder.table.state(id);
    this.binder.addresses.at(address);
    return state === 0 ? WSA.WSAENOTSOCK : this.binder.bind(id, state, address, port);
  }

  /** @returns the local port, or a negated error */
  name(id: SocketId): number {
    const { table } = this.binder;
    const state = table.state(id);
    if (state === 0) return -WSA.WSAENOTSOCK;
    return (state & FLAG.bound) === 0 ? -WSA.WSAEINVAL : word.portOfLocal(table.local(id));
  }

  /** The local address as `localOf` packs it; 0 where there is none. */
  local(id: SocketId): number {
    const { table } = this.binder;
    return (table.state(id) & FLAG.bound) === 0 ? 0 : table.local(id);
  }

  listen(id: SocketId, backlog: number): number {
    const { table } = this.binder;
    const state = table.state(id);
    if (state === 0) return WSA.WSAENOTSOCK;
    if (isUdp(state)) return WSA.WSAEOPNOTSUPP;
    if ((state & FLAG.bound) === 0) return WSA.WSAEINVAL;
    if ((state & FLAG.connected) !== 0) return WSA.WSAEISCONN;
    if ((state & FLAG.listening) !== 0) return 0;
    this.#listeners.add(id, poolsOf(state), word.portOfLocal(table.local(id)), backlog);
    table.setState(id, state | FLAG.listening);
    return 0;
  }

  /**
   * Every remote answers at once; one that listens on this very host gets a connection to accept.
   * An unbound socket is bound to the wildcard address first, as without the option.
   */
  connect(id: SocketId, remote: AddressId, port: number): number {
    const { table, addresses } = this.binder;
    const { wildcard } = addresses.at(remote);
    const before = table.state(id);
    if (before === 0) return WSA.WSAENOTSOCK;
    if (this.binder.isIpv6(remote) !== word.poolOfState(before) >= 2) return WSA.WSAEFAULT;
    if ((before & FLAG.listening) !== 0) return WSA.WSAEINVAL;
    if ((before & FLAG.connected) !== 0 && !isUdp(before)) return WSA.WSAEISCONN;
    if (port === 0 || wildcard) return WSA.WSAEADDRNOTAVAIL;
    if ((before & FLAG.bound) === 0) {
      const code = this.binder.bindImplicitly(id, before);
      if (code !== 0) return code;
    }
    const state = table.state(id);
    if (!isUdp(state) && this.binder.isLocal(remote)) {
      const listener = this.#listenerAt(word.poolOfState(state), remote, port);
      if (listener !== 0 && !this.#listeners.offer(listener, remote)) return WSA.WSAECONNREFUSED;
    }
    table.setState(id, state | FLAG.connected);
    return 0;
  }

  accept(id: SocketId): SocketId {
    const { table } = this.binder;
    const state = table.state(id);
    if (state === 0) return -WSA.WSAENOTSOCK;
    if (isUdp(state)) return -WSA.WSAEOPNOTSUPP;
    if ((state & FLAG.listening) === 0) return -WSA.WSAEINVAL;
    const address = this.#listeners.take(id);
    if (address === undefined) return -WSA.WSAEWOULDBLOCK;
    return this.binder.addAccepted(state, address, word.portOfLocal(table.local(id)));
  }

  close(id: SocketId): number {
    const { table } = this.binder;
    const state = table.state(id);
    if (state === 0) return WSA.WSAENOTSOCK;
    if ((state & FLAG.listening) !== 0) {
      this.#listeners.remove(id, poolsOf(state), word.portOfLocal(table.local(id)));
    }
    this.binder.close(id);
    return 0;
  }

  /**
   * Closes a bound socket and those after it, while they are alike and their ports consecutive.
   * @returns how many; 0 when this one must be closed singly
   */
  closeRun(first: SocketId, max: number): number {
    const state = this.binder.table.state(first);
    const plain = (state & (FLAG.bound | FLAG.dual | FLAG.listening)) === FLAG.bound;
    return plain ? this.binder.closeRun(first, max) : 0;
  }

  /** Who takes a connection to a local address: a listener there, else one on the wildcard address. */
  #listenerAt(pool: PoolIndex, remote: AddressId, port: number): SocketId {
    const { table, addresses } = this.binder;
    const listeners = this.#listeners.at(pool, port);
    const at = (id: SocketId): AddressId => word.addressOfLocal(table.local(id));
    return (
      listeners.find((id) => at(id) === remote) ??
      listeners.find((id) => addresses.at(at(id)).wildcard) ??
      0
    );
  }

  #withOption(state: SocketState, option: SocketOption, value: number): number {
    const bound = (state & FLAG.bound) !== 0;
    const bits = word.optionsOfState(state);
    return setOption(bits, option, value, word.poolOfState(state), bound, this.#assumptions);
  }
}

function isUdp(state: SocketState): boolean {
  return (word.poolOfState(state) & 1) === 1;
}

/** The pools a bound socket holds its port in. */
function poolsOf(state: SocketState): PoolIndex[] {
  const pool = word.poolOfState(state);
  return (state & FLAG.dual) === 0 ? [pool] : [pool, pool & 1];
}
