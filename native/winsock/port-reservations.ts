import type { EventSink } from '#engine/event/event-sink.ts';
import { OP } from '#engine/event/op.ts';
import { MAX_PORT } from '#engine/model/port-range.ts';
import { WSA } from '#engine/model/winsock-error.ts';
import type { SocketId } from '#engine/stack/socket-stack.ts';
import type { Ffi, FfiLibrary } from '../ffi/ffi.ts';
import {
  INET_PORT_RANGE,
  INET_PORT_RESERVATION_INSTANCE,
  INET_PORT_RESERVATION_TOKEN,
} from '../layout/layouts.ts';
import { SIO_ACQUIRE_PORT_RESERVATION, SIO_ASSOCIATE_PORT_RESERVATION } from './constants.ts';
import type { SocketTable } from './socket-table.ts';
import type { WinsockCalls } from './winsock-calls.ts';

export interface ReservationParts {
  readonly calls: WinsockCalls;
  readonly ffi: Ffi;
  readonly sockets: SocketTable;
  readonly sink: EventSink;
  readonly now: () => number;
}

/** Whether a number can travel as a USHORT. */
function fits(number: number): boolean {
  return Number.isInteger(number) && number >= 0 && number <= MAX_PORT;
}

/**
 * The reservation calls of `SocketStack`: blocks a socket holds until it closes, and blocks the host
 * has for good, which are looked up and never made. Sources: Microsoft,
 * SIO_ACQUIRE_PORT_RESERVATION, SIO_ASSOCIATE_PORT_RESERVATION, LookupPersistentTcpPortReservation.
 *
 * Three answers are this class's own and no call's: 10038 for a dead socket (Wine says 10045 before
 * it looks at the socket), and 10022 for a second block on one socket (two could not be told apart)
 * and for numbers that don't fit the 16 bits they travel in.
 */
export class PortReservations {
  readonly #parts: ReservationParts;
  #iphlpapi: FfiLibrary | undefined;
  /** Tokens of the blocks that hang on sockets. */
  readonly #tokens = new Map<SocketId, Buffer>();
  readonly #range = Buffer.alloc(INET_PORT_RANGE.size);
  readonly #instance = Buffer.alloc(INET_PORT_RESERVATION_INSTANCE.size);
  /** INVALID_PORT_RESERVATION_TOKEN. */
  readonly #noToken = Buffer.alloc(INET_PORT_RESERVATION_TOKEN.size);

  constructor(parts: ReservationParts) {
    this.#parts = parts;
  }

  reserve(socket: SocketId, start: number, count: number): number {
    const { now, sink } = this.#parts;
    const t = now();
    const first = this.#acquire(socket, start, count);
    const duration = now() - t;
    const code = first < 0 ? -first : 0;
    sink.emit(OP.reserve, t, duration, socket, 0, first < 0 ? start : first, code, count);
    return first;
  }

  /**
   * A holder without a block stands for the token that is no reservation's: so this refusal, too, is
   * the system's own.
   */
  associate(socket: SocketId, holder: SocketId): number {
    const { now, sink } = this.#parts;
    const t = now();
    const code = this.#associate(socket, this.#tokens.get(holder) ?? this.#noToken);
    sink.emit(OP.associate, t, now() - t, socket, 0, 0, code, holder);
    return code;
  }

  /** The code is that of the look-up where it fails; 10045 where the system has none. */
  associatePersistent(socket: SocketId, start: number, count: number): number {
    const { now, sink } = this.#parts;
    const t = now();
    const code = this.#associatePersistent(socket, start, count);
    sink.emit(OP.associate, t, now() - t, socket, 0, start, code, count);
    return code;
  }

  /** The system has released the block with its socket. */
  forget(socket: SocketId): void {
    this.#tokens.delete(socket);
  }

  #acquire(socket: SocketId, start: number, count: number): number {
    const { calls, sockets } = this.#parts;
    const handle = sockets.handle(socket);
    if (handle < 0) return -WSA.WSAENOTSOCK;
    if (this.#tokens.has(socket) || !fits(start) || !fits(count)) return -WSA.WSAEINVAL;
    this.#range.writeUInt16BE(start, INET_PORT_RANGE.StartPort);
    this.#range.writeUInt16LE(count, INET_PORT_RANGE.NumberOfPorts);
    const code = calls.control(handle, SIO_ACQUIRE_PORT_RESERVATION, this.#range, this.#instance);
    if (code !== 0) return -code;
    const { StartPort, Token } = INET_PORT_RESERVATION_INSTANCE;
    const token = this.#instance.subarray(Token, Token + INET_PORT_RESERVATION_TOKEN.size);
    this.#tokens.set(socket, Buffer.from(token));
    return this.#instance.readUInt16BE(StartPort);
  }

  #associatePersistent(socket: SocketId, start: number, count: number): number {
    const { ffi, sockets } = this.#parts;
    if (sockets.handle(socket) < 0) return WSA.WSAENOTSOCK;
    if (!fits(start) || !fits(count)) return WSA.WSAEINVAL;
    const protocol = sockets.isUdp(socket) ? 'Udp' : 'Tcp';
    const name = `LookupPersistent${protocol}PortReservation`;
    this.#iphlpapi ??= ffi.load('iphlpapi.dll');
    const lookup = this.#iphlpapi.func(name, 'u32', ['u16', 'u16', 'pointer']);
    if (lookup === undefined) return WSA.WSAEOPNOTSUPP;
    this.#range.writeUInt16BE(start, INET_PORT_RANGE.StartPort);
    const startInNetworkOrder = this.#range.readUInt16LE(INET_PORT_RANGE.StartPort);
    const token = Buffer.alloc(INET_PORT_RESERVATION_TOKEN.size);
    return lookup(startInNetworkOrder, count, token) || this.#associate(socket, token);
  }

  #associate(socket: SocketId, token: Buffer): number {
    const { calls, sockets } = this.#parts;
    const handle = sockets.handle(socket);
    if (handle < 0) return WSA.WSAENOTSOCK;
    return calls.control(handle, SIO_ASSOCIATE_PORT_RESERVATION, token, null);
  }
}
