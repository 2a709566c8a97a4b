import { OP } from '../../event/op.ts';
import type { SocketOption } from '../../model/socket-option.ts';
import { WSA } from '../../model/winsock-error.ts';
import type { AddressId } from '../../stack/socket-stack.ts';
import type { ExperimentContext } from '../experiment.ts';
import type { CommonParameters } from '../parameters.ts';
import { tellApart } from '../port-or-memory.ts';
import { roomLeft, SLICE_NS } from '../safety.ts';
import { firstError } from '../sockets.ts';
import { CANCELLED, DONE, type LoadEnd, type PlanLoad } from './plan-load.ts';

/** Sockets bound by one stack call at most: keeps a slice short on any host. */
const SLICE_SOCKETS = 4_096;
/** Codes of a wildcard bind that can mean a full pool, whichever the host is expected to give. */
const FULL: ReadonlySet<number> = new Set([WSA.WSAENOBUFS, WSA.WSAEADDRINUSE]);

/** Wildcard ports on the run's addresses in rotation, until each of them is full. */
export class WildcardLoad implements PlanLoad {
  held = 0;
  readonly #context: ExperimentContext<CommonParameters>;
  readonly #options: readonly SocketOption[];
  readonly #runs: { readonly first: number; readonly count: number }[] = [];
  /** Addresses that may have ports left. */
  #open: readonly AddressId[];
  #rotation = 0;

  constructor(context: ExperimentContext<CommonParameters>, options: readonly SocketOption[]) {
    this.#context = context;
    this.#options = options;
    this.#open = context.addressIds;
  }

  async take(upTo: number, progress: () => void): Promise<LoadEnd> {
    const { stack, limits, holdings, protocol, family, exhaustion, stop, breathe, range } =
      this.#context;
    while (stop.reason === null) {
      if (this.held >= upTo) return DONE;
      const room = roomLeft(limits, holdings.held, holdings.union, stack.now());
      if ('limit' in room) return { ...DONE, ended: room.limit };
      const { first, bound, next, refused } = stack.fill({
        protocol,
        family,
        addresses: this.#open,
        from: this.#rotation,
        options: this.#options,
        count: Math.min(room.sockets, upTo - this.held, SLICE_SOCKETS),
        budgetNs: SLICE_NS,
      });
      if (bound > 0) this.#runs.push({ first, count: bound });
      this.held += bound;
      this.#rotation = next;
      if (refused !== null) {
        const error = firstError(refused.op, refused.code);
        const full = refused.code === exhaustion.bind || FULL.has(refused.code);
        if (refused.op !== OP.bind || !full) return { ended: 'error', error, shortage: null };
        // This address is full; the others may have room (they do where the pool is per address).
        this.#open = this.#open.filter((address) => address !== refused.address);
        if (this.#open.length === 0) {
          const shortage = tellApart(stack, protocol, family, refused.address, range);
          return { ended: shortage === 'memory' ? 'error' : 'exhausted', error, shortage };
        }
      }
      progress();
      await breathe();
    }
    return CANCELLED;
  }

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
