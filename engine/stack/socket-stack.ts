import type { EventSink } from '../event/event-sink.ts';
import type { Op } from '../event/op.ts';
import type { Family, Protocol } from '../model/protocol.ts';
import type { SocketOption } from '../model/socket-option.ts';

/** The lab's own number of a socket: 1 and up, never used again within a run. */
export type SocketId = number;

/** Index in the stack's address table: 1 and up, in order of `intern` calls. */
export type AddressId = number;

/** A process that owns sockets: 0 is the lab's own. At most `MOST_PROCESSES`. */
export type ProcessNumber = number;
export const MOST_PROCESSES = 1_024;

/**
 * How a connection ends: this side closes first (then TIME_WAIT is here), the peer closed before, or
 * this side resets it. Without a connection all are the same. The number is what the event says.
 */
export const CLOSE_HOW = { local: 0, remote: 1, abort: 2 } as const;
export type CloseHow = keyof typeof CLOSE_HOW;

/**
 * A Winsock-shaped socket layer. Two implementations: `WinsockStack` (ws2_32.dll) and
 * `SimulatedStack` (the allocator engine). Nothing above knows which one it has.
 *
 * Every call is reported to the sink, in order, before it returns. Errors are values: a method that
 * gives a code gives 0 or the Winsock error number; a method that gives a number >= 0 gives the
 * negated Winsock error number on failure. Nothing throws for what a socket call may answer; a wrong
 * `AddressId` is a programming error and throws RangeError, an unknown `SocketId` answers
 * WSAENOTSOCK (10038).
 *
 * All calls are synchronous and short; `fill` is bounded by its budget. Not thread-safe.
 */
export interface SocketStack {
  readonly kind: 'winsock' | 'simulated';

  /**
   * Integer ns since the stack was made: wall clock on Winsock. On the simulated stack a virtual
   * clock that only its own calls move, so that the same seed gives the same events, byte for byte.
   */
  now(): number;

  /**
   * Puts an address in the run's table, or finds it there.
   * @param address text as `parseAddress` canonicalises it; the wildcard address is allowed
   * @throws RangeError when the text is no address
   */
  intern(address: string): AddressId;
  /** The address table: `addresses[0]` is '', then one entry an `AddressId`. */
  readonly addresses: readonly string[];

  /**
   * @param process who owns it; the Winsock stack has the lab's own only and throws RangeError for others
   * @returns the new socket, or a negated error
   */
  socket(protocol: Protocol, family: Family, process?: ProcessNumber): SocketId;
  /** Sets an option (32-bit value). @returns 0 or an error */
  setsockopt(socket: SocketId, option: SocketOption, value: number): number;
  /** @returns the value read (>= 0), or a negated error */
  getsockopt(socket: SocketId, option: SocketOption): number;
  /** @param port 0 asks for a wildcard port. @returns 0 or an error */
  bind(socket: SocketId, address: AddressId, port: number): number;
  /** @returns the local port (0 while its choice is put off to connect), or a negated error (10022 on an unbound socket) */
  getsockname(socket: SocketId): number;
  listen(socket: SocketId, backlog: number): number;
  /**
   * Starts or continues a connect without blocking longer than some ms.
   * @returns 0 when connected, 10035 while in progress (call again), or an error
   */
  connect(socket: SocketId, remote: AddressId, port: number): number;
  /** @returns the accepted socket, or a negated error (10035 when none waits) */
  accept(socket: SocketId): SocketId;
  /**
   * @param how who ends the connection, if there is one: `local` where left out. On Winsock `remote`
   *   is the caller's word that the peer has closed before; `abort` resets (SO_LINGER 0).
   * @returns 0 or an error; the id is dead afterwards either way
   */
  close(socket: SocketId, how?: CloseHow): number;

  /**
   * SIO_ACQUIRE_PORT_RESERVATION: keeps a block of numbers for sockets associated with it, until
   * `socket` closes. One block a socket (a second: 10022).
   * @param start first port, or 0 to let the system choose. @param count how many
   * @returns the first port of the block, or a negated error (10045 where the system can't)
   */
  reserve(socket: SocketId, start: number, count: number): number;
  /**
   * SIO_ASSOCIATE_PORT_RESERVATION: a bind of `socket` to port 0 then takes a number of the block
   * that hangs on `holder`. @returns 0 or an error
   */
  associate(socket: SocketId, holder: SocketId): number;
  /**
   * The same with a persistent block that the host has already (LookupPersistentTcpPortReservation;
   * netsh shows it as an administered exclusion). The lab never makes one: that would change the host.
   * @returns 0 or an error (1168, ERROR_NOT_FOUND, where the host has no such block)
   */
  associatePersistent(socket: SocketId, start: number, count: number): number;

  /**
   * Makes and binds many sockets to wildcard ports without a call per socket from outside. For each:
   * socket, the options (set to 1 and read back), bind to port 0, getsockname; a socket whose bind
   * failed is closed again. Ends when `count` are bound, `budgetNs` has passed, or a call failed.
   */
  fill(request: FillRequest): FillResult;

  /**
   * Closes consecutive sockets, as one `fill` made them, oldest first, within a budget.
   * @returns how many ids it worked off: `count` when all are closed, less when the budget ran out
   */
  release(first: SocketId, count: number, budgetNs: number): number;

  /** Closes every socket this stack still holds, however long it takes. @returns how many */
  closeAll(): number;
  /** Sockets open now. */
  readonly open: number;

  /** Closes everything and gives the stack's resources back. */
  dispose(): void;
}

export interface FillRequest {
  readonly protocol: Protocol;
  readonly family: Family;
  /** Bound in rotation, beginning with `addresses[from % addresses.length]`. */
  readonly addresses: readonly AddressId[];
  readonly from: number;
  readonly options: readonly SocketOption[];
  readonly count: number;
  /** Who owns the sockets, as in `socket`. */
  readonly process?: ProcessNumber;
  /** How long the call may take by the stack's own clock (`now`), ns. Callers keep it <= 20 ms. */
  readonly budgetNs: number;
}

export interface FillResult {
  /** The first socket of this call; the others follow it without a gap. Meaningless when `bound` is 0. */
  readonly first: SocketId;
  /** How many sockets this call bound. */
  readonly bound: number;
  /** Where the rotation goes on: the next call's `from`. */
  readonly next: number;
  /** The call that failed and ended the fill, if one did. */
  readonly refused: { readonly op: Op; readonly code: number; readonly address: AddressId } | null;
}

/** The sink a stack reports to; both stacks take it when made. */
export interface StackOptions {
  readonly sink: EventSink;
}
