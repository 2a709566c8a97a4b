import type { PoolIndex, PortAllocator } from '../allocator/port-allocator.ts';
import type { SocketOption } from '../model/socket-option.ts';
import { WSA } from '../model/winsock-error.ts';
import type { Assumptions } from '../profile/assumptions.ts';
import { ConnectPorts } from './connect-ports.ts';
import { Connections } from './connections.ts';
import type { HostClock } from './host-clock.ts';
import { HostPlaces } from './host-places.ts';
import { Listeners } from './listeners.ts';
import { freshOptions, getOption, setOption } from './option-rules.ts';
import { ReservedBlocks } from './reserved-blocks.ts';
import { SocketBinder } from './socket-binder.ts';
import type { AddressId, CloseHow, ProcessNumber, SocketId } from './socket-stack.ts';
import type { SocketState } from './socket-state.ts';
import * as word from './socket-state.ts';

const FLAG = word.FLAG;
/** LookupPersistentTcpPortReservation's answer where there is no such block. */
const ERROR_NOT_FOUND = 1168;

/**
 * The sockets of a modelled host: what each call answers, without events. Methods are as in
 * SocketStack: a code is 0 or a Winsock error, a number is negated when it is an error.
 */
export class SimulatedSockets {
  readonly binder: SocketBinder;
  readonly #places: HostPlaces;
  readonly #allocator: PortAllocator;
  readonly #assumptions: Assumptions;
  readonly listeners = new Listeners();
  readonly connections: Connections;
  readonly connectPorts: ConnectPorts;
  readonly blocks = new ReservedBlocks();

  constructor(allocator: PortAllocator, clock: HostClock, assumptions: Assumptions) {
    this.#allocator = allocator;
    this.#assumptions = assumptions;
    this.#places = new HostPlaces(allocator, clock, assumptions);
    this.binder = new SocketBinder(allocator, this.#places, assumptions);
    this.connectPorts = new ConnectPorts(allocator, this.binder, assumptions);
    this.connections = new Connections(allocator, this.binder, clock, assumptions);
  }

  create(pool: PoolIndex, process: ProcessNumber): SocketId {
    const { table } = this.binder;
    if (table.left === 0) return -WSA.WSAEMFILE;
    return table.add(word.stateOf(pool, freshOptions(pool), process), 0);
  }

  set(id: SocketId, option: SocketOption, value: number): number {
    const { table } = this.binder;
    const state = table.state(id);
    if (state === 0) return WSA.WSAENOTSOCK;
    const bits = this.#withOption(state, option, value);
    if (bits < 0) return -bits;
    table.setState(id, word.withOptions(state, bits));
    const late = option === 'SO_PORT_SCALABILITY' && value !== 0 && (state & FLAG.bound) !== 0;
    if (late && this.#assumptions['PS-6'] === 'takes-effect') this.binder.takeOption(id);
    return 0;
  }

  get(id: SocketId, option: SocketOption): number {
    const state = this.binder.table.state(id);
    if (state === 0) return -WSA.WSAENOTSOCK;
    const pool = word.poolOfState(state);
    return getOption(word.optionsOfState(state), option, pool, this.#assumptions);
  }

  /** State of a fresh socket with these options set to 1, or 0 when one of them can't be. */
  stateWith(
    pool: PoolIndex,
    options: readonly SocketOption[],
    process: ProcessNumber,
  ): SocketState {
    let state = word.stateOf(pool, freshOptions(pool), process);
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
    this.#places.addresses.at(address);
    if (state === 0) return WSA.WSAENOTSOCK;
    return this.binder.bind(id, state, address, port, this.blocks.blockOf(id));
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
    const port = word.portOfLocal(table.local(id));
    if (port === 0) return WSA.WSAEINVAL;
    this.listeners.add(id, poolsOf(state), port, backlog);
    table.setState(id, state | FLAG.listening);
    return 0;
  }

  /**
   * Every remote answers at once; one that listens on this very host gets a connection to accept. An
   * unbound socket is bound to the wildcard address first.
   */
  connect(id: SocketId, remote: AddressId, port: number): number {
    const { table } = this.binder;
    const { wildcard } = this.#places.addresses.at(remote);
    const before = table.state(id);
    if (before === 0) return WSA.WSAENOTSOCK;
    const wrongFamily = this.binder.familyError(before, remote);
    if (wrongFamily !== 0) return wrongFamily;
    if ((before & FLAG.listening) !== 0) return WSA.WSAEINVAL;
    if ((before & FLAG.connected) !== 0 && !isUdp(before)) return WSA.WSAEISCONN;
    if (port === 0 || wildcard) return WSA.WSAEADDRNOTAVAIL;
    return isUdp(before)
      ? this.#connectUdp(id, before)
      : this.#connectTcp(id, before, remote, word.localOf(remote, port));
  }

  #connectUdp(id: SocketId, before: SocketState): number {
    if ((before & FLAG.bound) === 0) {
      const code = this.binder.bindImplicitly(id, before);
      if (code !== 0) return code;
    }
    const { table } = this.binder;
    table.setState(id, table.state(id) | FLAG.connected);
    return 0;
  }

  #connectTcp(id: SocketId, before: SocketState, remote: AddressId, end: number): number {
    const { table } = this.binder;
    const byTuple = this.connectPorts.choosesAtConnect(id, before);
    const asked = table.local(id);
    let code = 0;
    if (byTuple) code = this.connectPorts.bindByTuple(id, before, end);
    else if ((before & FLAG.bound) === 0) code = this.binder.bindImplicitly(id, before);
    if (code !== 0) return code;
    const listener = this.#places.isLocal(remote)
      ? this.#listenerAt(word.poolOfState(before), remote, word.portOfLocal(end))
      : 0;
    if (listener !== 0 && !this.listeners.hasRoom(listener)) {
      if (byTuple) {
        this.connections.undo(id, end);
        table.setState(id, before);
        table.setLocal(id, asked);
      }
      return WSA.WSAECONNREFUSED;
    }
    if (!byTuple) {
      code = this.connections.take(this.connectPorts.connectedLocal(id, end), end);
      if (code !== 0) return code;
      this.connectPorts.moveToSource(id, end);
    }
    table.setState(id, table.state(id) | FLAG.connected);
    table.setRemote(id, end);
    if (listener !== 0) this.listeners.queue(listener, { client: id, local: remote });
    return 0;
  }

  accept(id: SocketId): SocketId {
    const { table } = this.binder;
    const state = table.state(id);
    if (state === 0) return -WSA.WSAENOTSOCK;
    if (isUdp(state)) return -WSA.WSAEOPNOTSUPP;
    if ((state & FLAG.listening) === 0) return -WSA.WSAEINVAL;
    const connection = this.listeners.take(id);
    if (connection === undefined) return -WSA.WSAEWOULDBLOCK;
    const { client, local } = connection;
    const accepted = this.binder.addAccepted(state, local, word.portOfLocal(table.local(id)));
    if (accepted < 0) return accepted;
    if (table.state(client) === 0) this.connections.markPeerClosed(accepted);
    else this.connections.join(client, accepted);
    return accepted;
  }

  close(id: SocketId, how: CloseHow): number {
    const { table } = this.binder;
    const state = table.state(id);
    if (state === 0) return WSA.WSAENOTSOCK;
    if ((state & FLAG.listening) !== 0) {
      const port = word.portOfLocal(table.local(id));
      const waiting = this.listeners.remove(id, poolsOf(state), port);
      for (const { client } of waiting) this.connections.markPeerClosed(client);
    }
    this.blocks.close(id);
    this.connections.close(id, how);
    return 0;
  }

  /**
   * Closes a bound socket and those after it, while they are alike and their ports consecutive.
   * @returns how many; 0 when this one must be closed singly
   */
  closeRun(first: SocketId, max: number): number {
    const { table } = this.binder;
    const state = table.state(first);
    const unlike = FLAG.dual | FLAG.listening | FLAG.connected;
    const plain = (state & (FLAG.bound | unlike)) === FLAG.bound;
    if (!plain || !this.blocks.none || this.connections.unconnectedLinger) return 0;
    if (word.portOfLocal(table.local(first)) === 0) return 0;
    return this.binder.closeRun(first, max);
  }

  /** @returns the first port of the block, or a negated error */
  reserve(id: SocketId, start: number, count: number): number {
    const state = this.binder.table.state(id);
    if (state === 0) return -WSA.WSAENOTSOCK;
    if (this.#assumptions.reservations === 'unsupported') return -WSA.WSAEOPNOTSUPP;
    if (this.blocks.heldBy(id) !== undefined) return -WSA.WSAEINVAL;
    const pool = word.poolOfState(state);
    const reservation = this.#allocator.reserve(pool, start, count);
    if (typeof reservation === 'number') return -reservation;
    this.blocks.hold(id, { reservation, pool, process: word.processOfState(state) });
    return reservation.start;
  }

  associate(id: SocketId, holder: SocketId): number {
    const state = this.binder.table.state(id);
    if (state === 0) return WSA.WSAENOTSOCK;
    if (this.#assumptions.reservations === 'unsupported') return WSA.WSAEOPNOTSUPP;
    if (this.binder.table.state(holder) === 0) return WSA.WSAENOTSOCK;
    const held = this.blocks.heldBy(holder);
    if (held === undefined || (state & FLAG.bound) !== 0) return WSA.WSAEINVAL;
    const alike =
      held.pool === word.poolOfState(state) && held.process === word.processOfState(state);
    if (!alike) return WSA.WSAEINVAL;
    this.blocks.associate(id, holder);
    return 0;
  }

  associatePersistent(id: SocketId, start: number, count: number): number {
    const state = this.binder.table.state(id);
    if (state === 0) return WSA.WSAENOTSOCK;
    if (this.#assumptions.reservations === 'unsupported') return WSA.WSAEOPNOTSUPP;
    const block = this.#allocator.persistentBlock(word.poolOfState(state), start, count);
    if (block === undefined) return ERROR_NOT_FOUND;
    if ((state & FLAG.bound) !== 0) return WSA.WSAEINVAL;
    this.blocks.associate(id, block);
    return 0;
  }

  /** Who takes a connection to a local address: a listener there, else one on the wildcard address. */
  #listenerAt(pool: PoolIndex, remote: AddressId, port: number): SocketId {
    const { table } = this.binder;
    const { addresses } = this.#places;
    const listeners = this.listeners.at(pool, port);
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
