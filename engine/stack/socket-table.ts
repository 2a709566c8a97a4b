import type { SocketId } from './socket-stack.ts';

const CHUNK_BITS = 14;
const CHUNK = 1 << CHUNK_BITS;
const IN_CHUNK = CHUNK - 1;
/** Event rows carry a socket number in 32 bits. */
const LAST_ID = 4_294_967_295;

/**
 * Two 32-bit words a socket: its state (0 is "no such socket") and its local address. What they mean
 * is the owner's. Numbers count up from 1 and are never used again, so the words are in chunks, and
 * a chunk whose sockets are all closed is dropped: a long churn costs no more than what is open.
 */
export class SocketTable {
  readonly #chunks: (Int32Array | undefined)[] = [];
  /** A word more for chunks with connections in them. */
  readonly #remotes: (Int32Array | undefined)[] = [];
  readonly #open: number[] = [];
  #next: SocketId = 1;
  /** Sockets open now. */
  open = 0;

  /** The number the next socket gets. */
  get next(): SocketId {
    return this.#next;
  }

  /** How many sockets can still be made. */
  get left(): number {
    return LAST_ID - this.#next + 1;
  }

  /** @param state not 0. @returns the new socket's number; there must be one `left` */
  add(state: number, local: number): SocketId {
    const id = this.#next;
    this.#next = id + 1;
    const index = id >>> CHUNK_BITS;
    const chunk = this.#chunks[index] ?? this.#addChunk(index);
    const at = (id & IN_CHUNK) << 1;
    chunk[at] = state;
    chunk[at + 1] = local;
    this.#open[index]!++;
    this.open++;
    return id;
  }

  /** The same `count` times, with local addresses counting up. */
  addRun(state: number, local: number, count: number): void {
    for (let i = 0; i < count; i++) this.add(state, local + i);
  }

  state(id: SocketId): number {
    const chunk = this.#chunks[id >>> CHUNK_BITS];
    return chunk === undefined ? 0 : chunk[(id & IN_CHUNK) << 1]!;
  }

  local(id: SocketId): number {
    const chunk = this.#chunks[id >>> CHUNK_BITS];
    return chunk === undefined ? 0 : chunk[((id & IN_CHUNK) << 1) + 1]!;
  }

  /** @param id of an open socket */
  setState(id: SocketId, state: number): void {
    this.#chunks[id >>> CHUNK_BITS]![(id & IN_CHUNK) << 1] = state;
  }

  /** @param id of an open socket */
  setLocal(id: SocketId, local: number): void {
    this.#chunks[id >>> CHUNK_BITS]![((id & IN_CHUNK) << 1) + 1] = local;
  }

  /** The remote end; 0 where none was set. */
  remote(id: SocketId): number {
    const column = this.#remotes[id >>> CHUNK_BITS];
    return column === undefined ? 0 : column[id & IN_CHUNK]!;
  }

  /** @param id of an open socket */
  setRemote(id: SocketId, remote: number): void {
    const index = id >>> CHUNK_BITS;
    const column = (this.#remotes[index] ??= new Int32Array(CHUNK));
    column[id & IN_CHUNK] = remote;
  }

  /** @param id of an open socket */
  remove(id: SocketId): void {
    const index = id >>> CHUNK_BITS;
    this.#chunks[index]![(id & IN_CHUNK) << 1] = 0;
    this.open--;
    if (--this.#open[index]! === 0 && index < this.#next >>> CHUNK_BITS) {
      this.#chunks[index] = undefined;
      this.#remotes[index] = undefined;
    }
  }

  /** The first open socket at or after `from`, or 0. Steps over dropped chunks whole. */
  nextOpen(from: SocketId): SocketId {
    for (let id = Math.max(from, 1); id < this.#next;) {
      if (this.#chunks[id >>> CHUNK_BITS] === undefined) {
        id = ((id >>> CHUNK_BITS) + 1) * CHUNK;
      } else if (this.state(id) !== 0) {
        return id;
      } else {
        id++;
      }
    }
    return 0;
  }

  #addChunk(index: number): Int32Array {
    const chunk = new Int32Array(CHUNK * 2);
    this.#chunks[index] = chunk;
    this.#open[index] = 0;
    return chunk;
  }
}
