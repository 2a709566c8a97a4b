import { OP, type Op } from '../../event/op.ts';
import { lastPort, type PortRange } from '../../model/port-range.ts';
import { WSA } from '../../model/winsock-error.ts';
import type { Arm } from '../../run/run-document.ts';
import type { AddressId, SocketId } from '../../stack/socket-stack.ts';
import { closeAll } from '../filling/capacity-arm.ts';
import type { ExperimentContext } from '../experiment.ts';
import type { CommonParameters } from '../parameters.ts';
import { roomLeft, SLICE_NS } from '../safety.ts';
import { firstError } from '../sockets.ts';
import { CANCELLED, DONE, type LoadEnd, type PlanLoad } from './plan-load.ts';

/** An application's own pool: the numbers of a block by name, each on every address. */
export class NamedLoad implements PlanLoad {
  readonly #context: ExperimentContext<CommonParameters>;
  readonly #block: PortRange;
  readonly #sockets: SocketId[] = [];
  /** The first bind that was refused: somebody has that number. */
  #error: Arm['firstError'] = null;
  #next: { port: number; at: number };

  /** @param block null: it has no numbers */
  constructor(context: ExperimentContext<CommonParameters>, block: PortRange | null) {
    this.#context = context;
    this.#block = block ?? { start: 1, count: 0 };
    this.#next = { port: this.#block.start, at: 0 };
  }

  get held(): number {
    return this.#sockets.length;
  }

  async take(upTo: number, progress: () => void): Promise<LoadEnd> {
    const { stack, limits, holdings, addressIds, stop, breathe } = this.#context;
    let sliceEnds = stack.now() + SLICE_NS;
    while (stop.reason === null) {
      if (this.held >= upTo) return DONE;
      const room = roomLeft(limits, this.held, holdings.union, stack.now());
      if ('limit' in room) return { ...DONE, ended: room.limit };
      const { port, at } = this.#next;
      if (port > lastPort(this.#block)) {
        return { ended: 'exhausted', error: this.#error, shortage: 'ports' };
      }
      const refused = this.#bind(addressIds[at]!, port);
      if (refused !== null) {
        this.#error ??= firstError(refused.op, refused.code);
        // Somebody has the number there, or it is excluded: the application goes on to the next.
        const taken = refused.code === WSA.WSAEADDRINUSE || refused.code === WSA.WSAEACCES;
        if (refused.op !== OP.bind || !taken) {
          return { ended: 'error', error: firstError(refused.op, refused.code), shortage: null };
        }
      }
      const last = at === addressIds.length - 1;
      this.#next = last ? { port: port + 1, at: 0 } : { port, at: at + 1 };
      if (stack.now() < sliceEnds) continue;
      progress();
      await breathe();
      sliceEnds = stack.now() + SLICE_NS;
    }
    return CANCELLED;
  }

  async release(): Promise<void> {
    await closeAll(this.#context, this.#sockets.splice(0));
  }

  #bind(address: AddressId, port: number): { readonly op: Op; readonly code: number } | null {
    const { stack, protocol, family } = this.#context;
    const socket = stack.socket(protocol, family);
    if (socket < 0) return { op: OP.socket, code: -socket };
    const code = stack.bind(socket, address, port);
    if (code !== 0) {
      stack.close(socket);
      return { op: OP.bind, code };
    }
    stack.getsockname(socket);
    this.#sockets.push(socket);
    return null;
  }
}
