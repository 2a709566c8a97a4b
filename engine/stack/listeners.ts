import type { PoolIndex } from '../allocator/port-allocator.ts';
import type { AddressId, SocketId } from './socket-stack.ts';

/** A connection nobody accepted yet. */
export interface Waiting {
  /** The socket that connected. */
  readonly client: SocketId;
  /** The local address it came to. */
  readonly local: AddressId;
}

interface Listener {
  readonly backlog: number;
  /** Oldest first. */
  readonly waiting: Waiting[];
}

/** The listening sockets of one host, and who waits at them. */
export class Listeners {
  readonly #byPort = new Map<number, SocketId[]>();
  readonly #listeners = new Map<SocketId, Listener>();

  add(socket: SocketId, pools: readonly PoolIndex[], port: number, backlog: number): void {
    this.#listeners.set(socket, { backlog: Math.max(1, backlog), waiting: [] });
    for (const pool of pools) this.#byPort.set(key(pool, port), [...this.at(pool, port), socket]);
  }

  /** @returns the connections that waited */
  remove(socket: SocketId, pools: readonly PoolIndex[], port: number): readonly Waiting[] {
    const waiting = this.#listeners.get(socket)?.waiting ?? [];
    this.#listeners.delete(socket);
    for (const pool of pools) {
      const left = this.at(pool, port).filter((other) => other !== socket);
      if (left.length === 0) this.#byPort.delete(key(pool, port));
      else this.#byPort.set(key(pool, port), left);
    }
    return waiting;
  }

  /** Who listens on a port of a pool, on any address. */
  at(pool: PoolIndex, port: number): readonly SocketId[] {
    return this.#byPort.get(key(pool, port)) ?? [];
  }

  /** Whether the backlog has room for one more. */
  hasRoom(socket: SocketId): boolean {
    const listener = this.#listeners.get(socket);
    return listener !== undefined && listener.waiting.length < listener.backlog;
  }

  /** A connection comes in; there must be room. */
  queue(socket: SocketId, connection: Waiting): void {
    this.#listeners.get(socket)!.waiting.push(connection);
  }

  /** Whether a connection waits to be accepted. */
  hasWaiting(socket: SocketId): boolean {
    return (this.#listeners.get(socket)?.waiting.length ?? 0) > 0;
  }

  /** A connection that came in did not, after all. */
  withdraw(client: SocketId): void {
    for (const { waiting } of this.#listeners.values()) {
      const at = waiting.findIndex((one) => one.client === client);
      if (at >= 0) waiting.splice(at, 1);
    }
  }

  /** The oldest connection that waits, or undefined. */
  take(socket: SocketId): Waiting | undefined {
    return this.#listeners.get(socket)?.waiting.shift();
  }
}

function key(pool: PoolIndex, port: number): number {
  return pool * 65_536 + port;
}
