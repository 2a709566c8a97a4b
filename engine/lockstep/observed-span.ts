import type { EventBatch } from '../event/event-batch.ts';
import { OP } from '../event/op.ts';
import type { PortRange } from '../model/port-range.ts';
import { POOLS, type Pool } from '../model/protocol.ts';

/** Pools as socket rows number them: bit 0 udp, bit 1 ipv6. */
const BY_NUMBER: readonly Pool[] = ['tcp4', 'udp4', 'tcp6', 'udp6'];

/** What is known of a socket: its pool, and whether it named its port. */
interface Known {
  readonly pool: Pool;
  named: boolean;
}

/**
 * The lowest and the highest wildcard port a recorded run met, by pool: what stands for the dynamic
 * range where the host's is unknown. Feed the batches in order.
 */
export class ObservedSpan {
  readonly #sockets = new Map<number, Known>();
  readonly #spans = new Map<Pool, { first: number; last: number }>();

  add(batch: EventBatch): void {
    for (let row = 0; row < batch.length; row++) {
      const socket = batch.socket[row] ?? 0;
      const port = batch.port[row] ?? 0;
      const value = batch.value[row] ?? 0;
      if ((batch.code[row] ?? 0) !== 0) continue;
      switch (batch.op[row]) {
        case OP.socket:
          this.#sockets.set(socket, { pool: BY_NUMBER[value & 3] ?? 'tcp4', named: false });
          break;
        case OP.bind: {
          const known = this.#sockets.get(socket);
          if (known !== undefined) known.named = port !== 0;
          break;
        }
        case OP.getsockname: {
          const known = this.#sockets.get(socket);
          if (known !== undefined && !known.named && port !== 0) this.#meet(known.pool, port);
          break;
        }
        case OP.close:
          this.#sockets.delete(socket);
          break;
      }
    }
  }

  #meet(pool: Pool, port: number): void {
    const span = this.#spans.get(pool);
    if (span === undefined) this.#spans.set(pool, { first: port, last: port });
    else {
      if (port < span.first) span.first = port;
      if (port > span.last) span.last = port;
    }
  }

  /** The span of each pool that met a number. */
  ranges(): Partial<Record<Pool, PortRange>> {
    return Object.fromEntries(
      [...this.#spans].map(([pool, { first, last }]) => [
        pool,
        { start: first, count: last - first + 1 },
      ]),
    );
  }

  /** One span for all pools, as a system has it that keeps one range for everything; null without any number. */
  hull(): PortRange | null {
    const spans = POOLS.flatMap((pool) => this.#spans.get(pool) ?? []);
    if (spans.length === 0) return null;
    const start = Math.min(...spans.map(({ first }) => first));
    return { start, count: Math.max(...spans.map(({ last }) => last)) - start + 1 };
  }
}
