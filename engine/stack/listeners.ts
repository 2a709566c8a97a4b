import type { PoolIndex } from '../allocator/port-allocator.ts';
import type { AddressId, SocketId } from './socket-stack.ts';

interface Listener {
  readonly backlog: number;
  /** Local addresses of connections nobody accepted yet, oldest first. */
  readonly waiting: AddressId[];
}

/** The listening sockets of one host, and who waits at them. */
export class Listeners {
  readonly #byPort = new Map<number, SocketId[]>();
  readonly #listeners = new Map<SocketId, Listener>();

  add(socket: SocketId, pools: readonly PoolIndex[], port: number, backlog: number): void {
    this.#listeners.set(socket, { backlog: Math.max(1, backlog), waiting: [] });
    for (const pool of pools) this.#byPort.set(key(pool, port), [...this.at(pool, port), socket]);
  }

  remove(socket: SocketId, pools: readonly PoolIndex[], port: number): void {
    this.#listeners.delete(socket);
    for (const pool of pools) {
      const left = this.at(pool, port).filter((other) => other !== socket);
      if (left.length === 0) this.#byPort.delete(key(pool, port));
      else this.#byPort.set(key(pool, port), left);
    }
  }

  /** Who listens on a port of a pool, on any address. */
  at(pool: PoolIndex, port: number): readonly SocketId[] {
    return this.#byPort.get(key(pool, port)) ?? [];
  }

  /** A connection comes in. @returns whether the backlog had room */
  offer(socket: SocketId, local: AddressId): boolean {
    const listener = this.#listeners.get(socket);
    if (listener === undefined || listener.waiting.length >= listener.backlog) return false;
    listener.waiting.push(local);
    return true;
  }

  /** The local address of the oldest connection that waits, or undefined. */
  take(socket: SocketId): AddressId | undefined {
    return this.#listeners.get(socket)?.waiting.shift();
  }
}

function key(pool: PoolIndex, port: number): number {
  return pool * 65_536 + port;
}
