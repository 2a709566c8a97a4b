import type { PoolIndex } from '../allocator/port-allocator.ts';
import { PortAllocator, poolIndex } from '../allocator/port-allocator.ts';
import type { EventSink } from '../event/event-sink.ts';
import { OP } from '../event/op.ts';
import type { Family, Protocol } from '../model/protocol.ts';
import type { SocketOption } from '../model/socket-option.ts';
import { optionTag } from '../model/socket-option.ts';
import type { ResolvedProfile } from '../profile/resolved-profile.ts';
import type { OtherHolder } from './other-holder.ts';
import { occupyPort } from './other-holder.ts';
import { SimulatedSockets } from './simulated-sockets.ts';
import type {
  AddressId,
  FillRequest,
  FillResult,
  SocketId,
  SocketStack,
  StackOptions,
} from './socket-stack.ts';
import { addressOfLocal, portOfLocal } from './socket-state.ts';

/**
 * How long a modelled call takes, ns. A convention that makes rates and series readable, no
 * measurement: a simulated run says nothing about speed.
 */
export const MODEL_CALL_NS = 1_000;

/** A `fill` or `release` row stands for at most so many sockets. */
const ROW_SOCKETS = 4_096;

export interface SimulatedStackOptions extends StackOptions {
  readonly profile: ResolvedProfile;
  /** The host's addresses, of either family; it has all loopback addresses besides (A27). */
  readonly addresses: readonly string[];
  /** Integer from 0 to 2^53 - 1. The same seed and calls give the same events. */
  readonly seed: number;
  /** Virtual duration of a call, and of each socket of a fill or release: integer >= 1, ns. */
  readonly callNs?: number;
}

export interface SimulatedStack extends SocketStack {
  readonly kind: 'simulated';
  /** How many numbers an option-less wildcard-port bind could still get: those free on all addresses. */
  freeOnAll(protocol: Protocol, family: Family): number;
  /**
   * Gives another application a port, for good: no event, not in `open`, not closed by `closeAll`.
   * @returns 0, or the error its bind would have got
   * @throws RangeError for text that is no address
   */
  occupy(holder: OtherHolder): number;
}

/** A modelled Windows host with nothing on it yet. */
export function createSimulatedStack(options: SimulatedStackOptions): SimulatedStack {
  return new Stack(options);
}

class Stack implements SimulatedStack {
  readonly kind = 'simulated';
  readonly #sink: EventSink;
  readonly #callNs: number;
  readonly #allocator: PortAllocator;
  readonly #sockets: SimulatedSockets;
  #now = 0;

  constructor({ sink, profile, addresses, seed, callNs = MODEL_CALL_NS }: SimulatedStackOptions) {
    if (!Number.isInteger(callNs) || callNs < 1) throw new RangeError(`callNs ${callNs}`);
    this.#sink = sink;
    this.#callNs = callNs;
    this.#allocator = new PortAllocator(profile, addresses, seed);
    this.#sockets = new SimulatedSockets(this.#allocator, profile.assumptions);
  }

  now(): number {
    return this.#now;
  }

  get addresses(): readonly string[] {
    return this.#sockets.binder.addresses.texts;
  }

  get open(): number {
    return this.#sockets.binder.table.open;
  }

  intern(address: string): AddressId {
    return this.#sockets.binder.addresses.intern(address);
  }

  socket(protocol: Protocol, family: Family): SocketId {
    return this.#socket(poolIndex(protocol, family));
  }

  #socket(pool: PoolIndex): SocketId {
    const id = this.#sockets.create(pool);
    const t = this.#tick();
    this.#sink.emit(OP.socket, t, this.#callNs, Math.max(id, 0), 0, 0, Math.max(-id, 0), pool);
    return id;
  }

  setsockopt(socket: SocketId, option: SocketOption, value: number): number {
    const code = this.#sockets.set(socket, option, value);
    const t = this.#tick();
    const tag = optionTag(option);
    this.#sink.emit(OP.setsockopt, t, this.#callNs, socket, 0, tag, code, value >>> 0);
    return code;
  }

  getsockopt(socket: SocketId, option: SocketOption): number {
    const value = this.#sockets.get(socket, option);
    const t = this.#tick();
    const code = value < 0 ? -value : 0;
    const read = value < 0 ? 0 : value;
    this.#sink.emit(OP.getsockopt, t, this.#callNs, socket, 0, optionTag(option), code, read);
    return value;
  }

  bind(socket: SocketId, address: AddressId, port: number): number {
    const code = this.#sockets.bind(socket, address, port);
    this.#sink.emit(OP.bind, this.#tick(), this.#callNs, socket, address, port, code, 0);
    return code;
  }

  getsockname(socket: SocketId): number {
    const port = this.#sockets.name(socket);
    const address = addressOfLocal(this.#sockets.local(socket));
    const t = this.#tick();
    const code = port < 0 ? -port : 0;
    const held = port < 0 ? 0 : port;
    this.#sink.emit(OP.getsockname, t, this.#callNs, socket, address, held, code, 0);
    return port;
  }

  listen(socket: SocketId, backlog: number): number {
    const code = this.#sockets.listen(socket, backlog);
    this.#sink.emit(OP.listen, this.#tick(), this.#callNs, socket, 0, 0, code, backlog >>> 0);
    return code;
  }

  connect(socket: SocketId, remote: AddressId, port: number): number {
    const code = this.#sockets.connect(socket, remote, port);
    this.#sink.emit(OP.connect, this.#tick(), this.#callNs, socket, remote, port, code, 0);
    return code;
  }

  accept(listener: SocketId): SocketId {
    const id = this.#sockets.accept(listener);
    const local = id < 0 ? 0 : this.#sockets.local(id);
    const t = this.#tick();
    const address = addressOfLocal(local);
    const port = portOfLocal(local);
    const code = Math.max(-id, 0);
    this.#sink.emit(OP.accept, t, this.#callNs, Math.max(id, 0), address, port, code, listener);
    return id;
  }

  close(socket: SocketId): number {
    const local = this.#sockets.local(socket);
    const code = this.#sockets.close(socket);
    const t = this.#tick();
    const address = addressOfLocal(local);
    this.#sink.emit(OP.close, t, this.#callNs, socket, address, portOfLocal(local), code, 0);
    return code;
  }

  fill(request: FillRequest): FillResult {
    const { addresses, count } = request;
    if (addresses.length === 0) throw new RangeError('fill: no addresses');
    const pool = poolIndex(request.protocol, request.family);
    const state = this.#sockets.stateWith(pool, request.options);
    const { binder } = this.#sockets;
    const deadline = this.#now + request.budgetNs;
    const first = binder.table.next;
    let bound = 0;
    let next = request.from;
    // Always one at least, so that a caller with a small budget gets on.
    while (bound < count && (bound === 0 || this.#now < deadline)) {
      const address = addresses[next % addresses.length]!;
      const max = addresses.length === 1 ? this.#rowOf(count - bound, deadline) : 1;
      const id = binder.table.next;
      const made = state === 0 ? 0 : binder.bindRun(state, address, max);
      if (made > 0) {
        this.#row(OP.fill, id, address, binder.runPort, made);
        bound += made;
        next += made;
        continue;
      }
      const refused = this.#bindSingly(pool, request.options, address);
      if (refused !== null) return { first, bound, next, refused: { ...refused, address } };
      bound++;
      next++;
    }
    return { first, bound, next, refused: null };
  }

  release(first: SocketId, count: number, budgetNs: number): number {
    const deadline = this.#now + budgetNs;
    const { table } = this.#sockets.binder;
    const end = first + count;
    let id = table.nextOpen(first);
    for (let closed = false; id !== 0 && id < end; id = table.nextOpen(id)) {
      if (closed && this.#now >= deadline) return id - first;
      this.#closeSome(id, this.#rowOf(end - id, deadline));
      closed = true;
    }
    return count;
  }

  closeAll(): number {
    const { table } = this.#sockets.binder;
    const open = table.open;
    for (let id = table.nextOpen(1); id !== 0; id = table.nextOpen(id)) {
      this.#closeSome(id, ROW_SOCKETS);
    }
    return open;
  }

  dispose(): void {
    this.closeAll();
  }

  freeOnAll(protocol: Protocol, family: Family): number {
    return this.#allocator.pool(poolIndex(protocol, family)).freeOnAll();
  }

  occupy(holder: OtherHolder): number {
    return occupyPort(this.#allocator, holder);
  }

  /** One socket of a fill by the calls it consists of. @returns the one that failed, or null */
  #bindSingly(
    pool: PoolIndex,
    options: readonly SocketOption[],
    address: AddressId,
  ): Pick<NonNullable<FillResult['refused']>, 'op' | 'code'> | null {
    const id = this.#socket(pool);
    if (id < 0) return { op: OP.socket, code: -id };
    for (const option of options) {
      const code = this.setsockopt(id, option, 1);
      if (code !== 0) {
        this.close(id);
        return { op: OP.setsockopt, code };
      }
      this.getsockopt(id, option);
    }
    const code = this.bind(id, address, 0);
    if (code === 0) {
      this.getsockname(id);
      return null;
    }
    this.close(id);
    return { op: OP.bind, code };
  }

  /** Closes an open socket, and those after it that go into one row with it. */
  #closeSome(id: SocketId, max: number): void {
    const local = this.#sockets.local(id);
    const closed = this.#sockets.closeRun(id, max);
    if (closed === 0) this.close(id);
    else this.#row(OP.release, id, addressOfLocal(local), portOfLocal(local), closed);
  }

  /** How many sockets the next row may stand for. */
  #rowOf(left: number, deadline: number): number {
    const inTime = Math.ceil((deadline - this.#now) / this.#callNs);
    return Math.max(1, Math.min(left, ROW_SOCKETS, inTime));
  }

  #row(
    op: typeof OP.fill | typeof OP.release,
    first: SocketId,
    address: AddressId,
    port: number,
    count: number,
  ): void {
    const t = this.#now;
    const duration = count * this.#callNs;
    this.#now = t + duration;
    this.#sink.emit(op, t, duration, first, address, port, 0, count);
  }

  /** Start of a call that ends now. */
  #tick(): number {
    const t = this.#now;
    this.#now = t + this.#callNs;
    return t;
  }
}
