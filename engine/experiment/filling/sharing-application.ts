import type { SocketOption } from '../../model/socket-option.ts';
import type { SocketOwner } from '../../stack/socket-owner.ts';
import type { AddressId, SocketId } from '../../stack/socket-stack.ts';
import type { ExperimentContext } from '../experiment.ts';
import type { CommonParameters } from '../parameters.ts';

/** What a bind of an application came to. */
export type Tried =
  | { readonly ok: true; readonly port: number }
  | { readonly ok: false; readonly code: number };

/** An application on the host: a process that holds wildcard ports, with the option or without. */
export class SharingApplication {
  readonly #owner: SocketOwner;
  readonly #options: readonly SocketOption[];
  readonly #context: Pick<ExperimentContext<CommonParameters>, 'protocol' | 'family'>;
  readonly #sockets: SocketId[] = [];
  readonly #held = new Map<AddressId, Set<number>>();

  constructor(
    owner: SocketOwner,
    options: readonly SocketOption[],
    context: Pick<ExperimentContext<CommonParameters>, 'protocol' | 'family'>,
  ) {
    this.#owner = owner;
    this.#options = options;
    this.#context = context;
  }

  get held(): number {
    return this.#sockets.length;
  }

  /** Binds that many more ports on an address. @returns the code that ended it early, or 0 */
  async take(address: AddressId, count: number): Promise<number> {
    const { bound, refused } = await this.#owner.open(this.#request(address, count, true));
    const ports = this.#held.get(address) ?? new Set();
    this.#held.set(address, ports);
    for (const { socket, port } of bound) {
      this.#sockets.push(socket);
      ports.add(port);
    }
    return refused?.code ?? 0;
  }

  /** One bind, given back at once. */
  async try(address: AddressId): Promise<Tried> {
    const { bound, refused } = await this.#owner.open(this.#request(address, 1, false));
    const [got] = bound;
    // Neither: the run is to stop.
    return got === undefined
      ? { ok: false, code: refused?.code ?? 0 }
      : { ok: true, port: got.port };
  }

  /** Whether it holds a number on another address than this. */
  holdsElsewhere(address: AddressId, port: number): boolean {
    return [...this.#held].some(([other, ports]) => other !== address && ports.has(port));
  }

  /** Closes all it holds; a process that has died holds nothing. */
  async release(): Promise<void> {
    const sockets = this.#sockets.splice(0);
    this.#held.clear();
    if (this.#owner.alive) await this.#owner.close(sockets);
  }

  #request(address: AddressId, count: number, keep: boolean) {
    // Nothing else of the context: requests go to other processes.
    const { protocol, family } = this.#context;
    return { protocol, family, options: this.#options, address, count, keep };
  }
}
