import type { PoolIndex } from '../allocator/port-allocator.ts';
import { PortAllocator, poolIndex } from '../allocator/port-allocator.ts';
import { Random } from '../allocator/random.ts';
import type { EventSink } from '../event/event-sink.ts';
import { FILL_OPTIONS_SHIFT, OP, type Op } from '../event/op.ts';
import type { Family, Protocol } from '../model/protocol.ts';
import type { SocketOption } from '../model/socket-option.ts';
import { optionTag } from '../model/socket-option.ts';
import type { ResolvedProfile } from '../profile/resolved-profile.ts';
import { HostChurn } from './host-churn.ts';
import { HostClock } from './host-clock.ts';
import type { OtherHolder } from './other-holder.ts';
import { occupyPort, vacatePort } from './other-holder.ts';
import { SimulatedSockets } from './simulated-sockets.ts';
import type { SimulatedStack, SimulatedStackOptions } from './simulated-stack.ts';
import type {
  AddressId,
  CloseHow,
  FillRequest,
  FillResult,
  ProcessNumber,
  SocketId,
} from './socket-stack.ts';
import { CLOSE_HOW, MOST_PROCESSES } from './socket-stack.ts';
import { addressOfLocal, optionsOfState, portOfLocal, processOfState } from './socket-state.ts';

/** A `fill` or `release` row stands for at most so many sockets. */
const ROW_SOCKETS = 4_096;
/** Random streams of one seed: the allocator has the first ones, each churn one from here on. */
const CHURN_STREAM = 16;

/** `SimulatedStack`: sockets of a modelled host (simulated-sockets.ts), with a clock and events. */
export class ModelledHost implements SimulatedStack {
  readonly kind = 'simulated';
  readonly #sink: EventSink;
  readonly #callNs: number;
  readonly #clock = new HostClock();
  readonly #allocator: PortAllocator;
  readonly #sockets: SimulatedSockets;
  /** Who makes the calls, as far as events have told. */
  #process: ProcessNumber = 0;
  /** What fills make, as far as events have told. */
  #fillOf = 0;

  constructor(options: Required<SimulatedStackOptions>) {
    const { sink, profile, addresses, seed, callNs } = options;
    this.#sink = sink;
    this.#callNs = callNs;
    this.#allocator = new PortAllocator(profile, addresses, seed);
    this.#sockets = new SimulatedSockets(this.#allocator, this.#clock, profile.assumptions);
    this.#settleOthers(profile, seed);
  }

  /** The other applications of the profile: those that stay, then those that come and go. */
  #settleOthers({ holders, churn }: ResolvedProfile, seed: number): void {
    for (const { start, count, ...holder } of holders) {
      for (let port = start; port < start + count; port++) this.occupy({ ...holder, port });
    }
    for (const [index, one] of churn.entries()) {
      const random = new Random(seed, CHURN_STREAM + index);
      this.#clock.add(new HostChurn(this.#allocator, one, this.#clock, random));
    }
  }

  now(): number {
    return this.#clock.now;
  }

  get addresses(): readonly string[] {
    return this.#places.addresses.texts;
  }

  get open(): number {
    return this.#sockets.binder.table.open;
  }

  get #places() {
    return this.#sockets.binder.places;
  }

  intern(address: string): AddressId {
    return this.#places.addresses.intern(address);
  }

  socket(protocol: Protocol, family: Family, process: ProcessNumber = 0): SocketId {
    this.#settle();
    this.#become(process);
    return this.#socket(poolIndex(protocol, family), process);
  }

  #socket(pool: PoolIndex, process: ProcessNumber): SocketId {
    const id = this.#sockets.create(pool, process);
    this.#call(OP.socket, Math.max(id, 0), 0, 0, Math.max(-id, 0), pool);
    return id;
  }

  setsockopt(socket: SocketId, option: SocketOption, value: number): number {
    this.#settle();
    const code = this.#sockets.set(socket, option, value);
    this.#call(OP.setsockopt, socket, 0, optionTag(option), code, value >>> 0);
    return code;
  }

  getsockopt(socket: SocketId, option: SocketOption): number {
    this.#settle();
    const value = this.#sockets.get(socket, option);
    const tag = optionTag(option);
    this.#call(OP.getsockopt, socket, 0, tag, value < 0 ? -value : 0, value < 0 ? 0 : value);
    return value;
  }

  bind(socket: SocketId, address: AddressId, port: number): number {
    this.#settle();
    const code = this.#sockets.bind(socket, address, port);
    this.#call(OP.bind, socket, address, port, code, 0);
    return code;
  }

  getsockname(socket: SocketId): number {
    this.#settle();
    const port = this.#sockets.name(socket);
    const address = addressOfLocal(this.#sockets.local(socket));
    this.#call(OP.getsockname, socket, address, port < 0 ? 0 : port, port < 0 ? -port : 0, 0);
    return port;
  }

  listen(socket: SocketId, backlog: number): number {
    this.#settle();
    const code = this.#sockets.listen(socket, backlog);
    this.#call(OP.listen, socket, 0, 0, code, backlog >>> 0);
    return code;
  }

  connect(socket: SocketId, remote: AddressId, port: number): number {
    this.#settle();
    const code = this.#sockets.connect(socket, remote, port);
    this.#call(OP.connect, socket, remote, port, code, 0);
    return code;
  }

  accept(listener: SocketId): SocketId {
    this.#settle();
    const id = this.#sockets.accept(listener);
    const local = id < 0 ? 0 : this.#sockets.local(id);
    const code = Math.max(-id, 0);
    this.#call(
      OP.accept,
      Math.max(id, 0),
      addressOfLocal(local),
      portOfLocal(local),
      code,
      listener,
    );
    return id;
  }

  close(socket: SocketId, how: CloseHow = 'local'): number {
    this.#settle();
    const local = this.#sockets.local(socket);
    const code = this.#sockets.close(socket, how);
    this.#call(OP.close, socket, addressOfLocal(local), portOfLocal(local), code, CLOSE_HOW[how]);
    return code;
  }

  reserve(socket: SocketId, start: number, count: number): number {
    this.#settle();
    const first = this.#sockets.reserve(socket, start, count);
    const code = first < 0 ? -first : 0;
    this.#call(OP.reserve, socket, 0, (first < 0 ? start : first) & 0xffff, code, count >>> 0);
    return first;
  }

  associate(socket: SocketId, holder: SocketId): number {
    this.#settle();
    const code = this.#sockets.associate(socket, holder);
    this.#call(OP.associate, socket, 0, 0, code, holder);
    return code;
  }

  associatePersistent(socket: SocketId, start: number, count: number): number {
    this.#settle();
    const code = this.#sockets.associatePersistent(socket, start, count);
    this.#call(OP.associate, socket, 0, start & 0xffff, code, count >>> 0);
    return code;
  }

  fill(request: FillRequest): FillResult {
    const { addresses, count, process = 0 } = request;
    if (addresses.length === 0) throw new RangeError('fill: no addresses');
    this.#settle();
    this.#become(process);
    const pool = poolIndex(request.protocol, request.family);
    const state = this.#sockets.stateWith(pool, request.options, process);
    const { binder } = this.#sockets;
    const deadline = this.#clock.now + request.budgetNs;
    const first = binder.table.next;
    let bound = 0;
    let next = request.from;
    // Always one at least, so that a caller with a small budget gets on.
    while (bound < count && (bound === 0 || this.#clock.now < deadline)) {
      this.#settle();
      const address = addresses[next % addresses.length]!;
      const max = addresses.length === 1 ? this.#rowOf(count - bound, deadline) : 1;
      const id = binder.table.next;
      const made = state === 0 ? 0 : binder.bindRun(state, address, max);
      if (made > 0) {
        this.#tellFillOf(pool | (optionsOfState(state) << FILL_OPTIONS_SHIFT));
        this.#row(OP.fill, id, address, binder.runPort, made);
        bound += made;
        next += made;
        continue;
      }
      const refused = this.#bindSingly(pool, process, request.options, address);
      if (refused !== null) return { first, bound, next, refused: { ...refused, address } };
      bound++;
      next++;
    }
    return { first, bound, next, refused: null };
  }

  release(first: SocketId, count: number, budgetNs: number): number {
    const deadline = this.#clock.now + budgetNs;
    const { table } = this.#sockets.binder;
    const end = first + count;
    let id = table.nextOpen(first);
    for (let closed = false; id !== 0 && id < end; id = table.nextOpen(id)) {
      if (closed && this.#clock.now >= deadline) return id - first;
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
    this.#settle();
    return this.#allocator.pool(poolIndex(protocol, family)).freeOnAll();
  }

  occupy(holder: OtherHolder): number {
    return occupyPort(this.#allocator, holder);
  }

  vacate(holder: OtherHolder): void {
    vacatePort(this.#allocator, holder);
  }

  advance(ns: number): void {
    if (!Number.isSafeInteger(ns) || ns < 0) throw new RangeError(`no time to wait: ${ns} ns`);
    const t = this.#clock.now;
    this.#sink.emit(OP.wait, t, ns, 0, 0, 0, 0, Math.min(Math.round(ns / 1e6), 0xffff_ffff));
    this.#clock.now = t + ns;
    this.#settle();
  }

  exit(process: ProcessNumber): number {
    this.#settle();
    this.#call(OP.exit, 0, 0, 0, 0, process);
    const { table } = this.#sockets.binder;
    const open = table.open;
    for (let id = table.nextOpen(1); id !== 0; id = table.nextOpen(id + 1)) {
      if (processOfState(table.state(id)) === process) this.#closeSome(id, ROW_SOCKETS);
    }
    return open - table.open;
  }

  addAddress(address: string, adapter?: string): void {
    const id = this.#places.add(address, adapter);
    this.#call(OP.addressAdd, 0, id, 0, 0, 0);
  }

  removeAddress(address: string): void {
    const id = this.#places.remove(address);
    this.#call(OP.addressRemove, 0, id, 0, 0, 0);
  }

  /** One socket of a fill by the calls it consists of. @returns the one that failed, or null */
  #bindSingly(
    pool: PoolIndex,
    process: ProcessNumber,
    options: readonly SocketOption[],
    address: AddressId,
  ): Pick<NonNullable<FillResult['refused']>, 'op' | 'code'> | null {
    const id = this.#socket(pool, process);
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

  /** How many sockets the next row may stand for: nothing of the host's own may fall due within it. */
  #rowOf(left: number, deadline: number): number {
    const { now, due } = this.#clock;
    const inTime = Math.ceil((Math.min(deadline, due) - now) / this.#callNs);
    return Math.max(1, Math.min(left, ROW_SOCKETS, inTime));
  }

  #row(
    op: typeof OP.fill | typeof OP.release,
    first: SocketId,
    address: AddressId,
    port: number,
    count: number,
  ): void {
    const t = this.#clock.now;
    const duration = count * this.#callNs;
    this.#clock.now = t + duration;
    this.#sink.emit(op, t, duration, first, address, port, 0, count);
  }

  /** Tells events what the sockets of the next fill rows are. */
  #tellFillOf(kind: number): void {
    if (kind === this.#fillOf) return;
    this.#fillOf = kind;
    this.#sink.emit(OP.fillOf, this.#clock.now, 0, 0, 0, 0, 0, kind);
  }

  /** Tells one call, which takes its time. */
  #call(op: Op, socket: SocketId, address: AddressId, port: number, code: number, value: number) {
    const t = this.#clock.now;
    this.#clock.now = t + this.#callNs;
    this.#sink.emit(op, t, this.#callNs, socket, address, port, code, value);
  }

  /** Lets what has fallen due on the host happen. */
  #settle(): void {
    if (this.#clock.now >= this.#clock.due) this.#clock.settle();
  }

  /** Tells events which process makes the calls from here on. @throws RangeError for a number that is none */
  #become(process: ProcessNumber): void {
    if (process === this.#process) return;
    if (!Number.isInteger(process) || process < 0 || process >= MOST_PROCESSES) {
      throw new RangeError(`no process number: ${process}`);
    }
    this.#process = process;
    this.#sink.emit(OP.process, this.#clock.now, 0, 0, 0, 0, 0, process);
  }
}
