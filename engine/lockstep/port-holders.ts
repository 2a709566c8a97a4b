import type { PoolIndex } from '../allocator/port-allocator.ts';
import type { CloseHow, SocketId } from '../stack/socket-stack.ts';
import { addressOfLocal, FLAG, poolOfState, portOfLocal } from '../stack/socket-state.ts';
import type { SocketTable } from '../stack/socket-table.ts';

const PORTS = 65_536;
const FIRST_ROOM = 1_024;
const NONE = -1;

/** How sockets on a number were closed, as bits: so that TIME_WAIT follows, or not. */
export const CLOSED = { connected: 1, unconnected: 2 } as const;

/**
 * Which sockets hold a number, for saying who is in the way: the allocator itself counts holders but
 * knows no names. A chain of sockets a number, 4 bytes for every socket there ever was; closed ones
 * leave a chain when it is next walked.
 */
export class PortHolders {
  readonly #table: SocketTable;
  /** By pool and port: the newest socket of the chain. */
  readonly #heads = new Map<PoolIndex, Uint32Array>();
  /** The next older one; NONE for sockets in no chain. */
  #next = new Int32Array(FIRST_ROOM).fill(NONE);
  readonly #closed = new Map<PoolIndex, Uint8Array>();

  constructor(table: SocketTable) {
    this.#table = table;
  }

  /** A socket holds a port now, as its state and local end say. A socket is put once. */
  put(id: SocketId): void {
    if (id >= this.#next.length) this.#grow(id);
    const port = portOfLocal(this.#table.local(id));
    if (port === 0 || this.#next[id] !== NONE) return;
    const heads = this.#headsOf(poolOfState(this.#table.state(id)));
    this.#next[id] = heads[port]!;
    heads[port] = id;
  }

  /** The open sockets that hold a number of a pool, the newest first; dual-stack ones count in both. */
  at(pool: PoolIndex, port: number): SocketId[] {
    const found = this.#chain(pool, port);
    // Dual-stack sockets are of the IPv6 pool and hold their number in the IPv4 one too.
    const dual = pool >= 2 ? [] : this.#chain(pool | 2, port).filter((id) => this.#isDual(id));
    return [...found, ...dual];
  }

  /** A bound socket is about to close. Who closes last, or by a reset, leaves no TIME_WAIT. */
  noteClosing(id: SocketId, how: CloseHow): void {
    const state = this.#table.state(id);
    const port = portOfLocal(this.#table.local(id));
    if (port === 0 || (state & FLAG.bound) === 0) return;
    const first = how === 'local' && (state & FLAG.peerClosed) === 0;
    const connected = first && (state & FLAG.connected) !== 0;
    const pool = poolOfState(state);
    let closed = this.#closed.get(pool);
    if (closed === undefined) this.#closed.set(pool, (closed = new Uint8Array(PORTS)));
    closed[port]! |= connected ? CLOSED.connected : CLOSED.unconnected;
  }

  /** How sockets on this number have been closed so far: CLOSED bits. */
  closedAt(pool: PoolIndex, port: number): number {
    return this.#closed.get(pool)?.[port] ?? 0;
  }

  #chain(pool: PoolIndex, port: number): SocketId[] {
    const heads = this.#heads.get(pool);
    const found: SocketId[] = [];
    let before = 0;
    for (let id = heads?.[port] ?? 0; id !== 0; id = this.#next[id]!) {
      const open = this.#table.state(id) !== 0;
      if (open) {
        if (portOfLocal(this.#table.local(id)) === port) found.push(id);
        before = id;
      } else if (before === 0) heads![port] = this.#next[id]!;
      else this.#next[before] = this.#next[id]!;
    }
    return found;
  }

  #isDual(id: SocketId): boolean {
    return (this.#table.state(id) & FLAG.dual) !== 0;
  }

  /** Number of the address a socket is bound to. */
  addressOf(id: SocketId): number {
    return addressOfLocal(this.#table.local(id));
  }

  #headsOf(pool: PoolIndex): Uint32Array {
    let heads = this.#heads.get(pool);
    if (heads === undefined) this.#heads.set(pool, (heads = new Uint32Array(PORTS)));
    return heads;
  }

  #grow(id: SocketId): void {
    const larger = new Int32Array(Math.max(2 * this.#next.length, id + 1)).fill(NONE);
    larger.set(this.#next);
    this.#next = larger;
  }
}
