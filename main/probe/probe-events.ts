import type { EventBatch } from '#engine/event/event-batch.ts';
import type { EventSink } from '#engine/event/event-sink.ts';
import { OP, type Op } from '#engine/event/op.ts';
import {
  type AddressId,
  CLOSE_HOW,
  type ProcessNumber,
  type SocketId,
} from '#engine/stack/socket-stack.ts';

/** Sockets a process may number: the run's number of a probe's socket is its own plus this much a process. */
const SOCKETS = 2 ** 26;

/** Probes there can be, so that the run's numbers of their sockets fit the 32 bits of a row. */
export const MOST_PROBES = 2 ** 32 / SOCKETS - 1;

/** A probe's part of the run that is recorded. */
export interface ProbePart {
  readonly process: ProcessNumber;
  readonly sink: EventSink;
  /** Puts an address in the run's table. */
  intern(address: string): AddressId;
}

/**
 * A probe's calls in the run's recording: its sockets and addresses by the run's numbers, its times on
 * the run's clock, framed by rows that say whose they are. Rows are as old as they are: where the lab
 * made calls of its own meanwhile, theirs may begin before the row above them.
 */
export class ProbeEvents {
  readonly #part: ProbePart;
  /** Run's numbers of the probe's addresses. */
  readonly #addresses: AddressId[] = [0];
  /** Where its open sockets are bound, by its own numbers: what closes when it dies. */
  readonly #open = new Map<SocketId, { readonly address: AddressId; readonly port: number }>();
  /** What its clock shows less than the run's, ns. */
  #behind = 0;

  constructor(part: ProbePart) {
    this.#part = part;
  }

  /** @param behindNs what the probe's clock shows less than the run's, integer ns */
  alignClock(behindNs: number): void {
    this.#behind = behindNs;
  }

  /** The run's number of one of its sockets; 0 is no socket. */
  numberOf(socket: SocketId): SocketId {
    return socket === 0 ? 0 : this.#part.process * SOCKETS + socket;
  }

  /** Its own number of a socket of the run. @throws RangeError for another process's socket */
  ownNumberOf(socket: SocketId): SocketId {
    const own = socket - this.#part.process * SOCKETS;
    if (own > 0 && own < SOCKETS) return own;
    throw new RangeError(`socket ${socket} is not one of process ${this.#part.process}`);
  }

  /** @param addresses new entries of its address table, which the rows may speak of */
  take(batch: EventBatch, addresses: readonly string[]): void {
    for (const text of addresses) this.#addresses.push(this.#part.intern(text));
    const last = batch.length - 1;
    if (last < 0) return;
    const { process, sink } = this.#part;
    sink.emit(OP.process, this.#behind + batch.t[0]!, 0, 0, 0, 0, 0, process);
    for (let row = 0; row <= last; row++) this.#emit(batch, row);
    const end = this.#behind + batch.t[last]! + batch.dur[last]!;
    sink.emit(OP.process, end, 0, 0, 0, 0, 0, 0);
  }

  /** It has ended, and what it had open is closed by the system. @param t on the run's clock, ns */
  ended(t: number): void {
    const { process, sink } = this.#part;
    sink.emit(OP.exit, t, 0, 0, 0, 0, 0, process);
    for (const [socket, { address, port }] of this.#open) {
      const id = this.numberOf(socket);
      sink.emit(OP.close, t, 0, id, address, port, 0, CLOSE_HOW.local);
    }
    this.#open.clear();
  }

  #emit(batch: EventBatch, row: number): void {
    const op = batch.op[row]! as Op;
    const socket = batch.socket[row]!;
    const address = this.#addresses[batch.address[row]!] ?? 0;
    const port = batch.port[row]!;
    const code = batch.code[row]!;
    if (code === 0) {
      if (op === OP.socket) this.#open.set(socket, { address: 0, port: 0 });
      if (op === OP.getsockname) this.#open.set(socket, { address, port });
    }
    if (op === OP.close) this.#open.delete(socket);
    const t = this.#behind + batch.t[row]!;
    const id = this.numberOf(socket);
    this.#part.sink.emit(op, t, batch.dur[row]!, id, address, port, code, batch.value[row]!);
  }
}
