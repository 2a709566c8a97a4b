import type { Family, Protocol } from '#engine/model/protocol.ts';
import { SOL_SOCKET } from '#engine/model/socket-option.ts';
import { ERROR_LOST, WSA } from '#engine/model/winsock-error.ts';
import { FD_SET, LINGER, TIMEVAL } from '../layout/layouts.ts';
import { SOCKADDR_ROOM, readPort } from '../layout/sockaddr.ts';
import {
  AF_INET,
  AF_INET6,
  FIONBIO,
  HANDLE_FLAG_INHERIT,
  INVALID_SOCKET,
  IPPROTO_TCP,
  IPPROTO_UDP,
  SOCKET_ERROR,
  SOCK_DGRAM,
  SOCK_STREAM,
  SO_ERROR,
  SO_LINGER,
  WSA_FLAG_NO_HANDLE_INHERIT,
  WSA_FLAG_OVERLAPPED,
} from './constants.ts';
import type { Ws2 } from './ws2.ts';

/** How long one `connect` may wait for an answer. */
const CONNECT_WAIT_US = 10_000;

/**
 * Winsock calls with error codes as values, over buffers made once: no call here allocates. The
 * last error is per thread and any later call may change it, so it is read right after the call that
 * failed, on the same thread, and set to 0: a failure that then shows 0 is known as lost.
 * Each method's @returns says what it gives: a "code" is 0 or the error itself; where a value comes
 * back, a negative one is a negated error.
 */
export class WinsockCalls {
  readonly #ws2: Ws2;
  readonly #number = new Int32Array(1);
  readonly #length = new Int32Array(1);
  readonly #writeSet = Buffer.alloc(FD_SET.size);
  readonly #failSet = Buffer.alloc(FD_SET.size);
  readonly #wait = Buffer.alloc(TIMEVAL.size);
  readonly #reset = Buffer.alloc(LINGER.size);
  /** The socket address the last successful `name` read. */
  readonly nameRead = Buffer.alloc(SOCKADDR_ROOM);

  constructor(ws2: Ws2) {
    this.#ws2 = ws2;
    this.#wait.writeInt32LE(CONNECT_WAIT_US, TIMEVAL.tv_usec);
    this.#reset.writeUInt16LE(1, LINGER.l_onoff);
  }

  /** Code of the call that just failed. */
  #lastError(): number {
    const code = this.#ws2.WSAGetLastError();
    this.#ws2.WSASetLastError(0);
    return code === 0 ? ERROR_LOST : code;
  }

  /** A socket no child process inherits. @returns its handle, or a negated error */
  open(protocol: Protocol, family: Family): number {
    const handle = this.#ws2.WSASocketW(
      family === 'ipv4' ? AF_INET : AF_INET6,
      protocol === 'tcp' ? SOCK_STREAM : SOCK_DGRAM,
      protocol === 'tcp' ? IPPROTO_TCP : IPPROTO_UDP,
      null,
      0,
      WSA_FLAG_OVERLAPPED | WSA_FLAG_NO_HANDLE_INHERIT,
    );
    return handle === INVALID_SOCKET ? -this.#lastError() : handle;
  }

  /** @param value 32 bits. @returns code */
  set(handle: number, level: number, option: number, value: number): number {
    this.#number[0] = value;
    const failed = this.#ws2.setsockopt(handle, level, option, this.#number, 4) === SOCKET_ERROR;
    return failed ? this.#lastError() : 0;
  }

  /** @returns the value, or a negated error */
  get(handle: number, level: number, option: number): number {
    // Some options answer one byte only: the others must read as 0.
    this.#number[0] = 0;
    this.#length[0] = 4;
    const status = this.#ws2.getsockopt(handle, level, option, this.#number, this.#length);
    return status === SOCKET_ERROR ? -this.#lastError() : (this.#number[0] ?? 0) >>> 0;
  }

  /** @param sockaddr with the port written into it. @returns code */
  bind(handle: number, sockaddr: Buffer): number {
    return this.#ws2.bind(handle, sockaddr, sockaddr.length) === SOCKET_ERROR
      ? this.#lastError()
      : 0;
  }

  /** getsockname, into `nameRead`. @returns the local port, or a negated error */
  name(handle: number): number {
    this.#length[0] = SOCKADDR_ROOM;
    const status = this.#ws2.getsockname(handle, this.nameRead, this.#length);
    return status === SOCKET_ERROR ? -this.#lastError() : readPort(this.nameRead);
  }

  /** @returns code */
  listen(handle: number, backlog: number): number {
    return this.#ws2.listen(handle, backlog) === SOCKET_ERROR ? this.#lastError() : 0;
  }

  /** Makes later calls on the socket return at once. @returns code */
  dontBlock(handle: number): number {
    this.#number[0] = 1;
    const failed = this.#ws2.ioctlsocket(handle, FIONBIO, this.#number) === SOCKET_ERROR;
    return failed ? this.#lastError() : 0;
  }

  /** Starts a connect on a non-blocking socket. @returns code; 10035 means it is under way */
  connect(handle: number, sockaddr: Buffer): number {
    return this.#ws2.connect(handle, sockaddr, sockaddr.length) === SOCKET_ERROR
      ? this.#lastError()
      : 0;
  }

  /**
   * Waits up to 10 ms for a connect under way. By select and its exceptfds: WSAPoll before Windows
   * 10 2004 and Server 2022 never tells that a connect failed (Remarks of Microsoft's WSAPoll page).
   * @returns code; 10035 means it still is under way
   */
  awaitConnect(handle: number): number {
    fillSet(this.#writeSet, handle);
    fillSet(this.#failSet, handle);
    const ready = this.#ws2.select(0, null, this.#writeSet, this.#failSet, this.#wait);
    if (ready === SOCKET_ERROR) return this.#lastError();
    if (ready === 0) return WSA.WSAEWOULDBLOCK;
    if (this.#failSet.readUInt32LE(FD_SET.fd_count) === 0) return 0;
    const reason = this.get(handle, SOL_SOCKET, SO_ERROR);
    if (reason < 0) return -reason;
    return reason === 0 ? ERROR_LOST : reason;
  }

  /**
   * Accepts from a non-blocking listener. `accept` ignores the listener's NO_HANDLE_INHERIT, so
   * inheritance is taken from the new handle at once.
   * @returns the handle, or a negated error
   */
  accept(listener: number): number {
    const handle = this.#ws2.accept(listener, null, null);
    if (handle === INVALID_SOCKET) return -this.#lastError();
    this.#ws2.SetHandleInformation(handle, HANDLE_FLAG_INHERIT, 0);
    return handle;
  }

  /** Makes the close to come a reset of the connection: SO_LINGER on, with 0 seconds. @returns code */
  resetOnClose(handle: number): number {
    const { size } = LINGER;
    const status = this.#ws2.setsockopt(handle, SOL_SOCKET, SO_LINGER, this.#reset, size);
    return status === SOCKET_ERROR ? this.#lastError() : 0;
  }

  /**
   * WSAIoctl, waited for (those used here never take long).
   * @param answer gets what it answers; null where it answers nothing
   * @returns code
   */
  control(handle: number, code: number, question: Buffer, answer: Buffer | null): number {
    const status = this.#ws2.WSAIoctl(
      handle,
      code,
      question,
      question.length,
      answer,
      answer === null ? 0 : answer.length,
      this.#length,
      null,
      null,
    );
    return status === SOCKET_ERROR ? this.#lastError() : 0;
  }

  /** @returns code */
  close(handle: number): number {
    return this.#ws2.closesocket(handle) === SOCKET_ERROR ? this.#lastError() : 0;
  }

  /** Ends this user's Winsock. */
  cleanup(): void {
    this.#ws2.WSACleanup();
  }
}

/** An fd_set of one socket. */
function fillSet(set: Buffer, handle: number): void {
  set.writeUInt32LE(1, FD_SET.fd_count);
  set.writeBigInt64LE(BigInt(handle), FD_SET.fd_array);
}
