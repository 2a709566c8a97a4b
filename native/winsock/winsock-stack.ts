import { performance } from 'node:perf_hooks';
import type { EventSink } from '#engine/event/event-sink.ts';
import { OP } from '#engine/event/op.ts';
import type { Family, Protocol } from '#engine/model/protocol.ts';
import { SOCKET_OPTIONS, type SocketOption, optionTag } from '#engine/model/socket-option.ts';
import { WSA } from '#engine/model/winsock-error.ts';
import {
  type AddressId,
  CLOSE_HOW,
  type CloseHow,
  type FillRequest,
  type FillResult,
  type ProcessNumber,
  type SocketId,
  type SocketStack,
  type StackOptions,
} from '#engine/stack/socket-stack.ts';
import type { Ffi } from '../ffi/ffi.ts';
import { writePort } from '../layout/sockaddr.ts';
import { AddressTable } from './address-table.ts';
import { PortReservations } from './port-reservations.ts';
import { FLAG, SocketTable } from './socket-table.ts';
import { WinsockCalls } from './winsock-calls.ts';
import { type FillParts, fillSockets } from './winsock-fill.ts';
import { startWinsock } from './ws2.ts';

export interface WinsockStackOptions extends StackOptions {
  readonly ffi: Ffi;
}

/**
 * The stack over ws2_32.dll. Must be made and used on one thread (the service's main thread): the
 * last error of a call is its thread's.
 * @throws LabError 'refused' where there is no Winsock
 */
export function createWinsockStack({ sink, ffi }: WinsockStackOptions): WinsockStack {
  const calls = new WinsockCalls(startWinsock(ffi));
  return new WinsockStack(sink, calls, ffi);
}

function clockFromHere(): () => number {
  const origin = performance.now();
  return () => Math.round((performance.now() - origin) * 1e6);
}

/** @throws RangeError for any process but the lab's own: this one makes the calls */
function onlyOurs(process: ProcessNumber): void {
  if (process !== 0) throw new RangeError(`process ${process}: real sockets are the lab's own`);
}

export class WinsockStack implements SocketStack {
  readonly kind = 'winsock';
  readonly #sink: EventSink;
  readonly #calls: WinsockCalls;
  readonly #addresses = new AddressTable();
  readonly #sockets = new SocketTable();
  readonly #reservations: PortReservations;
  readonly #fillParts: FillParts;
  /** Wall clock, integer ns since the stack was made; Windows counts in steps of 100 ns. */
  readonly now = clockFromHere();
  #disposed = false;

  constructor(sink: EventSink, calls: WinsockCalls, ffi: Ffi) {
    this.#sink = sink;
    this.#calls = calls;
    this.#reservations = new PortReservations({
      calls,
      ffi,
      sockets: this.#sockets,
      sink,
      now: this.now,
    });
    this.#fillParts = {
      calls,
      sockets: this.#sockets,
      addresses: this.#addresses,
      sink,
      now: this.now,
      close: (socket) => this.close(socket),
    };
  }

  intern(address: string): AddressId {
    return this.#addresses.intern(address);
  }

  get addresses(): readonly string[] {
    return this.#addresses.texts;
  }

  get open(): number {
    return this.#sockets.open;
  }

  socket(protocol: Protocol, family: Family, process: ProcessNumber = 0): SocketId {
    onlyOurs(process);
    const t = this.now();
    const handle = this.#calls.open(protocol, family);
    const duration = this.now() - t;
    const kind = (protocol === 'udp' ? 1 : 0) | (family === 'ipv6' ? 2 : 0);
    const socket = handle < 0 ? 0 : this.#sockets.add(handle);
    if (protocol === 'udp' && socket !== 0) this.#sockets.flags[socket] = FLAG.udp;
    this.#sink.emit(OP.socket, t, duration, socket, 0, 0, handle < 0 ? -handle : 0, kind);
    return handle < 0 ? handle : socket;
  }

  setsockopt(socket: SocketId, option: SocketOption, value: number): number {
    const { level, number } = SOCKET_OPTIONS[option];
    const handle = this.#sockets.handle(socket);
    const t = this.now();
    const code = this.#calls.set(handle, level, number, value);
    const duration = this.now() - t;
    this.#sink.emit(OP.setsockopt, t, duration, socket, 0, optionTag(option), code, value >>> 0);
    return code;
  }

  getsockopt(socket: SocketId, option: SocketOption): number {
    const { level, number } = SOCKET_OPTIONS[option];
    const handle = this.#sockets.handle(socket);
    const t = this.now();
    const value = this.#calls.get(handle, level, number);
    const duration = this.now() - t;
    const code = value < 0 ? -value : 0;
    const read = value < 0 ? 0 : value;
    this.#sink.emit(OP.getsockopt, t, duration, socket, 0, optionTag(option), code, read);
    return value;
  }

  bind(socket: SocketId, address: AddressId, port: number): number {
    const sockaddr = this.#addresses.sockaddr(address);
    const handle = this.#sockets.handle(socket);
    writePort(sockaddr, port);
    const t = this.now();
    const code = this.#calls.bind(handle, sockaddr);
    const duration = this.now() - t;
    if (code === 0) this.#sockets.setLocal(socket, address, port);
    this.#sink.emit(OP.bind, t, duration, socket, address, port, code, 0);
    return code;
  }

  getsockname(socket: SocketId): number {
    const handle = this.#sockets.handle(socket);
    const t = this.now();
    const port = this.#calls.name(handle);
    const duration = this.now() - t;
    const known = this.#sockets.addresses[socket] ?? 0;
    const address = port < 0 ? known : this.#addresses.idOf(this.#calls.nameRead, known);
    if (port >= 0) this.#sockets.setLocal(socket, address, port);
    const code = port < 0 ? -port : 0;
    this.#sink.emit(OP.getsockname, t, duration, socket, address, port < 0 ? 0 : port, code, 0);
    return port;
  }

  /** Also makes the socket non-blocking, so that `accept` never waits. */
  listen(socket: SocketId, backlog: number): number {
    const handle = this.#sockets.handle(socket);
    const t = this.now();
    const code = this.#dontBlock(socket) || this.#calls.listen(handle, backlog);
    this.#sink.emit(OP.listen, t, this.now() - t, socket, 0, 0, code, backlog >>> 0);
    return code;
  }

  connect(socket: SocketId, remote: AddressId, port: number): number {
    const sockaddr = this.#addresses.sockaddr(remote);
    const t = this.now();
    const code = this.#startOrContinueConnect(socket, sockaddr, port);
    this.#sink.emit(OP.connect, t, this.now() - t, socket, remote, port, code, 0);
    return code;
  }

  #startOrContinueConnect(socket: SocketId, sockaddr: Buffer, port: number): number {
    const handle = this.#sockets.handle(socket);
    const { flags } = this.#sockets;
    let code: number = WSA.WSAEWOULDBLOCK;
    if (((flags[socket] ?? 0) & FLAG.connecting) === 0) {
      writePort(sockaddr, port);
      code = this.#dontBlock(socket) || this.#calls.connect(handle, sockaddr);
    }
    // UDP has no connect under way: a system that says so (Linux below Wine, out of ports) refuses.
    if (this.#sockets.isUdp(socket)) return code;
    if (code === WSA.WSAEWOULDBLOCK) code = this.#calls.awaitConnect(handle);
    const others = (flags[socket] ?? 0) & ~FLAG.connecting;
    flags[socket] = code === WSA.WSAEWOULDBLOCK ? others | FLAG.connecting : others;
    return code;
  }

  accept(listener: SocketId): SocketId {
    const t = this.now();
    const handle = this.#calls.accept(this.#sockets.handle(listener));
    const duration = this.now() - t;
    if (handle < 0) {
      this.#sink.emit(OP.accept, t, duration, 0, 0, 0, -handle, listener);
      return handle;
    }
    const socket = this.#sockets.add(handle);
    this.#sockets.flags[socket] = FLAG.nonBlocking;
    const port = this.#calls.name(handle);
    const guess = this.#sockets.addresses[listener] ?? 0;
    const address = port < 0 ? 0 : this.#addresses.idOf(this.#calls.nameRead, guess);
    this.#sockets.setLocal(socket, address, Math.max(port, 0));
    this.#sink.emit(OP.accept, t, duration, socket, address, Math.max(port, 0), 0, listener);
    return socket;
  }

  close(socket: SocketId, how: CloseHow = 'local'): number {
    const sockets = this.#sockets;
    const handle = sockets.handle(socket);
    const mayReset = how === 'abort' && !sockets.isUdp(socket);
    const asAsked = !mayReset || this.#calls.resetOnClose(handle) === 0;
    const t = this.now();
    const code = this.#calls.close(handle);
    const duration = this.now() - t;
    const address = sockets.addresses[socket] ?? 0;
    const port = sockets.ports[socket] ?? 0;
    // A socket that would not be told to reset has closed in the ordinary way.
    const done = CLOSE_HOW[asAsked || code !== 0 ? how : 'local'];
    this.#sink.emit(OP.close, t, duration, socket, address, port, code, done);
    if (handle >= 0) {
      sockets.remove(socket);
      this.#reservations.forget(socket);
    }
    return code;
  }

  reserve(socket: SocketId, start: number, count: number): number {
    return this.#reservations.reserve(socket, start, count);
  }

  associate(socket: SocketId, holder: SocketId): number {
    return this.#reservations.associate(socket, holder);
  }

  associatePersistent(socket: SocketId, start: number, count: number): number {
    return this.#reservations.associatePersistent(socket, start, count);
  }

  fill(request: FillRequest): FillResult {
    onlyOurs(request.process ?? 0);
    return fillSockets(this.#fillParts, request);
  }

  release(first: SocketId, count: number, budgetNs: number): number {
    const deadline = this.now() + budgetNs;
    let done = 0;
    while (done < count && this.now() < deadline) {
      if (this.#sockets.handle(first + done) >= 0) this.close(first + done);
      done++;
    }
    return done;
  }

  closeAll(): number {
    const held = this.#sockets.open;
    for (let socket = 1; socket <= this.#sockets.last && this.#sockets.open > 0; socket++) {
      if (this.#sockets.handle(socket) >= 0) this.close(socket);
    }
    return held;
  }

  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    this.closeAll();
    this.#calls.cleanup();
  }

  /** @returns 0 or an error */
  #dontBlock(socket: SocketId): number {
    const { flags } = this.#sockets;
    if (((flags[socket] ?? 0) & FLAG.nonBlocking) !== 0) return 0;
    const code = this.#calls.dontBlock(this.#sockets.handle(socket));
    if (code === 0) flags[socket] = (flags[socket] ?? 0) | FLAG.nonBlocking;
    return code;
  }
}
