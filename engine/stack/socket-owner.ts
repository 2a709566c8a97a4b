import type { Op } from '../event/op.ts';
import type { Family, Protocol } from '../model/protocol.ts';
import type { SocketOption } from '../model/socket-option.ts';
import type { AddressId, CloseHow, ProcessNumber, SocketId } from './socket-stack.ts';

/** Longest `connect` of an owner may take, ns. */
export const CONNECT_PATIENCE_NS = 2e9;

/**
 * A process that owns sockets: the lab's own (0), or one beside it (1 and up). Simulated processes
 * and real ones answer alike (`ownerOf`, and the probes of the service), so that an experiment with
 * several is written once.
 *
 * What a socket call answers is a value, as in SocketStack. Every call is reported to the run's sink
 * before its promise settles. Calls of one owner are worked off in order.
 * @throws ProbeDied (each method, as a rejection) once the process has ended
 */
export interface SocketOwner {
  readonly process: ProcessNumber;
  /** False once it has ended. */
  readonly alive: boolean;
  /**
   * socket, the options (set to 1 and read back), bind, getsockname, `count` times, one after the
   * other. Ends at the first refusal, whose socket is closed again, or when the run is to stop.
   */
  open(request: OpenRequest): Promise<Opened>;
  /** getsockname of each: the port, or the negated error. */
  names(sockets: readonly SocketId[]): Promise<readonly number[]>;
  close(sockets: readonly SocketId[], how?: CloseHow): Promise<void>;
  /** Waits until connected or refused, at most `CONNECT_PATIENCE_NS`, or until the run is to stop. */
  connect(request: ConnectRequest): Promise<Connected>;
  /**
   * Ends the process as `kill -9` does; its sockets are closed by the system. Resolves when the
   * system says it is gone; at once where it has ended already.
   * @throws RangeError (rejection) for process 0
   */
  kill(): Promise<void>;
}

export interface OpenRequest {
  readonly protocol: Protocol;
  readonly family: Family;
  readonly options: readonly SocketOption[];
  readonly address: AddressId;
  /** 0, or left out: a wildcard port. */
  readonly port?: number;
  readonly count: number;
  /** False closes each socket again at once: a sweep. */
  readonly keep: boolean;
  /** How those not kept are closed. */
  readonly how?: CloseHow;
}

export interface Opened {
  /** In order; those not kept are closed by now. Port 0 while its choice is put off to connect. */
  readonly bound: readonly { readonly socket: SocketId; readonly port: number }[];
  /** The call that ended it early, if one did. */
  readonly refused: { readonly op: Op; readonly code: number } | null;
}

export interface ConnectRequest {
  readonly protocol: Protocol;
  readonly family: Family;
  /** An open socket of this process, or null for a fresh, unbound one. */
  readonly socket: SocketId | null;
  /** Of the fresh socket: set to 1 and read back before. */
  readonly options?: readonly SocketOption[];
  readonly remote: AddressId;
  readonly port: number;
}

export interface Connected {
  /** 0 where a fresh socket did not connect: it is closed again. */
  readonly socket: SocketId;
  /** Local port; 0 where there is none. */
  readonly port: number;
  /** 0 when connected; 10035 where it still was under way when the patience ended. */
  readonly code: number;
}

/** The process that was asked has ended: killed, or by itself. Its sockets are closed. */
export class ProbeDied extends Error {
  readonly process: ProcessNumber;

  constructor(process: ProcessNumber, how: string) {
    super(`process ${process} has ended: ${how}`);
    this.name = 'ProbeDied';
    this.process = process;
  }
}
