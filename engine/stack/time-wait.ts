import type { SocketState } from './socket-state.ts';

/** What a closed connection leaves for a while. */
export interface Lingering {
  /** Clock at which it goes, ns. */
  readonly until: number;
  /** State of the closed socket, whose place is held on; 0 where only the 4-tuple is. */
  readonly state: SocketState;
  readonly local: number;
  /** The remote end as `localOf` packs it; 0 where there is no 4-tuple. */
  readonly remote: number;
}

const FIRST_ROOM = 256;

/**
 * Closed connections in TIME_WAIT. All wait equally long, so they go in the order they came: a ring
 * of columns, 20 bytes each.
 */
export class TimeWaitQueue {
  #until = new Float64Array(FIRST_ROOM);
  #words = new Int32Array(3 * FIRST_ROOM);
  #head = 0;
  /** How many wait. */
  size = 0;

  /** When the oldest goes; Infinity where none waits. */
  get due(): number {
    return this.size === 0 ? Infinity : this.#until[this.#head]!;
  }

  /** @param until not before that of an earlier one */
  push({ until, state, local, remote }: Lingering): void {
    const room = this.#until.length;
    if (this.size === room) this.#grow();
    const at = (this.#head + this.size) % this.#until.length;
    this.#until[at] = until;
    this.#words[3 * at] = state;
    this.#words[3 * at + 1] = local;
    this.#words[3 * at + 2] = remote;
    this.size++;
  }

  /** The oldest, which leaves the queue; there must be one. */
  shift(): Lingering {
    const at = this.#head;
    this.#head = (at + 1) % this.#until.length;
    this.size--;
    const words = this.#words;
    return {
      until: this.#until[at]!,
      state: words[3 * at]!,
      local: words[3 * at + 1]!,
      remote: words[3 * at + 2]!,
    };
  }

  #grow(): void {
    const room = this.#until.length;
    const until = new Float64Array(2 * room);
    const words = new Int32Array(6 * room);
    for (let i = 0; i < room; i++) {
      const at = (this.#head + i) % room;
      until[i] = this.#until[at]!;
      words.set(this.#words.subarray(3 * at, 3 * at + 3), 3 * i);
    }
    this.#until = until;
    this.#words = words;
    this.#head = 0;
  }
}
