import type { EventSink } from '../event/event-sink.ts';
import { OP, type Op } from '../event/op.ts';

/** Bits of what is known of a socket. */
const HOLDS = 1;
const ACCEPTED = 2;

/**
 * Stands between a stack and its recording and reads what the stack's answers leave out: the address
 * a socket got, the ports of a fill, and how many ports are held. A byte a socket.
 */
export class ScriptWatch implements EventSink {
  /** Ports held at once, at most: each socket that has one counts, accepted ones don't (they allocate nothing). */
  peakHeld = 0;
  /** What the last successful getsockname or accept said. */
  address = 0;
  port = 0;

  readonly #inner: EventSink;
  #held = 0;
  #known = new Uint8Array(1_024);
  #ports: Uint16Array | null = null;
  #collected = 0;

  /** @param inner where every row goes on to, unchanged */
  constructor(inner: EventSink) {
    this.#inner = inner;
  }

  /** From here on, ports that sockets get are kept, in order. */
  collect(): void {
    this.#ports = new Uint16Array(64);
    this.#collected = 0;
  }

  /** @returns the ports since `collect`, which ends with it */
  collected(): number[] {
    const ports = this.#ports?.subarray(0, this.#collected) ?? [];
    this.#ports = null;
    return Array.from(ports);
  }

  emit(
    op: Op,
    t: number,
    dur: number,
    socket: number,
    address: number,
    port: number,
    code: number,
    value: number,
  ): void {
    this.#inner.emit(op, t, dur, socket, address, port, code, value);
    if (code !== 0) return;
    if (op === OP.getsockname) {
      this.address = address;
      this.port = port;
      this.#keep(port, 1);
      if (port !== 0 && this.#mark(socket, HOLDS)) this.#take(1);
    } else if (op === OP.fill) {
      this.#keep(port, value);
      for (let id = socket; id < socket + value; id++) this.#mark(id, HOLDS);
      this.#take(value);
    } else if (op === OP.accept) {
      this.address = address;
      this.port = port;
      this.#mark(socket, ACCEPTED);
    } else if (op === OP.close) {
      if (port !== 0) this.#release(socket);
    } else if (op === OP.release) {
      for (let id = socket; id < socket + value; id++) this.#release(id);
    }
  }

  #take(count: number): void {
    this.#held += count;
    if (this.#held > this.peakHeld) this.peakHeld = this.#held;
  }

  #release(socket: number): void {
    if (this.#known[socket] !== HOLDS) return;
    this.#known[socket] = 0;
    this.#held--;
  }

  /** @returns whether nothing was known of the socket before */
  #mark(socket: number, bit: number): boolean {
    if (socket >= this.#known.length) {
      const larger = new Uint8Array(Math.max(socket + 1, this.#known.length * 2));
      larger.set(this.#known);
      this.#known = larger;
    }
    if (this.#known[socket] !== 0) return false;
    this.#known[socket] = bit;
    return true;
  }

  #keep(first: number, count: number): void {
    if (this.#ports === null) return;
    if (this.#collected + count > this.#ports.length) {
      const larger = new Uint16Array(Math.max(this.#collected + count, this.#ports.length * 2));
      larger.set(this.#ports);
      this.#ports = larger;
    }
    for (let i = 0; i < count; i++) this.#ports[this.#collected++] = first + i;
  }
}
