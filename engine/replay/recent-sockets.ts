/** What is remembered of a socket, a bit each; `named`: it asked for a port by number. */
export const SOCKET = { bound: 1, option: 2, unicast: 4, named: 8 } as const;

/** How many sockets back: numbers are given in order, and calls on a socket come one after the other. */
const KEPT = 65_536;

/**
 * A few bits of the sockets made last, in a few hundred kilobytes however many there were. Of a socket
 * made 65,536 sockets ago or more nothing is known any more.
 */
export class RecentSockets {
  readonly #ids = new Uint32Array(KEPT);
  readonly #bits = new Uint8Array(KEPT);

  add(socket: number): void {
    this.#ids[socket % KEPT] = socket;
    this.#bits[socket % KEPT] = 0;
  }

  /** Sockets numbered one after the other. */
  addMany(first: number, count: number, bits: number): void {
    // All but the last ones would be forgotten again.
    for (let socket = first + Math.max(0, count - KEPT); socket < first + count; socket++) {
      this.add(socket);
      this.mark(socket, bits);
    }
  }

  of(socket: number): number {
    return this.#ids[socket % KEPT] === socket ? this.#bits[socket % KEPT]! : 0;
  }

  mark(socket: number, bits: number): void {
    if (this.#ids[socket % KEPT] !== socket) this.add(socket);
    this.#bits[socket % KEPT] = this.#bits[socket % KEPT]! | bits;
  }
}
