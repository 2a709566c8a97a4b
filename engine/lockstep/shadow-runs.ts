import { OP, type Op } from '../event/op.ts';
import type { AddressId } from '../stack/socket-stack.ts';
import * as word from '../stack/socket-state.ts';
import type { SocketState } from '../stack/socket-state.ts';
import type { HostPicks } from './host-picks.ts';
import type { Twin } from './twin.ts';

/** Told of consecutive ports of one address at once. `local` as `localOf` packs it, of the first one. */
type Tell = (op: Op, socket: number, local: number, count: number) => void;

/** Rows of a shadow that stand for many sockets. */
export class ShadowRuns {
  readonly #twin: Twin;
  readonly #picks: HostPicks | null;
  readonly #tell: Tell;

  /** @param picks null where the model picks its own numbers */
  constructor(twin: Twin, picks: HostPicks | null, tell: Tell) {
    this.#twin = twin;
    this.#picks = picks;
    this.#tell = tell;
  }

  /**
   * Binds so many sockets to wildcard ports, as far as the model goes.
   * @param request.port the first one's on the host; the others' follow it
   * @returns the sockets that got none, and why
   */
  fill(request: {
    readonly first: number;
    readonly count: number;
    readonly state: SocketState;
    readonly address: AddressId;
    readonly port: number;
  }): { readonly sockets: number[]; readonly code: number } {
    const { first, count, state, address, port } = request;
    const { sockets, table } = this.#twin;
    const run = new Run(OP.fill, this.#tell);
    for (let n = 0; n < count; n++) {
      const id = table.left === 0 || address === 0 ? 0 : table.add(state, 0);
      const taken = id !== 0 && this.#picks?.take(id, address, port + n) === true;
      const code = id === 0 || taken ? 0 : sockets.bind(id, address, 0);
      if (id === 0 || code !== 0) {
        if (id !== 0) sockets.close(id, 'local');
        run.end();
        return { sockets: Array.from({ length: count - n }, (_, at) => first + n + at), code };
      }
      this.#twin.name(first + n, id);
      run.add(first + n, sockets.local(id));
    }
    run.end();
    return { sockets: [], code: 0 };
  }

  release(first: number, count: number): void {
    const { sockets } = this.#twin;
    const run = new Run(OP.release, this.#tell);
    for (let socket = first; socket < first + count; socket++) {
      const id = this.#twin.id(socket);
      const local = sockets.local(id);
      if (id === 0 || local === 0) continue;
      sockets.close(id, 'local');
      this.#twin.forget(socket);
      run.add(socket, local);
    }
    run.end();
  }
}

/** Neighbours put together: sockets and ports rise by one. */
class Run {
  readonly #op: Op;
  readonly #tell: Tell;
  #socket = 0;
  #local = 0;
  #count = 0;

  constructor(op: Op, tell: Tell) {
    this.#op = op;
    this.#tell = tell;
  }

  /** @param local of a socket that has put the choice of its port off: of no interest */
  add(socket: number, local: number): void {
    if (word.portOfLocal(local) === 0) return;
    const next =
      this.#count > 0 &&
      socket === this.#socket + this.#count &&
      word.addressOfLocal(local) === word.addressOfLocal(this.#local) &&
      word.portOfLocal(local) === word.portOfLocal(this.#local) + this.#count;
    if (next) {
      this.#count++;
      return;
    }
    this.end();
    this.#socket = socket;
    this.#local = local;
    this.#count = 1;
  }

  end(): void {
    if (this.#count > 0) this.#tell(this.#op, this.#socket, this.#local, this.#count);
    this.#count = 0;
  }
}
