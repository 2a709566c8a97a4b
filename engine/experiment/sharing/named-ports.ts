import { Random } from '../../allocator/random.ts';
import { OP } from '../../event/op.ts';
import type { PortRange } from '../../model/port-range.ts';
import type { SocketOption } from '../../model/socket-option.ts';
import { WSA } from '../../model/winsock-error.ts';
import type { AddressId, SocketStack } from '../../stack/socket-stack.ts';
import type { Family, Protocol } from '../../model/protocol.ts';
import type { Bound } from '../sockets.ts';

/** Numbers tried for one socket before it is given up: others may hold some, or exclude a hundred in a row. */
const TRIES = 16;
/** Random stream of these picks; the modelled host has its own. */
const STREAM = 1_000;

/**
 * Sockets bound to numbers they name, all over a range: none the lab holds, and none somebody minds.
 * They are not listened on, so no firewall asks and nobody can connect.
 */
export class NamedPorts {
  readonly #stack: SocketStack;
  readonly #protocol: Protocol;
  readonly #family: Family;
  readonly #range: PortRange;
  readonly #random: Random;
  readonly #taken: Set<number>;

  /**
   * @param range where to name numbers in
   * @param taken numbers not to name
   */
  constructor(
    place: {
      readonly stack: SocketStack;
      readonly protocol: Protocol;
      readonly family: Family;
      readonly seed: number;
    },
    range: PortRange,
    taken: Iterable<number>,
  ) {
    this.#stack = place.stack;
    this.#protocol = place.protocol;
    this.#family = place.family;
    this.#range = range;
    this.#random = new Random(place.seed, STREAM);
    this.#taken = new Set(taken);
  }

  /** One more socket; null where no number was to be had. */
  open(options: readonly SocketOption[], address: AddressId): Bound | null {
    const socket = this.#stack.socket(this.#protocol, this.#family);
    if (socket < 0) return { ok: false, op: OP.socket, code: -socket };
    const failed = (op: typeof OP.setsockopt | typeof OP.bind, code: number): Bound => {
      this.#stack.close(socket);
      return { ok: false, op, code };
    };
    for (const option of options) {
      const code = this.#stack.setsockopt(socket, option, 1);
      if (code !== 0) return failed(OP.setsockopt, code);
    }
    for (let tries = 0; tries < TRIES; tries++) {
      const port = this.#range.start + this.#random.below(this.#range.count);
      if (this.#taken.has(port)) continue;
      this.#taken.add(port);
      const code = this.#stack.bind(socket, address, port);
      if (code === 0) {
        this.#stack.getsockname(socket);
        return { ok: true, socket, port };
      }
      if (code !== WSA.WSAEADDRINUSE && code !== WSA.WSAEACCES) return failed(OP.bind, code);
    }
    this.#stack.close(socket);
    return null;
  }
}
