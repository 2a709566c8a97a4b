import { OP } from '../../event/op.ts';
import type { SocketOption } from '../../model/socket-option.ts';
import type { Arm } from '../../run/run-document.ts';
import type { AddressId } from '../../stack/socket-stack.ts';
import type { ExperimentContext } from '../experiment.ts';
import type { CommonParameters } from '../parameters.ts';
import { SLICE_NS, roomLeft } from '../safety.ts';
import { firstError } from '../sockets.ts';

/** Sockets bound by one stack call at most: keeps a slice short on any host. */
const SLICE_SOCKETS = 4_096;

/** How filling ended; `exhausted` only where the code was the one of a full pool. */
export interface Filled {
  readonly ended: Arm['ended'];
  readonly error: Arm['firstError'];
}

/** Takes every wildcard port one address gives, as far as the limits allow, and gives them back. */
export class PortFiller {
  readonly #context: ExperimentContext<CommonParameters>;
  readonly #address: AddressId;
  readonly #options: readonly SocketOption[];
  readonly #runs: { readonly first: number; readonly count: number }[] = [];
  /** Sockets held by it. */
  held = 0;

  constructor(
    context: ExperimentContext<CommonParameters>,
    address: AddressId,
    options: readonly SocketOption[],
  ) {
    this.#context = context;
    this.#address = address;
    this.#options = options;
  }

  /**
   * Goes on until no number is left, or a limit or a stop ends it. To be called again when others may
   * have given numbers back.
   * @param atMost sockets to hold in all
   */
  async fill(
    atMost: number = Number.POSITIVE_INFINITY,
    progress: (held: number) => void = () => {},
  ): Promise<Filled> {
    const { stack, limits, holdings, protocol, family, exhaustion, stop, breathe } = this.#context;
    while (stop.reason === null) {
      if (this.held >= atMost) return { ended: 'done', error: null };
      const room = roomLeft(limits, holdings.held, holdings.union, stack.now());
      if ('limit' in room) return { ended: room.limit, error: null };
      const { first, bound, refused } = stack.fill({
        protocol,
        family,
        addresses: [this.#address],
        from: 0,
        options: this.#options,
        count: Math.min(room.sockets, atMost - this.held, SLICE_SOCKETS),
        budgetNs: SLICE_NS,
      });
      if (bound > 0) this.#runs.push({ first, count: bound });
      this.held += bound;
      progress(this.held);
      if (refused !== null) {
        const full = refused.op === OP.bind && refused.code === exhaustion.bind;
        return {
          ended: full ? 'exhausted' : 'error',
          error: firstError(refused.op, refused.code),
        };
      }
      await breathe();
    }
    return { ended: 'cancelled', error: null };
  }

  /** Whether one of its sockets still answers to this port; asks each, so not for every day. */
  async answersTo(port: number): Promise<boolean> {
    const { stack, breathe } = this.#context;
    for (const { first, count } of this.#runs) {
      let sliceEnds = stack.now() + SLICE_NS;
      for (let socket = first; socket < first + count; socket++) {
        if (stack.getsockname(socket) === port) return true;
        if (stack.now() < sliceEnds) continue;
        await breathe();
        sliceEnds = stack.now() + SLICE_NS;
      }
    }
    return false;
  }

  /** Closes all of them, whatever was asked to stop. */
  async release(): Promise<void> {
    const { stack, breathe } = this.#context;
    for (const { first, count } of this.#runs.splice(0)) {
      for (let done = 0; done < count;) {
        done += stack.release(first + done, count - done, SLICE_NS);
        await breathe();
      }
    }
    this.held = 0;
  }
}
