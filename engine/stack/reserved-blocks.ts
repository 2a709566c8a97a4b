import type { PoolIndex } from '../allocator/port-allocator.ts';
import type { Reservation } from '../allocator/reservations.ts';
import type { ProcessNumber, SocketId } from './socket-stack.ts';

/** A runtime reservation: it hangs on a socket, and its process alone may use it. */
interface Held {
  readonly reservation: Reservation;
  readonly pool: PoolIndex;
  readonly process: ProcessNumber;
}

/** Which sockets hold port reservations, and which are associated with one. */
export class ReservedBlocks {
  readonly #held = new Map<SocketId, Held>();
  /** By socket: the holder of the block, or the block itself where it is a persistent one. */
  readonly #associated = new Map<SocketId, SocketId | Reservation>();

  /** No socket has to do with a reservation. */
  get none(): boolean {
    return this.#held.size === 0 && this.#associated.size === 0;
  }

  hold(holder: SocketId, held: Held): void {
    this.#held.set(holder, held);
  }

  heldBy(holder: SocketId): Held | undefined {
    return this.#held.get(holder);
  }

  associate(socket: SocketId, block: SocketId | Reservation): void {
    this.#associated.set(socket, block);
  }

  /** The block a socket binds from; undefined where it is associated with none that is still there. */
  blockOf(socket: SocketId): Reservation | undefined {
    if (this.#associated.size === 0) return undefined;
    const block = this.#associated.get(socket);
    return typeof block === 'number' ? this.#held.get(block)?.reservation : block;
  }

  /** A socket binds from the dynamic range again. */
  dissociate(socket: SocketId): void {
    this.#associated.delete(socket);
  }

  /** A socket closes: what hangs on it goes. */
  close(socket: SocketId): void {
    this.#associated.delete(socket);
    const held = this.#held.get(socket);
    if (held === undefined) return;
    held.reservation.pool.reserveBlock(held.reservation, false);
    this.#held.delete(socket);
  }
}
