import type { EventSink } from '#engine/event/event-sink.ts';
import { OP, type Op } from '#engine/event/op.ts';
import { SOCKET_OPTIONS, type SocketOption, optionTag } from '#engine/model/socket-option.ts';
import type { AddressId, FillRequest, FillResult, SocketId } from '#engine/stack/socket-stack.ts';
import { writePort } from '../layout/sockaddr.ts';
import type { AddressTable } from './address-table.ts';
import { FLAG, type SocketTable } from './socket-table.ts';
import type { WinsockCalls } from './winsock-calls.ts';

export interface FillParts {
  readonly calls: WinsockCalls;
  readonly sockets: SocketTable;
  readonly addresses: AddressTable;
  readonly sink: EventSink;
  readonly now: () => number;
  /** Closes a socket and reports it. */
  readonly close: (socket: SocketId) => number;
}

/**
 * The measuring loop behind `SocketStack.fill`. The clock is read once between two calls: the end of
 * one is the start of the next. Events are kept until the socket is done and told then, so that what
 * the sink does is in no call's duration. Nothing is allocated per socket.
 */
export function fillSockets(parts: FillParts, request: FillRequest): FillResult {
  const { calls, sockets, now } = parts;
  const { protocol, family, count, addresses: rotation } = request;
  if (rotation.length === 0) throw new RangeError('fill needs at least one address');
  const sockaddrs = rotation.map((id) => parts.addresses.sockaddr(id));
  const levels = Int32Array.from(request.options, (name) => SOCKET_OPTIONS[name].level);
  const numbers = Int32Array.from(request.options, (name) => SOCKET_OPTIONS[name].number);
  const record = new CallRecord(request.options);
  record.values[0] = (protocol === 'udp' ? 1 : 0) | (family === 'ipv6' ? 2 : 0);

  let next = request.from;
  let bound = 0;
  let refused: FillResult['refused'] = null;
  const first = sockets.last + 1;
  const deadline = now() + request.budgetNs;
  while (bound < count && refused === null) {
    const start = now();
    if (start >= deadline) break;
    const slot = next % rotation.length;
    const address = rotation[slot];
    const sockaddr = sockaddrs[slot];
    if (address === undefined || sockaddr === undefined) {
      throw new RangeError(`fill can't begin at address ${request.from}`);
    }
    record.begin(start);
    const handle = calls.open(protocol, family);
    let failed = record.end(now(), handle < 0 ? -handle : 0);
    const socket = failed ? 0 : sockets.add(handle);
    if (!failed && protocol === 'udp') sockets.flags[socket] = FLAG.udp;
    for (let i = 0; i < levels.length && !failed; i++) {
      const level = levels[i] ?? 0;
      const number = numbers[i] ?? 0;
      const code = calls.set(handle, level, number, 1);
      failed = record.end(now(), code);
      if (failed) break;
      // A read-back that fails is a fact about this Winsock (Wine: 10042), not the fill's end.
      const value = calls.get(handle, level, number);
      record.values[record.done] = value < 0 ? 0 : value;
      record.end(now(), value < 0 ? -value : 0);
    }
    if (!failed) {
      writePort(sockaddr, 0);
      const code = calls.bind(handle, sockaddr);
      failed = record.end(now(), code);
    }
    if (!failed) {
      const port = calls.name(handle);
      record.ports[record.done] = port < 0 ? 0 : port;
      failed = record.end(now(), port < 0 ? -port : 0);
      sockets.setLocal(socket, address, port < 0 ? 0 : port);
    }
    record.tell(parts.sink, socket, address);
    if (failed) {
      refused = { ...record.last(), address };
      if (socket !== 0) parts.close(socket);
    } else {
      bound++;
      next++;
    }
  }
  return { first, bound, next, refused };
}

/** The calls made for one socket, column by column, until they are told. Used again for the next. */
class CallRecord {
  readonly values: Float64Array;
  readonly ports: Uint16Array;
  readonly #ops: readonly Op[];
  /** Start of each call, and the end of the last. */
  readonly #times: Float64Array;
  readonly #codes: Uint16Array;
  /** Calls from here on are about the socket's address. */
  readonly #firstAddressed: number;
  /** Calls made so far. */
  done = 0;

  constructor(options: readonly SocketOption[]) {
    const optionOps = options.flatMap(() => [OP.setsockopt, OP.getsockopt]);
    this.#ops = [OP.socket, ...optionOps, OP.bind, OP.getsockname];
    const length = this.#ops.length;
    this.#firstAddressed = length - 2;
    this.#times = new Float64Array(length + 1);
    this.#codes = new Uint16Array(length);
    this.values = new Float64Array(length);
    this.ports = new Uint16Array(length);
    options.forEach((name, i) => {
      const set = 1 + 2 * i;
      this.ports.fill(optionTag(name), set, set + 2);
      this.values[set] = 1;
    });
  }

  /** @param start of the first call, ns */
  begin(start: number): void {
    this.done = 0;
    this.#times[0] = start;
  }

  /** Ends a call. @returns whether it failed */
  end(time: number, code: number): boolean {
    this.#codes[this.done] = code;
    this.#times[++this.done] = time;
    return code !== 0;
  }

  /** The call made last. */
  last(): { op: Op; code: number } {
    const at = this.done - 1;
    return { op: this.#ops[at] ?? OP.socket, code: this.#codes[at] ?? 0 };
  }

  tell(sink: EventSink, socket: SocketId, address: AddressId): void {
    for (let i = 0; i < this.done; i++) {
      const t = this.#times[i] ?? 0;
      const duration = (this.#times[i + 1] ?? 0) - t;
      const code = this.#codes[i] ?? 0;
      const about = i < this.#firstAddressed ? 0 : address;
      const op = this.#ops[i] ?? OP.socket;
      sink.emit(op, t, duration, socket, about, this.ports[i] ?? 0, code, this.values[i] ?? 0);
    }
  }
}
